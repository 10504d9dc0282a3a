"""Spoiled files by the hundred in the gate, 5,000 with MAKE_REPORT_PROOF=full; and odd values in real workbooks."""

import io
import os
import string
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.hostile import SHEET, good, replaced

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and signals as POSIX has them")
sys.path.append(str(Path(__file__).parent))

MUTANTS = 5000 if os.environ.get("MAKE_REPORT_PROOF") == "full" else 700


@pytest.fixture(scope="module")
def fuzz():
    """The command's module, which needs POSIX."""
    import fuzz

    return fuzz


def test_no_mutant_brings_a_reader_down_or_changes_a_figure_unseen(fuzz):
    outcomes = fuzz.run(MUTANTS, 1, 1)
    assert [(one.number, one.seed, one.kind, one.wrong) for one in outcomes if one.wrong] == []
    assert len(outcomes) == MUTANTS
    assert {one.seed for one in outcomes} == {path.name for path in fuzz.SEEDS.iterdir()}


def test_the_same_number_gives_the_same_mutant(fuzz):
    assert fuzz.mutant(1, 77) == fuzz.mutant(1, 77)
    assert len({fuzz.mutant(1, number).content for number in range(0, 600, 6)}) > 90


def test_a_figure_changed_without_a_word_would_be_seen(fuzz, monkeypatch):
    """The proof proves something: a changed figure under a right checksum, taken for one under a wrong one."""
    changed = replaced(good(), SHEET, "<v>2</v>", "<v>3</v>")
    one = fuzz.mutant(1, 0)
    monkeypatch.setattr(
        fuzz, "mutant", lambda *_: type(one)("openpyxl.xlsx", "bytes_flipped", changed, sealed=True)
    )
    assert fuzz.tried(1, 0).wrong == "a figure changed without a word"


def test_a_crash_and_a_bug_would_be_seen(fuzz, monkeypatch):
    monkeypatch.setattr(fuzz, "read_submission", lambda *_: 1 / 0)
    fuzz.original.cache_clear()
    monkeypatch.setattr(fuzz, "original", lambda _: None)
    one = fuzz.mutant(1, 0)
    monkeypatch.setattr(fuzz, "mutant", lambda *_: type(one)("openpyxl.xlsx", "", b"", sealed=False))
    assert "ZeroDivisionError" in fuzz.tried(1, 0).wrong


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60),
    st.sampled_from(
        [
            "=1/0",
            "=SUM(A1:A9)",
            "=cmd|'/c calc'!A1",
            "/",
            "无",
            "１２",
            "1,234",
            "12件",
            "#REF!",
            "2020",
            "一、",
            "（一）",
        ]
    ),
    st.text(string.digits + ".,+-eE元万件% ", max_size=25),
)
PLACES = st.tuples(st.integers(0, 5), st.integers(1, 40), st.integers(1, 12))


@given(st.dictionaries(PLACES, ODD, min_size=1, max_size=12))
def test_whatever_is_typed_anywhere_is_read_or_said(fuzz, typed):
    """No value in any cell raises; what is read without a finding is a number the sheet shows."""
    book = openpyxl.load_workbook(io.BytesIO(good()))
    for (sheet, row, column), value in typed.items():
        cell = book.worksheets[sheet].cell(row, column)
        if not isinstance(cell, openpyxl.cell.MergedCell):
            cell.value = value
    buffer = io.BytesIO()
    book.save(buffer)
    submission, findings = fuzz.read_submission(buffer.getvalue(), "甲.xlsx", fuzz.asked())
    assert submission is not None
    told = {finding.address for finding in findings}
    for address, cell in submission.cells.items():
        assert cell.value is None or cell.value.is_finite(), address
        if cell.value is None and address in fuzz.asked().form.cells and not told and not findings:
            raise AssertionError(address)
