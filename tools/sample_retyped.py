"""Workbooks clerks typed anew: stacked tables, a blank row, a 小计 column, other sheet names and marks."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.form import FormTable
from pipeline.model.grid import CellRole, GridCell
from pipeline.model.indicator import Aggregation
from pipeline.workbooks.saving import saved
from sample_filled import FILLED_IN, Return

HALF_WIDTH = str.maketrans("（）：，", "():,")
SUBTOTAL = "小计"
LEGAL = ("business", "research", "public_interest", "legal_services", "other")
GAP_AFTER = 11
"""The grid row of 依申请公开 below which the blank row stands: between two reasons of （三）不予公开."""
Entry = Decimal | str

MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
RULED = Border(left=Side("thin"), right=Side("thin"), top=Side("thin"), bottom=Side("thin"))
WIDTH, LEAST = 130, 9
"""Of a table and of its narrowest column, in characters."""


class Shift(Struct, frozen=True):
    """Where the clerk's changes moved a table's rows and columns; everything counts from 0."""

    top: int
    gap_after: int | None = None
    subtotal_after: int | None = None

    def row(self, row: int) -> int:
        """The sheet's row of a grid row."""
        return self.top + row + (self.gap_after is not None and row > self.gap_after)

    def column(self, column: int) -> int:
        """The sheet's column of a grid column."""
        return column + (self.subtotal_after is not None and column > self.subtotal_after)

    def last_column(self, cell: GridCell) -> int:
        """The last column of a cell; the label over the organisations' columns reaches over their 小计."""
        last = cell.column + cell.columns - 1
        over = cell.role is CellRole.HEAD and cell.columns > 1 and last == self.subtotal_after
        return self.column(last) + over


def retyped(given: Return) -> bytes:
    """A workbook with the same figures, laid out as the clerk liked it; totals are typed, not worked out."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _cover(workbook, given)
    _tables(workbook, given)
    _indicators(workbook, given)
    if "renamed" in given.clerk.tables:
        for number, sheet in enumerate(workbook.worksheets, start=1):
            sheet.title = f"Sheet{number}"
    return saved(workbook, f"{given.agency.name}年报数据表", FILLED_IN)


def _cover(workbook: Workbook, given: Return) -> None:
    sheet = workbook.create_sheet("封面")
    cover = given.cover
    for line in (
        ("单位名称", given.agency.name),
        ("单位编码", given.agency.code),
        ("年度", given.year),
        ("版本", given.form.edition),
        ("报送次数", cover.version),
        ("填报人", cover.filled_by),
        ("审核人", cover.reviewed_by),
        ("电话", cover.phone),
    ):
        sheet.append(line)


def _tables(workbook: Workbook, given: Return) -> None:
    entries: dict[str, Entry] = {**given.numbers, **given.entries}
    stacked = "stacked" in given.clerk.tables
    top, sheet = 0, workbook.create_sheet("统计表") if stacked else None
    for table in given.form.tables:
        here = sheet or workbook.create_sheet(table.alias)
        _put(here, top, 0, _marked(table.grid.caption, given))
        _widen(here, table)
        end = _table(here, top + 1, table, entries, given)
        top = end + 2 if stacked else 0


def _table(sheet: Worksheet, top: int, table: FormTable, entries: Mapping[str, Entry], given: Return) -> int:
    """Type one table from a row on; the row after its last."""
    ways, requests = given.clerk.tables, table.id == "requests"
    shift = Shift(
        top,
        gap_after=GAP_AFTER if requests and "blank-row" in ways else None,
        subtotal_after=_last_legal(table) if requests and "subtotal" in ways else None,
    )
    for cell in table.grid.cells:
        text = _marked(cell.text, given) if cell.address is None else entries[cell.address]
        _put(sheet, shift.row(cell.row), shift.column(cell.column), text)
        _merge(sheet, cell, shift)
    if shift.subtotal_after is not None:
        _subtotals(sheet, shift, table, given)
    return shift.row(table.grid.rows)


def _widen(sheet: Worksheet, table: FormTable) -> None:
    """Columns as wide as the text wants; of stacked tables, the widest decides."""
    whole = sum(table.grid.widths)
    for column, part in enumerate(table.grid.widths, start=1):
        width = sheet.column_dimensions[get_column_letter(column)]
        width.width = max(width.width if width.customWidth else LEAST, WIDTH * part // whole)


def _put(sheet: Worksheet, row: int, column: int, entry: Entry) -> None:
    cell = sheet.cell(row + 1, column + 1, entry)
    cell.alignment, cell.border = MIDDLE, RULED
    if isinstance(entry, str):
        cell.data_type = "s"


def _merge(sheet: Worksheet, cell: GridCell, shift: Shift) -> None:
    last_row, last_column = shift.row(cell.row + cell.rows - 1), shift.last_column(cell)
    first_row, first_column = shift.row(cell.row), shift.column(cell.column)
    if (last_row, last_column) != (first_row, first_column):
        sheet.merge_cells(
            start_row=first_row + 1,
            start_column=first_column + 1,
            end_row=last_row + 1,
            end_column=last_column + 1,
        )


def _last_legal(table: FormTable) -> int:
    return max(cell.column for cell in table.grid.cells if (cell.address or "").endswith(f".{LEGAL[-1]}"))


def _subtotals(sheet: Worksheet, shift: Shift, table: FormTable, given: Return) -> None:
    """The clerk's own column: its label below 法人或其他组织, and the five organisations' sum in each row."""
    column = shift.column(shift.subtotal_after or 0) + 1
    _put(sheet, shift.row(table.grid.head - 1), column, SUBTOTAL)
    for cell in table.grid.cells:
        if cell.address and cell.address.endswith(f".{LEGAL[-1]}"):
            row = cell.address.rpartition(".")[0]
            _put(
                sheet,
                shift.row(cell.row),
                column,
                Decimal(sum(given.values[f"{row}.{legal}"] for legal in LEGAL)),
            )


def _marked(text: str, given: Return) -> str:
    return text.translate(HALF_WIDTH) if "half-width" in given.clerk.tables else text


def _indicators(workbook: Workbook, given: Return) -> None:
    sheet = workbook.create_sheet("补充指标")
    sheet.append(("指标", "单位", "数量"))
    for one in given.indicators:
        if one.aggregation is not Aggregation.RATIO:
            sheet.append((_marked(one.label, given), one.unit, given.numbers.get(one.address)))
