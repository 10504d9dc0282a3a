"""The sheet 退回说明 in front of a marked workbook: what is to be changed, each with a link to its cell."""

from collections.abc import Iterator, Sequence

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.breadth import HALF, ems
from pipeline.model.slip import LOOK, MARKER, MUST, SlipLine
from pipeline.workbooks.looks import HEI, SONG
from pipeline.workbooks.retyped import write_value
from pipeline.workbooks.sheet import Sheet

TITLE = "退回说明"
RED, YELLOW = "FFFFB3B3", "FFFFEB84"
HEADS = ("序号", "级别", "跳到", "在哪里", "填的是", "应是", "怎么改", "详细说明")
WIDTHS = (6, 10, 20, 36, 20, 20, 40, 56)
LINK = 3
"""The column of the links: short texts, since LibreOffice does not fold a link."""
WORDS = {True: MUST, False: LOOK}

_EDGE = Side("thin", color="FF7F7F7F")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def colour(*, is_error: bool) -> str:
    """The colour, ARGB, of a cell that must be changed, or only looked at."""
    return RED if is_error else YELLOW


def is_slip_sheet(sheet: Sheet) -> bool:
    """Whether a sheet of a workbook that arrived is the one this module wrote."""
    return sheet.cells.get((1, 1)) == MARKER


def add_slip_sheet(
    book: Workbook, notes: Sequence[str], lines: Sequence[SlipLine], targets: Sequence[str]
) -> None:
    """Put the sheet first and open the workbook on it; ``targets`` are where the lines link to, or ""."""
    taken = {name.casefold() for name in book.sheetnames}
    name = next(one for one in _titles() if one.casefold() not in taken)
    for other in book.worksheets:
        other.sheet_view.tabSelected = False  # sheets selected together are typed into together
    page = book.create_sheet(name, 0)
    book.active = 0
    page.sheet_properties.tabColor = RED
    page.sheet_view.showGridLines = False
    for column, width in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    for row, text in enumerate((MARKER, *notes), 1):
        _note(page, row, text)
    head = len(notes) + 3
    for column, text in enumerate(HEADS, 1):
        _cell(page, head, column, text, Font(HEI, 10, bold=True), "FFE8EEF5", "center")
    for number, (line, target) in enumerate(zip(lines, targets, strict=True), 1):
        _line(page, head + number, number, line, target)
    page.freeze_panes = page.cell(head + 1, 1)
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _titles() -> Iterator[str]:
    yield TITLE
    number = 2
    while True:
        yield f"{TITLE}{number}"
        number += 1


def _note(page: Worksheet, row: int, text: str) -> None:
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(HEADS))
    write_value(page, (row, 1), text)
    cell = page.cell(row, 1)
    cell.font = Font(HEI, 14, bold=True) if row == 1 else Font(SONG, 11)
    cell.alignment = Alignment("left", "center", wrap_text=True)
    page.row_dimensions[row].height = 26 if row == 1 else 16 * _folds(text, 150) + 4


def _line(page: Worksheet, row: int, number: int, line: SlipLine, target: str) -> None:
    texts = (
        str(number),
        WORDS[line.is_error],
        f"{line.sheet} {line.cells[0]}" if target else "",
        line.where,
        line.found,
        line.expected,
        line.remedy,
        line.message,
    )
    for column, text in enumerate(texts, 1):
        fill = colour(is_error=line.is_error) if column == 2 else ""
        side = "center" if column <= LINK else "left"
        _cell(page, row, column, text, Font(SONG, 10), fill, side)
    if target:
        cell = page.cell(row, LINK)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, display=texts[LINK - 1])
        cell.font = Font(SONG, 10, color="FF0563C1", underline="single")
    folds = max(_folds(text, width - 1) for text, width in zip(texts, WIDTHS, strict=True))
    page.row_dimensions[row].height = min(400, 14 * folds + 4)


def _cell(  # noqa: PLR0917 -- what a cell is, in the order one says it
    page: Worksheet, row: int, column: int, text: str, font: Font, fill: str, side: str
) -> None:
    write_value(page, (row, column), text)
    cell = page.cell(row, column)
    cell.font, cell.border = font, _BORDER
    cell.alignment = Alignment(side, "center", wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", fill)


def _folds(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many narrow characters."""
    return 1 + int(ems(text) / HALF) // width
