"""Agencies' reports in the folder: all at once, the same bytes again, nothing edited lost, nothing stale left."""

import datetime
import json

import pytest

from kit.office import AGENCIES
from pipeline.agencies import made, planned
from pipeline.build import build
from pipeline.errors import ExitCode
from pipeline.gather import load_inputs
from pipeline.inquire import agencies_named
from pipeline.release import release
from pipeline.run import examine
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)
OFFICE, BUREAU, DISTRICT = AGENCIES
FOLDER = "分单位报告"


def name(agency, ending=".docx"):
    return f"{FOLDER}/{agency.name}2019年政府信息公开工作年度报告{ending}"


def released(office, templates, *names, jobs=1):
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    plan = planned(examine(inputs, DAY), agencies_named(names, inputs))
    return release(plan, made(plan, templates, jobs))


def built(office, templates):
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    return build(examine(inputs, DAY), templates, lambda: {"seconds": 1.0}).record


def contents(office):
    return {
        path.relative_to(office.outputs).as_posix(): path.read_bytes()
        for path in office.outputs.rglob("*")
        if path.is_file()
    }


def record(office, file="agencies.json"):
    return json.loads((office.outputs / file).read_text(encoding="utf-8"))


def paths(entries):
    return [entry["path"].removeprefix("outputs/2019/") for entry in entries]


BOTH = [name(agency, ending) for agency in AGENCIES for ending in (".docx", ".pdf")]


def test_every_agency_gets_both_files_and_the_record_says_so(office, templates):
    done = released(office, templates)
    assert done.exit_code is ExitCode.OK
    assert set(contents(office)) == {*BOTH, "agencies.json"}
    written = record(office)
    assert written == done.record
    assert (written["year"], written["exit_code"], written["findings"], written["standing"]) == (
        2019,
        0,
        [],
        [],
    )
    assert paths(written["renditions"]) == BOTH
    assert len(written["agencies"][1].pop("digest")) == 64
    assert written["agencies"][1] == {
        "agency": "市教育局",
        "code": "02",
        "files": [name(BUREAU), name(BUREAU, ".pdf")],
        "reason": "",
        "verified": {"cells": 285, "docx": 285, "pdf": 285, "passages": 12},
    }


def test_again_and_with_two_workers_and_elsewhere_the_same_bytes(office, templates, tmp_path):
    released(office, templates)
    first = contents(office)
    released(office, templates, jobs=2)
    assert contents(office) == first
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (office.root / "inputs").rename(elsewhere / "inputs")
    other = type(office)(elsewhere, office.year, office.form, office.indicators)
    released(other, templates)
    assert contents(other) == first


def test_one_agencys_report_leaves_the_others_as_they_are(office, templates):
    released(office, templates)
    before = contents(office)
    office.submit(BUREAU, texts={1: "新写的。", 5: "有。", 6: "无。"})
    released(office, templates, "市教育局")
    after = contents(office)
    assert {one for one in BOTH if after[one] != before[one]} == {name(BUREAU), name(BUREAU, ".pdf")}
    assert paths(record(office)["standing"]) == [one for one in BOTH if BUREAU.name not in one]
    released(office, templates, "市教育局")
    assert contents(office) == after


def test_a_report_that_holds_no_longer_is_put_aside_and_said(office, templates):
    released(office, templates)
    old = contents(office)
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    done = released(office, templates)
    assert (done.exit_code, done.outdated) == (ExitCode.FINDINGS, (name(BUREAU), name(BUREAU, ".pdf")))
    now = contents(office)
    aside = name(BUREAU).replace(FOLDER, f"{FOLDER}/已作废")
    assert name(BUREAU) not in now
    assert now[aside] == old[name(BUREAU)]
    assert record(office)["agencies"][1]["reason"] == "有 1 处错误（disputes-total）"
    assert name(BUREAU) not in paths(record(office)["renditions"] + record(office)["standing"])
    released(office, templates)
    assert contents(office) == now


def test_an_agency_asked_for_by_name_that_fails_takes_only_its_own_report_away(office, templates):
    released(office, templates)
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    done = released(office, templates, "02")
    assert done.outdated == (name(BUREAU), name(BUREAU, ".pdf"))
    assert set(BOTH) - set(contents(office)) == set(done.outdated)


def test_an_agency_off_the_roster_leaves_the_folder_when_all_are_made(office, templates):
    from pipeline.workbooks.roster_blank import roster_workbook

    released(office, templates)
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    (office.inputs / "roster.xlsx").write_bytes(roster_workbook((OFFICE, DISTRICT), DAY))
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings.replace('"02", ', ""))
    assert released(office, templates, "01").outdated == ()
    assert released(office, templates).outdated == (name(BUREAU), name(BUREAU, ".pdf"))


