"""The blank workbook as a clerk fills it in, read back as the office reads it."""

import io
from decimal import Decimal

import openpyxl
import pytest

from kit.returns import asked, given, numbers
from pipeline.workbooks.read import read_submission
from sample_clerks import Clerk
from sample_filled import filled


def read(content, asked):
    submission, findings = read_submission(content, "报送表.xlsx", asked)
    assert submission is not None
    return submission, [finding.code for finding in findings]


@pytest.mark.parametrize("ways", [(), ("thousands", "signs"), ("full-width",), ("units", "signs")])
def test_whatever_the_clerks_habit_the_figures_read_back(ways):
    one = given("150702", Clerk(ways=ways))
    submission, findings = read(filled(one), asked())
    assert findings == []
    assert numbers(submission, one) == one.numbers


def test_habits_show_in_the_cells():
    submission, _ = read(filled(given("150702", Clerk(ways=("thousands", "signs")))), asked())
    assert "," in submission.cells["proactive.licences.decisions"].raw
    assert submission.cells["proactive.penalties.change"].raw[0] in "增减+-"


def test_what_a_live_total_adds_up_stays_a_number():
    book = openpyxl.load_workbook(io.BytesIO(filled(given("150702", Clerk(ways=("full-width", "units"))))))
    figures = [cell for row in book["依申请公开"].iter_rows(min_row=6, min_col=4) for cell in row]
    assert not [cell.value for cell in figures if isinstance(cell.value, str) and cell.value.endswith("件")]


def test_cover_texts_and_the_unsummed_indicator_are_as_the_clerk_gave_them():
    clerk = Clerk(texts={"1": "情况良好。"}, satisfaction="96.5", earlier=("初稿.xlsx",))
    submission, _ = read(filled(given("150702", clerk, version=2)), asked())
    assert submission.cover.code == "150702"
    assert submission.cover.version == 2
    assert submission.cover.filled_by.startswith("样例填报人")
    assert submission.texts == {1: "情况良好。"}
    assert submission.value("indicators.satisfaction") == Decimal("96.5")


def test_the_same_return_gives_the_same_bytes():
    assert filled(given("150702", Clerk())) == filled(given("150702", Clerk()))
