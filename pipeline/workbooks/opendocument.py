"""The check of an OpenDocument spreadsheet's content (OASIS ODF 1.3 part 3, chapter 9: tables).

A cell or row may say that it is repeated; a repeated cell with content is a bomb in a few bytes, a repeated
empty one is how every sheet ends.
"""

from collections.abc import Mapping

from lxml import etree
from msgspec import Struct

from pipeline.workbooks.bounds import MAX_SHEETS, MAX_TEXT
from pipeline.workbooks.extent import MAX_CELLS, MAX_COLUMN, MAX_ROW, Hidden, Position
from pipeline.workbooks.formats import displayed
from pipeline.workbooks.number import raw_text
from pipeline.workbooks.refusal import RefusalError

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROWS = f"{_TABLE}number-rows-repeated"
_COLUMNS = f"{_TABLE}number-columns-repeated"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_VALUE = f"{_OFFICE}value"
_OFFICE_TYPE, _BOOLEAN = f"{_OFFICE}value-type", f"{_OFFICE}boolean-value"
_VALUES = (
    _VALUE,
    _BOOLEAN,
    f"{_OFFICE}string-value",
    f"{_OFFICE}date-value",
    f"{_OFFICE}time-value",
)
"""Where a cell's content may stand without any text to be seen."""
MANY = 10**9
_VALUE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def check_content(content: bytes) -> Mapping[str, Hidden]:
    """The cells to be read as text, by sheet; RefusalError where cells with content reach too far.

    ``lxml.etree.XMLSyntaxError`` where the content is no XML.
    """
    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    found: dict[str, Hidden] = {}
    tables = list(tree.iter(f"{_TABLE}table"))
    if len(tables) > MAX_SHEETS:
        raise RefusalError("workbook-too-large", f"有 {len(tables)} 张表", f"{MAX_SHEETS} 张表")
    area = text = 0
    for table in tables:
        extent = _Extent()
        errors = _table_errors(table, extent)
        area += extent.row * extent.column
        text += extent.text
        if errors:
            found[table.get(f"{_TABLE}name", "")] = Hidden(errors, frozenset())
    if area > MAX_CELLS or text > MAX_TEXT:
        words = f"各表一共占了 {area // 10_000} 万格、{text // 1_000_000} MB 文字"
        raise RefusalError(
            "workbook-too-large", words, f"{MAX_CELLS // 10_000} 万格、{MAX_TEXT // 1_000_000} MB 文字"
        )
    return found


class _Extent(Struct):
    """How far a table's cells with content reach so far, and how much text they come to when repeated."""

    row: int = 0
    column: int = 0
    text: int = 0


def _table_errors(table: etree._Element, extent: _Extent) -> dict[Position, str]:
    errors: dict[Position, str] = {}
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        height = _times(line, _ROWS)
        width, length, of_line = _line_extent(line, row + 1)
        if width:
            extent.row, extent.column = row + height, max(extent.column, width)
            extent.text += length * height
            errors |= of_line
        row += height
    if extent.row > MAX_ROW or extent.column > MAX_COLUMN or extent.row * extent.column > MAX_CELLS:
        raise RefusalError(
            "workbook-too-large", f"用到了第{extent.row}行、第{extent.column}列", "2 万行、1024 列"
        )
    return errors


def _line_extent(line: etree._Element, row: int) -> tuple[int, int, dict[Position, str]]:
    """The column of the line's last cell with content, 0 for none; its text's length; what is read as text.

    That is error values; TRUE, of which the reader we use makes 1; numbers with words of their format.
    """
    errors: dict[Position, str] = {}
    column = last = length = 0
    for cell in line:
        times = _times(cell, _COLUMNS)
        if len(cell) or any(name in cell.attrib for name in _VALUES):
            last = column + times
            length += times * sum(map(len, cell.itertext()))
            if text := _otherwise(cell):
                errors[row, column + 1] = text
        column += times
    return last, length, errors


def _otherwise(cell: etree._Element) -> str:
    """A cell's text where the reader we use would give something else, "" where it would not."""
    text = "".join(map(str, cell.itertext())).strip()
    if cell.get(_VALUE_TYPE) == "error":
        return text
    if cell.get(_OFFICE_TYPE) == "boolean":
        return str(cell.get(_BOOLEAN)).upper()
    if cell.get(_OFFICE_TYPE) != "float":
        return ""
    return text if text in ("TRUE", "FALSE") else displayed(raw_text(float(cell.get(_VALUE, "0"))), text)


def _times(element: etree._Element, name: str) -> int:
    """How often a row or cell is repeated; ValueError where that is no number."""
    return min(int(element.get(name, "1")), MANY)
