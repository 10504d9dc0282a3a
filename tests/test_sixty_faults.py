"""Sixty faults, one at a time in the sample year's own files: found where they are, with nothing beside them.

The stories stand in tests/sixty_faults/.
"""

import datetime
from collections import Counter
from pathlib import Path

import pytest

from kit.fault import load_faults, plant, told
from pipeline.errors import OperatorError
from pipeline.gather import load_inputs
from pipeline.run import Examination, examine
from pipeline.workspace import Workspace

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "inputs" / "2020"
TODAY = datetime.date(2021, 1, 20)
KINDS = {"cells": 20, "crossfooting": 15, "roster": 10, "text": 15}
FAULTS = load_faults(*KINDS)


@pytest.fixture(scope="module")
def untouched(templates):
    return examined(ROOT, templates)


def examined(root: Path, templates: Path) -> Examination:
    return examine(load_inputs(Workspace.at(root, 2020), templates), TODAY)


def stories(faults):
    return pytest.mark.parametrize("fault", faults, ids=[fault.story for fault in faults])


@stories([fault for fault in FAULTS if not fault.refused])
def test_a_fault_is_found_where_it_is_and_nothing_that_does_not_follow(fault, untouched, tmp_path, templates):
    usual = set(map(told, untouched.findings))
    plant(fault, SAMPLE, tmp_path)
    examination = examined(tmp_path, templates)
    assert examination.stopped is None
    assert fault.found
    assert sorted({told(one) for one in examination.findings} - usual) == sorted((*fault.found, *fault.also))


@stories([fault for fault in FAULTS if fault.refused])
def test_a_run_that_cannot_go_on_says_why(fault, tmp_path, templates):
    plant(fault, SAMPLE, tmp_path)
    try:
        error = examined(tmp_path, templates).stopped
    except OperatorError as raised:
        error = raised
    code, words = fault.refused
    assert error is not None
    assert error.code.name == code
    assert words in error.message


@stories(load_faults("right"))
def test_what_is_right_raises_nothing_and_counts_the_same(fault, untouched, tmp_path, templates):
    plant(fault, SAMPLE, tmp_path)
    examination = examined(tmp_path, templates)
    assert {told(one) for one in examination.findings} - set(map(told, untouched.findings)) == set(
        fault.found
    )
    assert examination.consolidation.values() == untouched.consolidation.values()


def test_the_untouched_year_has_no_error_and_no_warning(untouched):
    assert {finding.severity.value for finding in untouched.findings} <= {"notice"}


def test_they_are_sixty_of_four_kinds_and_no_two_alike():
    assert Counter(fault.kind for fault in FAULTS) == KINDS
    assert len({fault.story for fault in FAULTS}) == 60


def test_six_of_the_cells_stand_in_other_formats():
    names = [str(fault.done.get("workbook", "")) for fault in FAULTS if fault.kind == "cells"]
    assert sum(Path(name).suffix in {".xls", ".et", ".ods"} for name in names) >= 6


def test_a_story_with_an_unknown_word_is_refused(tmp_path, monkeypatch):
    (tmp_path / "odd.toml").write_text('[[fault]]\nstory = "甲"\nburned = ["乙"]\n', encoding="utf-8")
    monkeypatch.setattr("kit.fault.FAULTS", tmp_path)
    with pytest.raises(ValueError, match="burned"):
        load_faults("odd")


def test_the_sample_itself_is_never_written_to(tmp_path):
    before = {path: path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()}
    plant(FAULTS[0], SAMPLE, tmp_path)
    plant(next(one for one in FAULTS if "rewritten" in one.done), SAMPLE, tmp_path / "text")
    assert {path: path.read_bytes() for path in before} == before
