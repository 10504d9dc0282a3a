"""A second run says what moved since the first, and a third over the same figures says it again."""

import json

import pytest

from kit.office import AGENCIES, TODAY
from kit.workbook import indicator_values
from pipeline.build import build
from pipeline.changes import Progress, line_of, read_snapshot, snapshot_entry, snapshot_of
from pipeline.gather import load_inputs
from pipeline.jsonfile import as_json
from pipeline.model.movement import Changes
from pipeline.model.submission import Numerals, Order
from pipeline.record import read_record
from pipeline.run import examine
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES


def moved(record, examination):
    return Progress.since(record, examination).changes


@pytest.fixture
def run(office, templates):
    """Run the office's year; give what moved, as the review page is told it, and run.json as it then stands."""

    def once():
        inputs = load_inputs(Workspace.at(office.root, None), templates)
        path = office.outputs / "run.json"
        examination = examine(inputs, TODAY)
        found = moved(read_record(path), examination)
        build(examination, templates, dict)
        return found, path.read_bytes()

    return once


def send(office, trainings):
    """The bureau sends its workbook again with this many 培训次数."""
    given = {**indicator_values(office.indicators), "trainings": trainings}
    office.submit(BUREAU, figures=given)


@pytest.mark.parametrize(
    ("numerals", "line"), [(("7", "", "1.50"), "1.50,,7"), (("1E+3", "-0", "2"), "2,,1000")]
)
def test_a_line_holds_plain_digits_however_the_figures_are_kept(numerals, line):
    told = Numerals(Order(("a", "b", "c")), ",".join(numerals))
    assert line_of(told, ("c", "别的", "a")) == line
    assert line_of(told, ("a", "b", "c")).split(",")[::2] == line.split(",")[::-2]


def told(found):
    return {(move.agency, move.words, move.before, move.after) for move in found.moves}


def test_the_moves_are_shown_until_figures_move_again(office, run):
    first, _ = run()
    assert first == Changes()
    send(office, 20)
    second, written = run()
    assert {(BUREAU.name, 20)} == {(agency, after) for agency, _, _, after in told(second) if agency}
    assert [move.agency for move in second.moves] == ["", BUREAU.name]
    assert len({move.change for move in second.moves} - {0, None}) == 1
    third, again = run()
    assert (third, again) == (second, written)
    text = (office.inputs / "narrative.md").read_text(encoding="utf-8")
    office.write("narrative.md", text.replace("还不够丰富", "仍不够丰富"))
    assert told(run()[0]) == told(second)
    send(office, 21)
    assert {(move.before, move.after) for move in run()[0].moves if move.agency} == {(20, 21)}


def test_an_agency_that_was_late_is_said_to_have_come(office, run):
    path = office.submissions / f"{DISTRICT.name}.xlsx"
    content = path.read_bytes()
    path.unlink()
    run()
    path.write_bytes(content)
    found, _ = run()
    assert (found.joined, found.left) == ((DISTRICT.name,), ())
    assert {move.agency for move in found.moves} == {""}


def test_the_first_run_keeps_its_figures_for_the_next_without_holding_them(office, templates, monkeypatch):
    examination = examine(load_inputs(Workspace.at(office.root, None), templates), TODAY)
    entry = snapshot_entry(snapshot_of(examination))
    monkeypatch.setattr("pipeline.changes.snapshot_of", lambda _: pytest.fail("nothing to compare it with"))
    progress = Progress.since({}, examination)
    monkeypatch.undo()
    assert progress.entry == {"snapshot": entry, "previous": None}


def test_a_snapshot_is_read_back_as_it_was_written(office, templates):
    snapshot = snapshot_of(examine(load_inputs(Workspace.at(office.root, None), templates), TODAY))
    assert read_snapshot(json.loads(as_json(snapshot_entry(snapshot)))) == snapshot


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: entry.update(sums="1,2"),
        lambda entry: entry.update(sums=entry["sums"].replace("0", "零")),
        lambda entry: entry.update(sums=entry["sums"] + "x"),
        lambda entry: entry.update(submitted={"01": 3}),
        lambda entry: entry.update(submitted=[7]),
        lambda entry: entry["submitted"][0].pop("values"),
        lambda entry: entry["submitted"][0].update(values=None),
        lambda entry: entry.update(addresses=None),
        lambda entry: entry.update(sums=",".join(["NaN"] * len(entry["addresses"]))),
    ],
)
def test_a_damaged_record_says_nothing_rather_than_something_wrong(office, templates, spoil):
    examination = examine(load_inputs(Workspace.at(office.root, None), templates), TODAY)
    entry = snapshot_entry(snapshot_of(examination))
    spoil(entry)
    assert read_snapshot(entry) is None
    assert moved({"snapshot": entry}, examination).moves == ()


@pytest.mark.parametrize(
    "record", [{}, {"snapshot": None}, {"snapshot": "x"}, {"snapshot": []}, {"figures": {}}]
)
def test_an_older_record_says_nothing(office, templates, record):
    examination = examine(load_inputs(Workspace.at(office.root, None), templates), TODAY)
    assert moved(record, examination).moves == ()
