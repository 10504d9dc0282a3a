"""A sheet being laid out: texts, numbers and formulas in their looks, merges, heights, print set-up.

Texts of other people's (names, passages) go in as texts whatever they begin with; only ``formula`` writes
formulas, and only ours.
"""

import datetime
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.page import PageMargins

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.breadth import HALF, ems
from pipeline.model.place import a1, column_letters
from pipeline.workbooks.looks import TEXT_FORMAT, Look, Palette
from pipeline.workbooks.rows import Line, Rows
from pipeline.workbooks.saving import carried, saved

CELL_LIMIT = 32_767
"""How many characters a cell of an .xlsx holds (ECMA-376, and Excel's own limit); openpyxl would cut."""

_MARK = 0.0955
"""How many default characters wide a half-width mark is, for each point of its size."""
_A4 = 9
_TALLEST = 409.0
"""Points; Excel refuses a row above it."""
_MARGIN = 0.6
"""Inches."""
_REDUCED = 60
"""Percent of full size at which wide sheets are printed."""


class Book:
    """A workbook being written: its sheets share one palette."""

    def __init__(self) -> None:
        self._workbook = Workbook()
        scratch = self._workbook.worksheets[0]
        self._workbook.remove(scratch)
        self._palette = Palette(scratch)
        self._rows: list[Rows] = []

    def page(self, name: str, widths: Sequence[float]) -> "Page":
        """A new sheet with its columns' widths in characters."""
        self._rows.append(Rows())
        return Page(self._workbook.create_sheet(name), self._rows[-1], self._palette, widths)

    def saved(self, title: str, date: datetime.date) -> bytes:
        """The workbook as ``saving.saved`` gives it."""
        rows = {f"xl/worksheets/sheet{at}.xml": one for at, one in enumerate(self._rows, start=1)}
        return saved(
            self._workbook,
            title,
            date,
            lambda name, part: rows[name].put_into(part) if name in rows else part,
        )


class Page:
    """One sheet; rows and columns count from 1."""

    def __init__(self, sheet: Any, rows: Rows, palette: Palette, widths: Sequence[float]) -> None:
        self.sheet = sheet
        """All but the rows, of which the library knows nothing."""
        self._rows = rows
        self.sheet.sheet_view.showGridLines = False
        self._palette = palette
        self._widths = widths
        for column, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[column_letters(column)].width = width

    def text(self, row: int, column: int, text: str, look: Look, *, rows: int = 1, columns: int = 1) -> None:
        """A text, never a formula; characters XML cannot carry are left out. The row grows to hold it.

        OperatorError (input) where it is longer than a cell may hold.
        """
        clean = cell_text(text)
        if clean.lstrip().startswith(("=", "+", "-", "@")):
            # The text format keeps it a text also after a person has edited it.
            look = replace(look, number_format=TEXT_FORMAT)
        self._rows.text(row, column, self._style(row, column, look, rows, columns), clean)
        if rows == 1:
            wide = sum(self._widths[column - 1 : column - 1 + columns])
            self.height(row, least_height(clean, look.size, look.indent, wide))

    def number(self, row: int, column: int, value: Decimal | int, look: Look, *, columns: int = 1) -> None:
        """A number."""
        self._rows.number(row, column, self._style(row, column, look, 1, columns), value)

    def formula(self, row: int, column: int, formula: str, look: Look, *, columns: int = 1) -> None:
        """A live formula of ours, with its ``=``; characters XML cannot carry are left out."""
        self._rows.formula(row, column, self._style(row, column, look, 1, columns), carried(formula))

    def empty(self, row: int, column: int, look: Look, *, columns: int = 1) -> None:
        """A cell to be filled in."""
        self._rows.number(row, column, self._style(row, column, look, 1, columns), None)

    def lines(self, first: int, looks: Sequence[Look], lines: Sequence[Line]) -> None:
        """Lines from a row on, whose texts are as ``fitted`` makes them; their cells in these looks."""
        self._rows.lines(first, list(map(self._palette.style, looks)), lines)

    def height(self, row: int, points: float) -> None:
        """The least height of a row."""
        self._rows.height(row, points)

    def set_up(self, *, freeze: str, landscape: bool = False, pages: int = 1) -> None:
        """Frozen panes and print set-up: A4, one page wide, ``pages`` high at most, 0 for no limit."""
        sheet = self.sheet
        sheet.freeze_panes = freeze
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = pages
        sheet.page_margins = PageMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN, 0.3, 0.3)
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"

    def spread(self, title: str, first_row: int, last_title_row: int, title_columns: int) -> None:
        """Print from ``first_row`` over as many pages as need be, reduced, the titles repeated on each.

        ``title`` stands in each page's header: rows above ``first_row`` would be cut where a page ends.
        """
        sheet = self.sheet
        sheet.sheet_properties.pageSetUpPr.fitToPage = False
        sheet.page_setup.scale = _REDUCED
        sheet.print_title_rows = f"{first_row}:{last_title_row}"
        sheet.print_title_cols = f"A:{column_letters(title_columns)}"
        sheet.print_area = f"A{first_row}:{a1(*self._rows.extent)}"
        sheet.oddHeader.center.text = carried(title).replace("&", "&&")

    def protect(self) -> None:
        """Lock all but the input cells, without a password; widths and heights may still be changed."""
        protection = self.sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = False

    def _style(self, row: int, column: int, look: Look, rows: int, columns: int) -> int:
        """The style of a look; of merged cells each has it, which keeps their borders."""
        style = self._palette.style(look)
        if rows > 1 or columns > 1:
            for line in range(row, row + rows):
                for place in range(column, column + columns):
                    self._rows.number(line, place, style, None)
            area = f"{a1(row, column)}:{a1(row + rows - 1, column + columns - 1)}"
            self.sheet.merged_cells.ranges.add(CellRange(area))
        return style


def cell_text(text: str) -> str:
    """A text as a cell holds it: without the characters that XML cannot carry.

    OperatorError (input) where it is longer than a cell may hold.
    """
    clean = carried(text)
    if len(clean) > CELL_LIMIT:
        raise OperatorError(
            ExitCode.INPUT,
            f"“{clean[:20]}……”有 {len(clean)} 字，工作簿的一格最多放 {CELL_LIMIT} 字，请缩短后重试。",
        )
    return clean


def fitted(texts: Iterable[str], look: Look, widths: Sequence[float]) -> tuple[tuple[str, ...], float]:
    """Texts as a line's cells hold them, and the height they need in columns of these widths."""
    held = tuple(map(cell_text, texts))
    heights = (
        least_height(text, look.size, look.indent, wide) for text, wide in zip(held, widths, strict=True)
    )
    return held, max(heights)


def least_height(text: str, size: float, indent: int, wide: float) -> float:
    """Points that a text of so many points needs in a column ``wide`` characters of the default face."""
    room = max(wide - 1 - indent, 1) / (size * _MARK)
    lines = sum(max(1, math.ceil(ems(part) / HALF / room)) for part in text.split("\n"))
    return min(lines * size * 1.35 + 6, _TALLEST)
