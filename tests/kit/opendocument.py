"""A real .ods with some cells typed anew; the results of formulas are left out, as unworked ones are."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from pipeline.archive import repacked
from pipeline.model.place import row_and_column

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SEEN = ("value-type", "value", "string-value", "date-value", "boolean-value")


def retyped(content: bytes, cells: Mapping[tuple[str, str], object]) -> bytes:
    """The workbook with cells (by sheet and A1 name) typed anew: a number, a text, None for blank."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _anew(part, cells) if name == "content.xml" else part)
    return repacked(written.getvalue())


def _anew(part: bytes, cells: Mapping[tuple[str, str], object]) -> bytes:
    root = etree.fromstring(part)
    for cell in root.iter(f"{TABLE}table-cell"):
        if cell.get(f"{TABLE}formula"):
            _type(cell, None)
    sheets = {sheet.get(f"{TABLE}name"): sheet for sheet in root.iter(f"{TABLE}table")}
    for (sheet, a1), value in cells.items():
        row, column = row_and_column(a1)
        line = _nth(sheets[sheet].iter(f"{TABLE}table-row"), "number-rows-repeated", row)
        cell = _nth(line.iterchildren(), "number-columns-repeated", column)
        cell.attrib.pop(f"{TABLE}formula", None)
        _type(cell, value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _nth(elements: Iterator[etree._Element], repeated: str, wanted: int) -> etree._Element:
    """The element that stands at a place, from 1; one that stands for several is first parted."""
    before = 0
    for element in elements:
        count = int(element.get(f"{TABLE}{repeated}", 1))
        if before + count >= wanted:
            return _parted(element, repeated, wanted - before, count)
        before += count
    raise ValueError(wanted)


def _parted(element: etree._Element, repeated: str, place: int, count: int) -> etree._Element:
    for times, put in ((place - 1, element.addprevious), (count - place, element.addnext)):
        if times:
            other = deepcopy(element)
            other.set(f"{TABLE}{repeated}", str(times))
            put(other)
    element.attrib.pop(f"{TABLE}{repeated}", None)
    return element


def _type(cell: etree._Element, value: object) -> None:
    for name in SEEN:
        cell.attrib.pop(f"{OFFICE}{name}", None)
    for paragraph in cell.findall(f"{TEXT}p"):
        cell.remove(paragraph)
    if value is None:
        return
    is_text = isinstance(value, str)
    cell.set(f"{OFFICE}value-type", "string" if is_text else "float")
    if not is_text:
        cell.set(f"{OFFICE}value", str(value))
    etree.SubElement(cell, f"{TEXT}p").text = str(value)