def test_an_edited_report_is_kept_beside_and_a_stale_edited_one_is_put_aside_as_it_is(office, templates):
    released(office, templates)
    for agency in (OFFICE, BUREAU):
        (office.outputs / name(agency)).write_bytes(b"edited")
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    done = released(office, templates)
    assert done.kept == (name(OFFICE).removeprefix(f"{FOLDER}/").replace(".docx", "（改动备份1）.docx"),)
    assert contents(office)[f"{FOLDER}/{done.kept[0]}"] == b"edited"
    assert contents(office)[name(BUREAU).replace(FOLDER, f"{FOLDER}/已作废")] == b"edited"


def test_build_and_agencies_in_either_order_keep_each_others_files_and_records(office, templates):
    released(office, templates)
    run = built(office, templates)
    assert paths(run["standing"]) == BOTH
    first = contents(office)
    assert run["status"] == "final"
    released(office, templates)
    assert contents(office) == first
    office.submit(BUREAU, texts={1: "新写的。", 5: "有。", 6: "无。"})
    released(office, templates)
    after = record(office, "run.json")
    assert after["standing"] == record(office)["renditions"] != run["standing"]
    assert {**after, "standing": []} == {**record(office, "run.json"), "standing": []}
    for key in ("status", "renditions", "timing", "findings"):
        assert after[key] == json.loads(first["run.json"])[key]
    assert contents(office)["findings.json"] == first["findings.json"]


def test_a_build_after_agencies_knows_an_edited_agency_report(office, templates):
    released(office, templates)
    built(office, templates)
    (office.outputs / "agencies.json").unlink()
    (office.outputs / name(BUREAU)).write_bytes(b"edited")
    assert len(released(office, templates).kept) == 1


def test_a_deleted_report_is_listed_no_more(office, templates):
    released(office, templates)
    (office.outputs / name(BUREAU)).unlink()
    assert name(BUREAU) not in paths(built(office, templates)["standing"])


def test_where_nobody_gets_a_report_there_is_a_record_all_the_same(office, templates):
    for agency in AGENCIES[1:]:
        (office.submissions / f"{agency.name}.xlsx").unlink()
    office.submit(OFFICE, {"disputes.reconsideration.total": 10**6})
    done = released(office, templates)
    assert (done.exit_code, set(contents(office))) == (ExitCode.FINDINGS, {"agencies.json"})
    assert [one["reason"] != "" for one in record(office)["agencies"]] == [True] * 3


@pytest.mark.parametrize(("severity", "told"), [("off", 0), ("notice", 1)])
def test_findings_weigh_what_the_office_says(office, templates, severity, told):
    office.submit(BUREAU, texts={})
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + f'[rules]\nsection-empty = "{severity}"\n')
    assert [one.severity.value for one in released(office, templates).findings] == [severity] * told


@pytest.mark.parametrize(("severity", "told"), [("off", []), ("notice", ["小标宋、黑体、楷体、仿宋、宋体"])])
def test_an_office_whose_own_faces_are_not_there_is_told_once(office, templates, tmp_path, severity, told):
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", f'fonts = "system"\n{settings}[rules]\nfont-substituted = "{severity}"\n')
    inputs = load_inputs(Workspace.at(office.root, None), templates, (tmp_path / "none",))
    plan = planned(examine(inputs, DAY))
    done = release(plan, made(plan, templates, 1))
    assert done.exit_code is ExitCode.OK
    assert [one.found for one in done.findings] == told
    assert [one["found"] for one in record(office)["findings"]] == told


@pytest.mark.parametrize("standing", [5, [3, {"path": 7}, {"path": "outputs/2019/x.pdf"}]])
def test_a_damaged_record_of_an_earlier_run_is_not_relied_on(office, templates, standing):
    office.outputs.mkdir(parents=True, exist_ok=True)
    (office.outputs / "run.json").write_text(json.dumps({"standing": standing, "renditions": 5}), "utf-8")
    (office.outputs / "agencies.json").write_text('{"renditions": [{}]}', "utf-8")
    assert released(office, templates).exit_code is ExitCode.OK
    assert set(paths(record(office, "run.json")["standing"])) == set(BOTH)


def test_a_file_open_in_word_stops_all_and_leaves_all(office, templates):
    from pipeline.errors import OperatorError

    released(office, templates)
    (office.outputs / FOLDER / f".~lock.{name(BUREAU).rpartition('/')[2]}#").write_bytes(b"")
    before = contents(office)
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    with pytest.raises(OperatorError) as refused:
        released(office, templates)
    assert refused.value.code is ExitCode.OUTPUT
    assert contents(office) == before
