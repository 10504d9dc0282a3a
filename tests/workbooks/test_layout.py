"""What others wrote goes in as text; sheets print on A4 and are protected without a password."""

import datetime
import io
import re
import zipfile

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kit.opened import opened
from pipeline.errors import ExitCode, OperatorError
from pipeline.workbooks.layout import CELL_LIMIT, Book
from pipeline.workbooks.looks import FACT, HEAD, INPUT

HOSTILE = ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "#REF!", "=cmd|' /C calc'!A0", "12", "TRUE"]


def sheet_of(book: Book) -> Worksheet:
    """The one sheet, saved and opened again."""
    return opened(book.saved("", datetime.date(2021, 1, 1))).worksheets[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stays_a_text(text: str) -> None:
    book = Book()
    book.page("表", [20]).text(1, 1, text, HEAD)
    cell = sheet_of(book)["A1"]
    assert (cell.value, cell.data_type) == (text, "s")
    if text[0] in "=+-@":
        assert cell.number_format == "@", "edited by hand, it would become a formula"


def test_characters_that_xml_cannot_carry_are_left_out() -> None:
    book = Book()
    book.page("表", [20]).text(1, 1, "教\x0b育\x00局", HEAD)
    assert sheet_of(book)["A1"].value == "教育局"


def test_a_text_too_long_for_a_cell_is_refused_not_cut() -> None:
    page = Book().page("表", [20])
    page.text(1, 1, "字" * CELL_LIMIT, FACT)
    with pytest.raises(OperatorError, match="缩短") as caught:
        page.text(1, 1, "字" * (CELL_LIMIT + 1), FACT)
    assert caught.value.code is ExitCode.INPUT


def test_a_merged_cell_has_its_border_all_round() -> None:
    book = Book()
    book.page("表", [9, 9]).text(1, 1, "合并", HEAD, rows=2, columns=2)
    sheet = sheet_of(book)
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B2"]
    assert sheet["A1"].border.left.style == "thin"
    assert sheet["B2"].border.right.style == "thin"
    part = zipfile.ZipFile(io.BytesIO(book.saved("", datetime.date(2021, 1, 1)))).read(
        "xl/worksheets/sheet1.xml"
    )
    styles = re.findall(rb'<c r="(?:A1|A2|B1|B2)" s="(\d+)"', part)
    assert len(styles) == 4
    assert len(set(styles)) == 1, "a program that draws each cell's own border finds it"


def test_a_formula_carries_no_character_that_would_damage_the_file() -> None:
    book = Book()
    book.page("表", [9]).formula(1, 1, '="甲\x01乙"', HEAD)
    assert sheet_of(book)["A1"].value == '="甲乙"'


def test_a_row_grows_with_its_text() -> None:
    book = Book()
    page = book.page("表", [20])
    page.text(1, 1, "短", FACT)
    page.text(2, 1, "很长的标签" * 6, FACT)
    page.text(3, 1, "一段\n" * 100, FACT)
    page.set_up(freeze="A2")
    heights = sheet_of(book).row_dimensions
    assert heights[2].height > 3 * heights[1].height
    assert heights[3].height == 409, "Excel opens no file with a taller row"


def test_a_sheet_prints_on_a4_one_page_wide_and_is_protected_without_a_password() -> None:
    book = Book()
    page = book.page("表", [20])
    page.empty(1, 1, INPUT)
    page.set_up(freeze="B2", landscape=True)
    page.protect()
    sheet = sheet_of(book)
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == "B2"
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.formatColumns, "a clerk may widen a column"
