"""Workbooks as agencies send them, laid from a form's own grids: moved, stacked, gapped, retyped.

``filled(form)`` lays consistent figures in a plain workbook; every keyword makes it odder. The result knows
where each figure stands, so a test can spoil one cell and name it.
"""

import io
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

import openpyxl
from msgspec import Struct, field
from openpyxl.utils import get_column_letter

from pipeline.model.form import FormTable, StatutoryForm
from pipeline.model.grid import CellRole
from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.number import NumberKind
from pipeline.model.rule import total

AGENCY = {"单位名称": "满洲里市", "单位编码": "150781", "版本": "", "报送次数": 1, "填报人": "甲"}


class Laid(Struct):
    """A workbook and where each address stands in it."""

    book: openpyxl.Workbook
    places: dict[str, tuple[str, str]] = field(default_factory=dict)

    def cell(self, address: str):
        """The openpyxl cell of an address."""
        sheet, a1 = self.places[address]
        return self.book[sheet][a1]

    def content(self) -> bytes:
        """The workbook's bytes."""
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def consistent_values(form: StatutoryForm, first: int = 1) -> dict[str, Decimal]:
    """Figures that keep every identity, no two inputs of a table's column alike where the law allows it."""
    values = {address: Decimal(number) for number, address in enumerate(form.inputs, first)}
    _add_up(form, values)
    for column in {cell.column.id for cell in form.cells.values() if cell.table == "requests"}:
        balance = values[f"requests.outcome_total.{column}"] + values[f"requests.carried_forward.{column}"]
        values[f"requests.received.{column}"] = balance - values[f"requests.brought_forward.{column}"]
    _add_up(form, values)
    return {address: values[address] for address in form.cells}


def _add_up(form: StatutoryForm, values: dict[str, Decimal]) -> None:
    for _ in range(2):
        for address, identity in form.computed.items():
            found = total(identity.right, lambda term: values.get(term.address))
            if found is not None:
                values[address] = found


def typed(form: StatutoryForm, values: Mapping[str, Decimal]) -> dict[str, object]:
    """The figures as a careful clerk types them: whole numbers, money with its unit."""
    return {
        address: f"{value}元" if form.cells[address].kind is NumberKind.YUAN else int(value)
        for address, value in values.items()
    }


def indicator_values(indicators: Collection[Indicator], first: int = 1) -> dict[str, int]:
    """A number for every indicator an agency types, totals the sum of their parts."""
    values = {
        indicator.id: number
        for number, indicator in enumerate(indicators, first)
        if indicator.aggregation is not Aggregation.RATIO
    }
    for indicator in indicators:
        if indicator.parts:
            values[indicator.id] = sum(values[part] for part in indicator.parts)
        if indicator.over:
            part, whole = indicator.over
            values[part] = min(values[part], values[whole])
    return values


