"""A1 names as the office reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.place import CellPlace, a1, row_and_column


@pytest.mark.parametrize(
    ("row", "column", "name"), [(1, 1, "A1"), (12, 26, "Z12"), (3, 27, "AA3"), (1048576, 16384, "XFD1048576")]
)
def test_a_place_is_named_as_excel_names_it(row, column, name):
    assert a1(row, column) == name


@given(st.integers(1, 1048576), st.integers(1, 16384))
def test_a_name_leads_back_to_its_row_and_column(row, column):
    assert row_and_column(a1(row, column)) == (row, column)


@pytest.mark.parametrize("name", ["", "12", "A0", "a1", "A1:B2", "$A$1"])
def test_what_is_no_cell_name_is_refused(name):
    with pytest.raises(ValueError):
        row_and_column(name)


def test_a_place_says_workbook_sheet_and_cell():
    assert (
        str(CellPlace("submissions/教育局.xlsx", "依申请公开", "F12"))
        == "submissions/教育局.xlsx [依申请公开]F12"
    )
