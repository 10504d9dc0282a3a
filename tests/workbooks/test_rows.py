"""A sheet's rows stand as the workbook library itself would have written them, byte for byte."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kit.opened import opened, texts
from pipeline.errors import OperatorError
from pipeline.model.number import NumberKind
from pipeline.workbooks.layout import CELL_LIMIT, Book, cell_text
from pipeline.workbooks.ledger_columns import LedgerColumn
from pipeline.workbooks.ledger_sheet import LEADING_WIDTHS, LedgerGroup, LedgerSheet, leading, width
from pipeline.workbooks.looks import FACT, INPUT, TOTAL, Palette
from pipeline.workbooks.rows import Line, Rows, written
from pipeline.workbooks.saving import saved

DAY = datetime.date(2021, 3, 1)
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = (
    "=1+1",
    "  首尾空格 ",
    '<甲>&"乙"\'',
    "长" * 80,
    "跳\t格",
    "换\n行",
    "回\r车",
    "\x00坏\x1b",
    "𠀀",
    "",
    "]]>",
    "&#13;",
)
NUMERALS = ("-3.50", "12345678901234567.891", "0", "", "1E+3", "0.1")
FORMULAS = ("=SUM(A1:A3)", '=IF(A1<>"",A1&"件",B1>2)', "='一 表'!A1", '="回\r车\n换行"')
PLACES = st.tuples(st.integers(1, 40), st.integers(1, 60))
CELLS = st.one_of(
    st.sampled_from(TEXTS).map(cell_text),
    st.text(max_size=20).map(cell_text),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from(FORMULAS).map(lambda formula: ("formula", formula)),
    st.none(),
)


def workbook():
    """A workbook of one sheet, and its looks."""
    book = Workbook()
    return book, Palette(book.worksheets[0])


def theirs(cells, heights):
    """The sheet's part, all of it written by the library."""
    book, palette = workbook()
    sheet = book.worksheets[0]
    for (row, column), (look, value) in cells.items():
        cell = sheet.cell(row, column)
        cell._style = book._cell_styles[palette.style(look)]
        cell.value = value[1] if isinstance(value, tuple) else value
        if isinstance(value, str):
            cell.data_type = "s"
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height
    return part(saved(book, "", DAY))


def ours(cells, heights):
    """The same, its rows written here."""
    book, palette = workbook()
    rows = Rows()
    for (row, column), (look, value) in cells.items():
        style = palette.style(look)
        if isinstance(value, tuple):
            rows.formula(row, column, style, value[1])
        elif isinstance(value, str):
            rows.text(row, column, style, value)
        else:
            rows.number(row, column, style, value)
    for row, height in heights.items():
        rows.height(row, height)
    return part(saved(book, "", DAY, lambda name, one: rows.put_into(one) if name == SHEET else one))


def part(content):
    return zipfile.ZipFile(io.BytesIO(content)).read(SHEET)


@given(
    st.dictionaries(PLACES, st.tuples(st.sampled_from([FACT, INPUT, TOTAL]), CELLS), max_size=12),
    st.dictionaries(st.integers(1, 50), st.floats(1, 409), max_size=6),
)
def test_whatever_stands_in_the_cells_they_are_as_the_library_writes_them(cells, heights):
    # The extent begins at A1, where each of our sheets has a cell.
    cells = {(1, 1): (FACT, "题"), **cells}
    assert ours(cells, heights) == theirs(cells, heights)


def lines():
    return [
        Line(
            *leading(str(at), text, "组", f"{text}.xlsx"),
            (written(NUMERALS[at % 6]), written(NUMERALS[at // 2 % 6])),
        )
        for at, text in enumerate(TEXTS)
    ]


@pytest.mark.parametrize("cut", [0, 1, 3, len(TEXTS)])
def test_many_lines_are_as_one_by_one(cut):
    looks = [FACT] * 4 + [INPUT, TOTAL]
    together, single = Rows(), Rows()
    book, palette = workbook()
    styles = list(map(palette.style, looks))
    for rows in (together, single):
        rows.text(1, 1, styles[0], "题")
        rows.text(20, 7, styles[0], "尾")
    together.lines(3, styles, lines()[:cut])
    together.lines(3 + cut, styles, lines()[cut:])
    for row, line in enumerate(lines(), start=3):
        single.height(row, line.height)
        for column, text in enumerate(line.texts, start=1):
            single.text(row, column, styles[column - 1], text)
        for column, figure in enumerate(line.figures, start=5):
            single.number(row, column, styles[column - 1], Decimal(figure) if figure else None)
    empty = part(saved(book, "", DAY))
    assert together.put_into(empty) == single.put_into(empty)
    assert together.extent == single.extent == (20, 7)


def test_lines_alone_tell_how_far_the_sheet_reaches():
    rows = Rows()
    rows.lines(3, [1] * 6, lines())
    assert rows.extent == (2 + len(TEXTS), 6)
    assert Rows().extent == (1, 1)


def test_a_row_is_as_high_as_what_needs_most():
    rows = Rows()
    for points in (10, 30, 20):
        rows.height(1, points)
    empty = part(saved(workbook()[0], "", DAY))
    assert b'<row r="1" ht="30" customHeight="1"></row>' in rows.put_into(empty)


def with_a_text_at(row):
    return lambda rows: rows.text(row, 5, 1, "小计")


@pytest.mark.parametrize(
    "also",
    [
        with_a_text_at(3),
        with_a_text_at(4),
        lambda rows: rows.height(5, 99),
        lambda rows: rows.lines(5, [1] * 6, lines()),
        lambda rows: rows.lines(3, [1] * 6, lines()),
    ],
)
def test_nothing_is_lost_under_a_line(also):
    """Two rows of one number are a damaged file, and one of them in the other's place is a lost text."""
    rows = Rows()
    rows.lines(3, [1] * 6, lines()[:3])
    also(rows)
    with pytest.raises(ValueError, match="already"):
        rows.put_into(part(saved(workbook()[0], "", DAY)))


def test_no_lines_take_no_room():
    rows = Rows()
    rows.lines(3, [1] * 6, [])
    rows.text(3, 1, 1, "小计")
    assert "小计".encode("ascii", "xmlcharrefreplace") in rows.put_into(part(saved(workbook()[0], "", DAY)))


def test_a_part_that_has_rows_of_its_own_is_refused():
    theirs = b'<worksheet><dimension ref="A1:A1"/><sheetData><row r="1"></row></sheetData></worksheet>'
    for other in (theirs, b"<worksheet><sheetData></sheetData></worksheet>"):
        with pytest.raises(ValueError, match="not found"):
            Rows().put_into(other)


def test_a_text_no_cell_holds_is_refused():
    with pytest.raises(OperatorError, match="最多放"):
        leading("1", "长" * (CELL_LIMIT + 1), "", "")


def test_no_name_gets_out_of_its_cell():
    columns = [LedgerColumn("t.r.a", NumberKind.COUNT, ("外", "行", "甲"))]
    hostile = '</t></is></c></row><row r="7"><c r="A7" s="1"><f>1</f></c>'
    group = [Line(*leading("1", "甲", "", ""), ("1",)), Line(*leading("2", hostile, "", ""), ("1",))]
    book = Book()
    page = book.page("表", [*LEADING_WIDTHS, *map(width, columns)])
    LedgerSheet(page, columns).write("题", "注", [LedgerGroup("", group, {})], {})
    content = book.saved("", DAY)
    assert b"<f>1</f>" not in part(content)
    sheet = opened(content).worksheets[0]
    assert sheet["B8"].value == hostile
    assert hostile in texts(sheet)