def filled(
    form: StatutoryForm,
    values: Mapping[str, object] | None = None,
    *,
    offset: tuple[int, int] = (0, 0),
    stacked: bool = False,
    merged: bool = True,
    titled: bool = True,
    row_gaps: Collection[int] = (),
    column_gaps: Collection[int] = (),
    names: Mapping[str, str] | None = None,
    spoken: Callable[[str], str] = str,
    cover: Mapping[str, object] | None = None,
    hidden: Mapping[str, object] | None = None,
    indicators: Collection[Indicator] = (),
    figures: Mapping[str, object] | None = None,
    texts: Mapping[int, str] | None = None,
) -> Laid:
    """A workbook with the form's tables; ``values`` by address (default: consistent ones), others left blank.

    ``offset`` moves tables down and right; ``stacked`` puts all on one sheet; ``merged=False`` leaves header
    cells unmerged; the gaps are grid rows or columns before which an empty one is inserted; ``names`` renames
    sheets by table id ("all" for the stacked one); ``spoken`` retypes every label. ``cover`` fills 封面
    (None: the sheet is left out), ``hidden`` the sheet ``_make_report``, ``indicators`` with ``figures`` by
    id the sheet 补充指标, ``texts`` by section number the sheet 文字材料.
    """
    values = typed(form, consistent_values(form)) if values is None else values
    names = names or {}
    laid = Laid(openpyxl.Workbook())
    laid.book.remove(laid.book.active)
    if cover is not None:
        _write_pairs(laid.book.create_sheet("封面"), "填报单位情况", cover)
    top = offset[0] + 1
    sheet = laid.book.create_sheet(names.get("all", "统计表")) if stacked else None
    for table in form.tables:
        target = sheet or laid.book.create_sheet(names.get(table.id, table.alias))
        if titled:
            target.cell(top, 1, form.sections[table.section - 1])
            top += 1
        bottom = _write_table(
            laid, target, table, values, (top, offset[1] + 1), row_gaps, column_gaps, merged, spoken
        )
        top = bottom + 2 if stacked else offset[0] + 1
    if figures is not None:
        _write_indicators(laid, indicators, figures)
    if texts is not None:
        _write_pairs(
            laid.book.create_sheet("文字材料"),
            "文字材料",
            {form.sections[n - 1]: text for n, text in texts.items()},
        )
    if hidden is not None:
        _write_pairs(laid.book.create_sheet("_make_report"), None, hidden)
        laid.book["_make_report"].sheet_state = "hidden"
    return laid


def workbook_bytes(form: StatutoryForm, values: Mapping[str, object] | None = None, **odd: object) -> bytes:
    """The bytes of ``filled`` with the same arguments."""
    return filled(form, values, **odd).content()


def full(form: StatutoryForm, year: int, indicators: Collection[Indicator], **odd: object) -> Laid:
    """A whole submission: cover, tables, indicators and texts, all in order; keywords as for ``filled``."""
    given = {
        "cover": {**AGENCY, "年度": year, "版本": form.edition},
        "indicators": indicators,
        "figures": indicator_values(indicators),
        "texts": {1: "全年主动公开信息。"},
    }
    return filled(form, **{**given, **odd})


def _write_pairs(sheet, heading: str | None, pairs: Mapping[str, object]) -> None:
    first = 1
    if heading:
        sheet.cell(1, 1, heading)
        first = 3
    for row, (label, value) in enumerate(pairs.items(), first):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, value)


def _write_table(laid, sheet, table: FormTable, values, origin, row_gaps, column_gaps, merged, spoken) -> int:
    rows = _positions(table.grid.rows, origin[0], row_gaps)
    columns = _positions(table.grid.columns, origin[1], column_gaps)
    for cell in table.grid.cells:
        row, column = rows[cell.row], columns[cell.column]
        last_row, last_column = rows[cell.row + cell.rows - 1], columns[cell.column + cell.columns - 1]
        if merged and (row, column) != (last_row, last_column):
            sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)
        if cell.role is CellRole.FIGURE:
            laid.places[cell.address] = (sheet.title, f"{get_column_letter(column)}{row}")
            sheet.cell(row, column, values.get(cell.address))
        elif cell.text:
            sheet.cell(row, column, spoken(cell.text))
    return rows[-1]


def _positions(count: int, first: int, gaps: Collection[int]) -> list[int]:
    return [first + index + sum(gap <= index for gap in gaps) for index in range(count)]


def _write_indicators(laid, indicators: Collection[Indicator], figures: Mapping[str, object]) -> None:
    sheet = laid.book.create_sheet("补充指标")
    sheet.append(["补充指标"])
    sheet.append(["指标", "单位", "数量"])
    for indicator in indicators:
        if indicator.aggregation is Aggregation.RATIO:
            continue
        sheet.append([indicator.label, indicator.unit, figures.get(indicator.id)])
        laid.places[indicator.address] = (sheet.title, f"C{sheet.max_row}")
