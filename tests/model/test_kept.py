"""Figures kept small come back as they were."""

import sys
from decimal import Decimal, InvalidOperation

import pytest

from pipeline.model.kept import FigureLine, KeptFigures

FIGURES = {
    "1": {"a.b": Decimal("18.8710"), "a.c": Decimal(-3)},
    "2": {"a.c": Decimal(0)},
    "3": {},
    "4": {"a.b": Decimal("1E+3"), "a.c": Decimal("12345678901234567890.5")},
}


def test_every_digit_comes_back():
    kept = KeptFigures.of(FIGURES, FIGURES)
    assert kept == FIGURES
    assert [str(one) for one in kept["1"].values()] == ["18.8710", "-3"]
    assert list(kept) == list("1234")
    assert len(kept) == 4
    assert kept != {**FIGURES, "3": {"a.b": Decimal(1)}}


def test_some_of_what_is_kept_are_as_if_kept_anew():
    kept = KeptFigures.of(FIGURES, FIGURES)
    some, anew = KeptFigures.of(kept, ["4", "5", "2"]), KeptFigures.of(FIGURES, ["4", "5", "2"])
    assert (some.heads, some.kept) == (anew.heads, anew.kept)
    assert list(some) == ["4", "2"]


def test_who_is_not_there_is_not_made():
    kept = KeptFigures.of(FIGURES, FIGURES)
    assert "5" not in kept
    assert kept.get("5", {}) == {}
    with pytest.raises(KeyError):
        kept["5"]


def test_kept_again_is_kept_anew():
    kept = KeptFigures.of(FIGURES, FIGURES)
    kept.keep("2", {"a.b": Decimal(7)})
    assert kept["2"] == {"a.b": Decimal(7)}


def test_an_agency_takes_a_fraction_of_its_numbers():
    addresses = [f"table.row{number}.column" for number in range(200)]
    kept = KeptFigures()
    for number in range(100):
        kept.keep(str(number), {address: Decimal(place % 1000) for place, address in enumerate(addresses)})
    assert len(kept.heads) == 1
    assert sum(sys.getsizeof(told) for _, told in kept.kept.values()) < 100 * 1000


def test_lines_are_equal_as_numbers_however_they_are_written():
    line = FigureLine(("a", "b"), "1,")
    assert line == FigureLine(("a", "b"), "1,") == FigureLine(("a",), "1.0") == {"a": Decimal(1)}
    assert line != FigureLine(("b", "a"), "1,")
    assert line != FigureLine(("a", "b"), "1,2")


def test_a_line_of_figures_is_the_figures_with_gaps_left_out():
    line = FigureLine(("甲", "乙", "丙"), "3,,-1.50")
    assert line == {"甲": Decimal(3), "丙": Decimal("-1.50")}
    assert (line["丙"], "乙" in line, len(line), list(line)) == (Decimal("-1.50"), False, 2, ["甲", "丙"])


@pytest.mark.parametrize(("text", "error"), [("3", ValueError), ("3,4,零", InvalidOperation)])
def test_a_line_that_is_none_of_its_addresses_gives_no_figures(text, error):
    with pytest.raises(error):
        FigureLine(("甲", "乙", "丙"), text).items()
