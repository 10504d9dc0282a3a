"""Two runs held against each other by what their records say."""

import json
import shutil

import pytest
from msgspec.structs import replace

from kit.office import AGENCIES, TODAY, open_office
from kit.workbook import indicator_values
from pipeline.build import build
from pipeline.comparing import compare_runs, record_of
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.jsonfile import as_json
from pipeline.record import read_record
from pipeline.run import examine
from pipeline.telling import difference_lines
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES


@pytest.fixture
def run(office, templates, tmp_path):
    """Build the office's year and keep its records under a name."""

    def once(name, of=office):
        build(examine(load_inputs(Workspace.at(of.root, None), templates), TODAY), templates, dict)
        kept = tmp_path / name
        kept.mkdir()
        for file in ("run.json", "findings.json"):
            shutil.copy(of.outputs / file, kept / file)
        return kept / "run.json"

    return once


def send(office, **indicators):
    office.submit(BUREAU, figures={**indicator_values(office.indicators), **indicators})


def test_a_figure_that_moved_its_agency_and_its_file(office, run, templates):
    send(office, trainings=19)
    before = run("昨天")
    send(office, trainings=20)
    found = compare_runs(before, run("今天"), templates)
    assert [(move.agency, move.words, move.change) for move in found.changes.moves] == [
        ("", "开展业务培训次数", 1),
        (BUREAU.name, "开展业务培训次数", 1),
    ]
    assert found.files == (("inputs/2019/submissions/市教育局.xlsx", "换了内容"),)
    assert found.entry()["moves"][1] == {
        "address": "indicators.trainings", "words": "开展业务培训次数", "agency": "市教育局", "before": "19", "after": "20"
    }  # fmt: skip
    assert found.entry()["resent"][0]["agency"] == BUREAU.name


def test_the_same_run_twice_shows_nothing(run, templates):
    path = run("一次")
    found = compare_runs(path, path, templates)
    assert not found.changes.moves
    assert (found.files, found.appeared, found.vanished, found.accepted) == ((), (), (), ())


def test_what_is_found_now_and_was_not_and_who_stands_by_it(office, run, templates):
    before = run("昨天")
    (office.submissions / f"{BUREAU.name}.xlsx").rename(office.root / "迟到.xlsx")
    office.write(
        "accepted.toml",
        '[[accept]]\ncode = "agency-missing"\nagency = "市教育局"\nreason = "撤并"\nby = "张三"\n',
    )
    after = run("今天")
    found = compare_runs(before, after, templates)
    assert [(one.code, one.body) for one in found.appeared] == [("agency-missing", BUREAU.name)]
    assert BUREAU.name in found.appeared[0].message
    assert (found.changes.left, found.changes.joined) == ((BUREAU.name,), ())
    assert [one["by"] for one in found.accepted] == ["张三"]
    back = compare_runs(after, before, templates)
    assert [one.code for one in back.vanished] == ["agency-missing"]
    assert [one["by"] for one in back.withdrawn] == ["张三"]
    assert ("inputs/2019/submissions/市教育局.xlsx", "没有了") in found.files


def test_a_record_alone_is_enough(office, run, templates):
    before = run("昨天")
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    after = run("今天")
    (after.parent / "findings.json").unlink()
    (before.parent / "findings.json").write_text("[[", encoding="utf-8")
    (told,) = compare_runs(before, after, templates).appeared
    assert (told.code, told.body, told.message) == ("agency-missing", BUREAU.name, "")


def test_two_years_of_two_forms_are_compared_by_name(run, templates, tmp_path, forms, indicators):
    """Figures that only one of the forms has are listed and held against nothing."""
    later = open_office(tmp_path / "后来", forms["2021"], indicators)
    found = compare_runs(run("2019年"), run("2021年", later), templates)
    first, second = (set(forms[edition].cells) for edition in ("2019", "2021"))
    assert set(found.changes.gone) == first - second
    assert set(found.changes.fresh) == second - first
    assert found.names["proactive.normative.repealed"] == forms["2021"].words("proactive.normative.repealed")
    assert "proactive." not in "\n".join(difference_lines(found, everything=True))
    assert {move.address for move in found.changes.moves} <= first & second | {
        one.address for one in indicators
    }
    assert found.files == ()
    assert (found.before["year"], found.after["year"]) == (2019, 2021)


def old_fashioned(path):
    """The record as version 0.2 wrote it."""
    record = read_record(path)
    for key in ("snapshot", "previous", "found", "acceptances"):
        del record[key]
    path.write_bytes(as_json(record))
    return path


def test_an_older_record_is_compared_by_its_sums(office, run, templates):
    send(office, trainings=19)
    before = old_fashioned(run("昨天"))
    send(office, trainings=20)
    found = compare_runs(before, run("今天"), templates)
    assert [(move.agency, move.change) for move in found.changes.moves] == [("", 1)]
    assert (found.by_agency, found.by_finding) == (False, False)
    assert (found.changes.joined, found.appeared) == ((), ())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("inputs", [3, {"path": 1}, "x"]),
        ("acceptances", ["x", {"by": 1}]),
        ("acceptances", {"a": 1}),
        ("found", {"row-total": ["x"]}),
        ("found", {"row-total": {"a": 3}}),
        ("snapshot", {"addresses": 3}),
        ("indicators", [1]),
        ("edition", ["2019"]),
        ("status", None),
    ],
)
def test_a_record_somebody_damaged_is_compared_as_far_as_it_goes(run, templates, key, value):
    whole = run("一次")
    spoilt = whole.with_name("坏的.json")
    spoilt.write_bytes(as_json({**read_record(whole), key: value}))
    assert compare_runs(whole, spoilt, templates).entry()
    assert compare_runs(spoilt, whole, templates).entry()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"schema": 2, "figures": {}}',
        '{"schema": 1, "figures": []}',
        '{"schema": 1, "figures": {"a": "多"}}',
        '{"schema": 1, "figures": {"a": "NaN"}}',
    ],
)
def test_what_is_no_record_is_refused(run, templates, content):
    whole = run("一次")
    wrong = whole.with_name("不是.json")
    wrong.write_text(content, encoding="utf-8")
    with pytest.raises(OperatorError, match="请换一份再比") as refused:
        compare_runs(whole, wrong, templates)
    assert refused.value.code is ExitCode.INPUT


def test_a_run_is_meant_by_its_year_its_folder_or_its_file(office, run):
    kept = run("昨天")
    assert record_of("2019", office.root) == office.outputs / "run.json"
    assert record_of(str(office.outputs), office.root) == office.outputs / "run.json"
    assert record_of(str(kept), office.root) == kept
    for word in ("2018", "没有这个"):
        with pytest.raises(OperatorError, match="没有找到"):
            record_of(word, office.root)


def test_a_body_that_was_numbered_anew_is_the_same_body(run, templates):
    whole = run("一次")
    record = json.loads(whole.read_text(encoding="utf-8"))
    for one in record["snapshot"]["submitted"]:
        one["code"] = f"9{one['code']}"
    later = whole.with_name("后来.json")
    later.write_bytes(as_json(record))
    found = compare_runs(whole, later, templates).changes
    assert replace(found) == type(found)()
