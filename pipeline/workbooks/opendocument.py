"""The check of an OpenDocument spreadsheet's content (OASIS ODF 1.3 part 3, chapter 9: tables).

A cell or row may say that it is repeated; a repeated cell with content is a bomb in a few bytes, a repeated
empty one is how every sheet ends.
"""

from collections.abc import Mapping

from lxml import etree

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
_VALUE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def check_content(content: bytes) -> Mapping[str, Hidden]:
    """The cells to be read as text, by sheet; RefusalError where cells with content reach too far.

    ``lxml.etree.XMLSyntaxError`` where the content is no XML.
    """
    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    found: dict[str, Hidden] = {}
    for table in tree.iter(f"{_TABLE}table"):
        errors = _table_errors(table)
        if errors:
            found[table.get(f"{_TABLE}name", "")] = Hidden(errors, frozenset())
    return found


def _table_errors(table: etree._Element) -> dict[Position, str]:
    errors: dict[Position, str] = {}
    last_row = last_column = cells = 0
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        height = _times(line, _ROWS)
        width, of_line = _line_extent(line, row + 1)
        if width:
            last_row, last_column = row + height, max(last_column, width)
            cells = last_row * last_column
            errors |= of_line
        row += height
    if last_row > MAX_ROW or last_column > MAX_COLUMN or cells > MAX_CELLS:
        raise RefusalError(
            "workbook-too-large", f"用到了第{last_row}行、第{last_column}列", "2 万行、1024 列"
        )
    return errors


def _line_extent(line: etree._Element, row: int) -> tuple[int, dict[Position, str]]:
    """The column of the line's last cell with content, 0 for none, and what is read as text.

    That is error values; TRUE, of which the reader we use makes 1; numbers with words of their format.
    """
    errors: dict[Position, str] = {}
    column = last = 0
    for cell in line:
        times = _times(cell, _COLUMNS)
        if len(cell):
            last = column + times
            if text := _otherwise(cell):
                errors[row, column + 1] = text
        column += times
    return last, errors


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
    times = element.get(name, "1")
    return int(times) if times.isdecimal() and len(times) < 9 else 1
