"""Agencies' reports again: only what changed is printed, and the outcome is that of a run from nothing."""

import datetime
import json
import shutil

import pytest

from kit.office import AGENCIES, TEXTS
from pipeline import agencies
from pipeline.agencies import made, planned
from pipeline.agency import agency_report
from pipeline.errors import ExitCode
from pipeline.gather import load_inputs
from pipeline.inquire import agencies_named
from pipeline.release import release
from pipeline.run import examine
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)
OFFICE, BUREAU, DISTRICT = AGENCIES
ALL = [agency.name for agency in AGENCIES]
WRONG = {**TEXTS, 1: "（一）主动公开\n收到政府信息公开申请98765件。"}


@pytest.fixture
def printed(monkeypatch):
    """The names of those whose reports are printed, in order."""
    names = []

    def noted(press, copy):
        names.append(copy.agency)
        return agency_report(press, copy)

    monkeypatch.setattr(agencies, "agency_report", noted)
    return names


def released(office, templates, printed, *names):
    """What a run releases, and whose reports it printed."""
    printed.clear()
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    plan = planned(examine(inputs, DAY), agencies_named(names, inputs))
    done = release(plan, made(plan, templates, 1))
    return done, list(printed)


def contents(office):
    return {
        path.relative_to(office.outputs).as_posix(): path.read_bytes()
        for path in office.outputs.rglob("*")
        if path.is_file()
    }


def docx(office, agency):
    return office.outputs / f"分单位报告/{agency.name}2019年政府信息公开工作年度报告.docx"


def test_only_the_changed_workbooks_report_is_printed_and_all_is_as_from_nothing(office, templates, printed):
    office.submit(DISTRICT, texts=WRONG)
    assert released(office, templates, printed)[1] == ALL
    before = contents(office)
    assert released(office, templates, printed)[1] == []
    assert contents(office) == before
    office.submit(BUREAU, texts={**TEXTS, 5: "公开得还不够快。"})
    done, names = released(office, templates, printed)
    assert names == [BUREAU.name]
    after = contents(office)
    assert {finding.agency for finding in done.findings} == {DISTRICT.name}
    shutil.rmtree(office.outputs)
    anew, names = released(office, templates, printed)
    assert names == ALL
    assert contents(office) == after
    assert anew.record == done.record
    assert anew.findings == done.findings


@pytest.mark.parametrize("spoil", ["edited", "gone", "record gone", "record damaged", "line damaged"])
def test_a_file_that_is_not_as_it_was_written_is_printed_again(office, templates, printed, spoil):
    released(office, templates, printed)
    before, record = docx(office, BUREAU).read_bytes(), office.outputs / "agencies.json"
    match spoil:
        case "edited":
            docx(office, BUREAU).write_bytes(before + b" ")
        case "gone":
            docx(office, BUREAU).unlink()
        case "record gone":
            record.unlink()
        case "record damaged":
            record.write_text('{"agencies": [3], "findings": 7}', encoding="utf-8")
        case _:
            told = json.loads(record.read_text(encoding="utf-8"))
            told["agencies"][1]["verified"] = {"cells": "viele"}
            record.write_text(json.dumps(told), encoding="utf-8")
    done, names = released(office, templates, printed)
    assert names == (ALL if spoil.startswith("record") else [BUREAU.name])
    assert docx(office, BUREAU).read_bytes() == before
    assert bool(done.kept) is (spoil == "edited")


def test_what_is_about_the_report_alone_prints_it_again(office, templates, printed):
    released(office, templates, printed)
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + 'contact = "张三"\n')
    assert released(office, templates, printed)[1] == []
    office.write("report.toml", settings.replace("-03-26", "-03-27"))
    assert released(office, templates, printed)[1] == ALL
    office.write("report.toml", settings.replace("-03-26", "-03-27") + '[rules]\nfont-substituted = "off"\n')
    assert released(office, templates, printed)[1] == ALL


def test_another_template_prints_all_again(office, templates, printed, tmp_path):
    own = tmp_path / "templates"
    shutil.copytree(templates, own)
    released(office, own, printed)
    assert released(office, own, printed)[1] == []
    (own / "mail" / "note.txt").write_text("新", encoding="utf-8")
    assert released(office, own, printed)[1] == ALL


def test_a_report_that_stands_is_still_held_against_what_is_accepted_today(office, templates, printed):
    office.submit(BUREAU, texts=WRONG)
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + '[rules]\nsentence-contradicts = "error"\n')
    accepted = (
        '[[accept]]\ncode = "sentence-contradicts"\nreason = "已核实"\nby = "张三"\nagency = "市教育局"\n'
    )
    office.write("accepted.toml", accepted)
    assert released(office, templates, printed)[0].exit_code is ExitCode.OK
    (office.inputs / "accepted.toml").unlink()
    done, _ = released(office, templates, printed)
    assert (done.exit_code, [one.agency.name for one in done.unmade]) == (ExitCode.FINDINGS, [BUREAU.name])
    assert not docx(office, BUREAU).exists()


def test_after_a_run_for_one_agency_the_others_stand_still_and_what_was_found_of_them(
    office, templates, printed
):
    office.submit(DISTRICT, texts=WRONG)
    whole, _ = released(office, templates, printed)
    before = contents(office)
    office.submit(BUREAU, texts={**TEXTS, 5: "公开得还不够快。"})
    assert released(office, templates, printed, BUREAU.name)[1] == [BUREAU.name]
    docx(office, OFFICE).unlink()
    assert released(office, templates, printed, BUREAU.name)[1] == [], "nor of a second run for it"
    done, names = released(office, templates, printed)
    assert names == [OFFICE.name], "whose file is gone"
    assert done.findings == whole.findings
    assert {finding.agency for finding in done.findings} == {DISTRICT.name}
    assert (done.tally.reports, done.tally.unchanged) == (3, 2)
    office.submit(BUREAU)
    released(office, templates, printed)
    assert contents(office) == before
