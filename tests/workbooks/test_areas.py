"""The rectangles of a formula cover exactly the cells that were asked for."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.place import row_and_column
from pipeline.workbooks.areas import areas

PLACES = st.sets(st.tuples(st.integers(1, 8), st.integers(1, 8)), min_size=1)


def positions(formula: str) -> list[tuple[int, int]]:
    """Every place an argument list names."""
    found = []
    for part in formula.split(","):
        first, _, last = part.partition(":")
        (top, left), (bottom, right) = row_and_column(first), row_and_column(last or first)
        found += [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    return found


@given(PLACES)
def test_each_cell_is_named_once_and_no_other(places: set[tuple[int, int]]) -> None:
    formula = areas((row, column, row, column) for row, column in places)
    assert sorted(positions(formula)) == sorted(places)


def test_a_block_is_one_rectangle() -> None:
    block = [(row, column, row, column) for row in (7, 8, 9) for column in (4, 5)]
    assert areas(reversed(block)) == "D7:E9"


def test_merged_cells_side_by_side_join_over_what_they_cover() -> None:
    assert areas([(5, 2, 5, 3), (5, 4, 5, 5)]) == "B5:E5"


def test_a_gap_stays_a_gap() -> None:
    assert re.fullmatch(r"B2,D2,B4", areas([(2, 2, 2, 2), (2, 4, 2, 4), (4, 2, 4, 2)]))


def test_neighbours_of_unequal_height_stay_apart() -> None:
    assert areas([(1, 1, 2, 1), (1, 2, 1, 2)]) == "A1:A2,B1"
