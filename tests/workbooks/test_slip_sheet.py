"""The sheet 退回说明: first, opened on, linked to the cells; known again when the workbook comes back."""

import openpyxl
from msgspec.structs import replace
from openpyxl import Workbook

from pipeline.model.slip import MARKER, SlipLine
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.slip_sheet import HEADS, LINK, RED, YELLOW, add_slip_sheet, is_slip_sheet

LINE = SlipLine(True, "a.xlsx", "表", ("B2",), "表 B2：新收", "9", "12", "请改。", "错了。")


def added(lines=(LINE,), targets=("'表'!B2",), notes=("第一句。",), sheets=("表",)):
    book = Workbook()
    book.active.title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name)
    add_slip_sheet(book, notes, lines, targets)
    return book


def rows(page):
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]


def test_it_stands_first_and_is_the_only_sheet_selected():
    book = added()
    assert book.sheetnames == ["退回说明", "表"]
    assert book.active.title == "退回说明"
    assert [page.sheet_view.tabSelected for page in book.worksheets][1:] == [False]


def test_each_line_has_its_texts_its_colour_and_a_link_to_its_cell():
    page = added((LINE, replace(LINE, is_error=False)), ("'表'!B2", "")).worksheets[0]
    assert rows(page) == [
        list(HEADS),
        ["1", "必须改正", "表 B2", "表 B2：新收", "9", "12", "请改。", "错了。"],
        ["2", "请核实", "", "表 B2：新收", "9", "12", "请改。", "错了。"],
    ]
    assert page.cell(5, LINK).hyperlink.location == "'表'!B2"
    assert page.cell(6, LINK).hyperlink is None
    assert [page.cell(row, 2).fill.fgColor.rgb for row in (5, 6)] == [RED, YELLOW]


def test_a_text_of_theirs_is_no_formula():
    page = added((replace(LINE, found="=cmd|'/c calc'!A0"),)).worksheets[0]
    assert (page.cell(5, 5).value, page.cell(5, 5).data_type) == ("=cmd|'/c calc'!A0", "s")


def test_a_sheet_of_theirs_with_that_name_keeps_it():
    assert added(sheets=("退回说明", "退回说明2")).sheetnames[0] == "退回说明3"


def test_it_is_known_by_what_it_says_and_not_by_its_name():
    assert is_slip_sheet(Sheet("改了名字", True, {(1, 1): MARKER}))
    assert not is_slip_sheet(Sheet("退回说明", True, {(1, 1): "退回说明"}))
    assert openpyxl.Workbook().active["A1"].value != MARKER
