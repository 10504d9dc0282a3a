"""What a worksheet part says before a spreadsheet reader opens it: how far it reaches, what it hides.

The reader we use takes a block of memory from the first to the farthest cell and gives error values and
formulas without a stored result as empty text; both are found here, in the part's own XML
(ECMA-376 part 1, 18.3.1.4 ``c``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from pipeline.model.place import row_and_column

Position: TypeAlias = tuple[int, int]
"""Row and column, counted from 1."""

MAX_ROW = 20_000
MAX_COLUMN = 1_024
MAX_CELLS = 4_000_000

_REFERENCE = re.compile(rb'r="([A-Za-z]*)([0-9]+)')
_REFERENCE_OF_ANY_SPELLING = re.compile(rb"""r\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
_ODD_SPELLING = re.compile(rb"r(?:\s+=|=\s|=')")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*\st=["']e["'][^>]*)>(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?"""
    rb"""\s*<(?:\w+:)?v>([^<]*)<"""
)
_UNCACHED = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_NAME = re.compile(rb"""\sr=["']([A-Z]+[1-9][0-9]*)["']""")
_EMPTY_TEXT = re.compile(rb"""\st=["']str["']""")


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the reader would show otherwise: as text error values and the like; formulas without a result."""

    errors: Mapping[Position, str]
    uncached: frozenset[Position]


def too_far(part: bytes) -> str:
    """In words how far the part's cells reach, "" where that is within bounds."""
    row = column = 0
    pattern = _REFERENCE_OF_ANY_SPELLING if _ODD_SPELLING.search(part) else _REFERENCE
    for letters, digits in set(pattern.findall(part)):
        row = max(row, int(digits[:9]))
        column = max(column, _column(letters))
    if row <= MAX_ROW and column <= MAX_COLUMN and row * column <= MAX_CELLS:
        return ""
    return f"用到了第{row}行、第{column}列"


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper()[:9]:
        column = column * 26 + letter - 64
    return column


def without_ghosts(part: bytes) -> bytes:
    """The part without cells and rows that hold only a format; ``lxml.etree.XMLSyntaxError`` if broken.

    Whole formatted rows down to the last one are common and harmless; only what holds something counts.
    """
    tree = etree.fromstring(part, _parser())
    for row in list(tree.iter("{*}row")):
        for cell in list(row):
            if not any((child.text or len(child)) for child in cell):
                row.remove(cell)
        if not len(row) and (parent := row.getparent()) is not None:
            parent.remove(row)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def hidden(part: bytes) -> Hidden:
    """The error values and the formulas without a stored result of a worksheet part."""
    errors: dict[Position, str] = {}
    if b't="e"' in part or b"t='e'" in part:
        for attributes, text in _ERROR.findall(part):
            if name := _NAME.search(attributes):
                errors[row_and_column(name[1].decode())] = text.decode("utf-8", "replace")
    uncached = {
        row_and_column(name[1].decode())
        for attributes in (_UNCACHED.findall(part) if b"<f" in part or b":f" in part else ())
        if not _EMPTY_TEXT.search(attributes) and (name := _NAME.search(attributes))
    }
    return Hidden(errors, frozenset(uncached))
