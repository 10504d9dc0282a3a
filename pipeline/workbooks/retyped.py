"""A workbook written anew from what was read, where one cannot be written on (.xls, .et, .ods)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.breadth import HALF, ems
from pipeline.workbooks.extent import Position
from pipeline.workbooks.sheet import Sheet

WIDEST, NARROWEST = 40, 9
"""Column widths, in characters."""
_FORBIDDEN = re.compile(r"[\\*?:/\[\]\x00-\x1f]")
_LONGEST_NAME = 31


def retyped(sheets: Sequence[Sheet]) -> tuple[Workbook, Mapping[str, str]]:
    """The sheets' values at their places, with merges, no formulas; and each sheet's new name by its own.

    A spreadsheet allows fewer names than an .ods does.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    names = dict(zip((sheet.name for sheet in sheets), _names(sheets), strict=True))
    for sheet in sheets:
        page = book.create_sheet(names[sheet.name])
        page.sheet_state = "visible" if sheet.visible else "hidden"
        for place, value in sheet.cells.items():
            write_value(page, place, value)
        for first, last in sheet.merged.items():
            page.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])
        _widen(page, sheet)
    return book, names


def write_value(page: Worksheet, place: Position, value: object) -> None:
    """Write a value as what it is; a text that begins like a formula stays a text."""
    cell = page.cell(*place)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
        cell.data_type = "s"
    else:
        cell.value = value  # type: ignore[assignment]  # numbers, bool and dates, as the reader gave them


def _names(sheets: Sequence[Sheet]) -> Iterator[str]:
    taken: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        name = _FORBIDDEN.sub("_", sheet.name).strip("'")[:_LONGEST_NAME] or f"Sheet{number}"
        if name.casefold() in taken:
            name = f"{name[: _LONGEST_NAME - 5]}({number})"
        taken.add(name.casefold())
        yield name


def _widen(page: Worksheet, sheet: Sheet) -> None:
    """Columns as wide as most of what stands in them needs; merged headings do not count."""
    widths: dict[int, int] = {}
    for (row, column), value in sheet.cells.items():
        if (row, column) not in sheet.merged:
            text = value if isinstance(value, str) else plain_text(value)
            width = ceil(ems(text) / HALF) + 2
            widths[column] = max(widths.get(column, NARROWEST), min(width, WIDEST))
    for column, width in widths.items():
        page.column_dimensions[get_column_letter(column)].width = width


def plain_text(value: object) -> str:
    """A value that is no text, as it shows."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
