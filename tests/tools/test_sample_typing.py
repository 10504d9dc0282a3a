"""Numbers as clerks type them; a reader that knows offices reads each back for certain."""

from decimal import Decimal

import pytest

from pipeline.workbooks.number import read_number
from sample_typing import amount, change, typed
from sample_year import sample_year

FORM = sample_year().form
DECISIONS = FORM.cells["proactive.licences.decisions"]
ITEMS = FORM.cells["proactive.licences.items_last_year"]
CHANGE = FORM.cells["proactive.licences.change"]
AMOUNT = FORM.cells["proactive.procurement.amount"]


@pytest.mark.parametrize(
    ("cell", "value", "ways", "place", "entry"),
    [
        (DECISIONS, 1036, ["thousands"], 1, "1,036"),
        (DECISIONS, 12, ["full-width"], 3, "１２"),
        (DECISIONS, 12, ["full-width"], 4, Decimal(12)),
        (DECISIONS, 12, ["units"], 3, "12件"),
        (ITEMS, 7, ["units"], 3, "7项"),
        (DECISIONS, 0, ["units", "full-width"], 3, Decimal(0)),
        (DECISIONS, 1036, [], 3, Decimal(1036)),
        (CHANGE, 12, ["signs"], 1, "增12"),
        (CHANGE, 12, ["signs"], 2, "+12"),
        (CHANGE, -13, ["signs"], 1, "减13"),
        (CHANGE, 0, ["signs"], 1, "0"),
        (CHANGE, -13, [], 1, Decimal(-13)),
    ],
)
def test_a_clerks_habit_shows_in_the_cell(cell, value, ways, place, entry):
    assert typed(cell, value, ways, place) == entry


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (120_000_000, "1.2亿元"),
        (3_526_000, "352.6万元"),
        (80_618, "80618元"),
        (20_835_858, "20835858元"),
        (0, "0元"),
    ],
)
def test_an_amount_is_said_with_its_unit(value, said):
    assert amount(value) == said
    assert typed(AMOUNT, value, ["thousands"], 3) == said


@pytest.mark.parametrize("code", sample_year().this_year)
def test_whatever_is_typed_reads_back_as_the_number(code):
    own = sample_year().this_year[code]
    for place, address in enumerate(FORM.inputs):
        cell = FORM.cells[address]
        for ways in (["signs", "thousands"], ["full-width", "signs"], ["units"]):
            entry = typed(cell, own[address], ways, place)
            found = read_number(cell.kind, entry if isinstance(entry, str) else int(entry))
            assert (found.problem, found.value) == ("", own[address])


def test_a_minus_sign_is_one_of_the_ways_to_say_less():
    assert change(-13, 2) == "-13"
