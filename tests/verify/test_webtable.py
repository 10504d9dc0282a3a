"""Where each cell of a page's table stands, as a browser lays it out."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.verify.webtable import table_cells


def cells(inside):
    table = LexborHTMLParser(f"<!DOCTYPE html><table>{inside}</table>").css_first("table")
    return list(table_cells(table))


def test_cells_stand_row_by_row_beside_what_reaches_down_to_them():
    inside = '<tr><th rowspan="2">甲<th colspan="2">乙<tr><td>1<td>2<tr><td>3<td>4<td>5'
    assert cells(inside) == [
        ((0, 0, 2, 1), "甲"),
        ((0, 1, 1, 2), "乙"),
        ((1, 1, 1, 1), "1"),
        ((1, 2, 1, 1), "2"),
        ((2, 0, 1, 1), "3"),
        ((2, 1, 1, 1), "4"),
        ((2, 2, 1, 1), "5"),
    ]


def test_head_comes_first_and_foot_last_wherever_they_stand_in_the_file():
    inside = "<tfoot><tr><td>3</tfoot><tbody><tr><td>2</tbody><thead><tr><td>1</thead>"
    assert cells(inside) == [((0, 0, 1, 1), "1"), ((1, 0, 1, 1), "2"), ((2, 0, 1, 1), "3")]


def test_hidden_rows_and_cells_take_no_place():
    inside = '<tr hidden><td>9<tr><td style="display:none">9<td>1<tbody hidden><tr><td>9'
    assert cells(inside) == [((0, 0, 1, 1), "1")]


def test_a_span_reaches_no_further_than_its_part_of_the_table():
    inside = '<thead><tr><th rowspan="9">甲<tbody><tr><td rowspan="0">1<td>2<tr><td>3'
    assert [area for area, _ in cells(inside)] == [(0, 0, 1, 1), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]


@pytest.mark.parametrize(
    ("written", "wide"), [("2", 2), (" 3x", 3), ("0", 1), ("-2", 1), ("", 1), ("二", 1), ("99999999", 1000)]
)
def test_a_span_is_read_as_browsers_read_it(written, wide):
    assert cells(f'<tr><td colspan="{written}">1')[0][0] == (0, 0, 1, wide)


def test_a_cell_s_text_is_all_that_is_seen_in_it():
    assert cells("<tr><td><p>1<p> 2&nbsp;<del>9</del></td>")[0][1] == "12"
