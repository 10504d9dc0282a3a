"""A workbook written anew: values at their places, texts as texts, names a spreadsheet takes."""

import datetime

import pytest

from pipeline.workbooks.retyped import retyped, write_value
from pipeline.workbooks.sheet import Sheet


def test_values_stand_where_they_stood_and_hidden_sheets_stay_hidden():
    cells = {(1, 1): "单位名称", (2, 2): 12.0, (3, 3): datetime.date(2020, 1, 1), (4, 1): True}
    book, names = retyped([Sheet("表", True, cells, {(1, 1): (1, 3)}), Sheet("藏", False, {(1, 1): "x"})])
    page = book[names["表"]]
    assert [page["A1"].value, page["B2"].value, page["C3"].value, page["A4"].value] == list(cells.values())
    assert [str(area) for area in page.merged_cells.ranges] == ["A1:C1"]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "hidden"]


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "=1+1", "+1", "@SUM(A1)", "-2+3"])
def test_a_text_that_looks_like_a_formula_is_written_as_a_text(text):
    book, _ = retyped([Sheet("表", True, {(1, 1): text})])
    cell = book["表"]["A1"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_character_no_file_can_hold_is_seen_to_be_lost():
    book, _ = retyped([Sheet("表", True, {})])
    write_value(book["表"], (1, 1), "a\x00b")
    assert book["表"]["A1"].value == "a\ufffdb"


def test_names_are_made_legal_and_told_apart():
    names = ["a/b", "a\\b", "长" * 40, "长" * 41, "", "''"]
    book, new = retyped([Sheet(name, True, {}) for name in names])
    assert list(new) == names
    assert len({name.casefold() for name in book.sheetnames}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("/\\*?[]:") for name in book.sheetnames)


def test_columns_are_as_wide_as_what_stands_in_them_up_to_a_limit():
    book, _ = retyped([Sheet("表", True, {(1, 1): "长" * 99, (1, 2): "短"})])
    widths = [book["表"].column_dimensions[letter].width for letter in "AB"]
    assert widths == [40, 9]
