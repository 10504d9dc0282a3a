"""What a worksheet part says before a spreadsheet reader opens it: how far it reaches, what it hides.

The reader we use takes a block of memory from the first to the farthest cell and gives error values and
formulas without a stored result as empty text; both are found here, in the part's own XML
(ECMA-376 part 1, 18.3.1.4 ``c``).
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from lxml import etree
from msgspec import Struct

from pipeline.model.place import row_and_column

Position: TypeAlias = tuple[int, int]
"""Row and column, counted from 1."""

MAX_ROW = 20_000
MAX_COLUMN = 1_024
MAX_CELLS = 4_000_000
MAX_TREE = 300_000
"""Tags of a part that is taken apart element by element."""

_REFERENCE = re.compile(rb'\sr="([A-Za-z]*)([0-9]{1,9})')
_REFERENCE_OF_ANY_SPELLING = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)([0-9]{1,9})""")
_ODD_SPELLING = re.compile(rb"\sr(?:\s+=|=\s|=')")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>/])")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>/])")
_EMPTY_CELL = re.compile(rb"<c\s[^<>]*/>")
_EMPTY_ROW = re.compile(rb"<row\s[^<>]*(?:/>|>\s*+</row>)")
_VALUED = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)>\s*+(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?"""
    rb"""\s*+<(?:\w+:)?v>([^<]*)<"""
)
_UNCACHED = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)>\s*+<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*+"""
    rb"""(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?\s*+</(?:\w+:)?c>"""
)
_FORMULA = re.compile(rb"""<(?:\w+:)?c\b([^>]*)>\s*+<(?:\w+:)?f\b[^>]*>([^<]+)</""")
_ELSEWHERE = re.compile(rb"""(?<![\w\]])\[[0-9]+\]|\w\|'""")
"""[1]表!A1 is of a linked workbook, cmd|'/c calc'!A1 of another program; 表1[2020] is a column here."""
_IS_ERROR = re.compile(rb"""\st=["']e["']""")
_NAME = re.compile(rb"""\sr=["']([A-Z]+[1-9][0-9]*)["']""")
_EMPTY_TEXT = re.compile(rb"""\st=["']str["']""")


class Hidden(Struct, frozen=True):
    """What the reader would show otherwise: as text error values and the like; formulas without a result.

    ``linked`` are the formulas that take their number from another file, or from another program.
    """

    errors: Mapping[Position, str]
    uncached: frozenset[Position]
    linked: frozenset[Position] = frozenset()


class Reach(Struct, frozen=True):
    """How far a worksheet part reaches; whether each cell names its place, and whether one is named twice."""

    row: int
    column: int
    placed: bool
    twice: bool

    @property
    def area(self) -> int:
        """The cells of the block from A1 to the farthest."""
        return self.row * self.column

    def too_far(self, rows: int = MAX_ROW) -> str:
        """In words how far that is, "" where it is within bounds; ``rows`` are allowed."""
        if self.row <= rows and self.column <= MAX_COLUMN and self.area <= MAX_CELLS:
            return ""
        return f"用到了第{self.row}行、第{self.column}列"


def references(part: bytes) -> list[tuple[bytes, bytes]]:
    """The places that rows and cells name, in order: letters and digits, no letters for a row."""
    pattern = _REFERENCE_OF_ANY_SPELLING if _ODD_SPELLING.search(part) else _REFERENCE
    return pattern.findall(part)


def rows_in(part: bytes) -> int:
    """How many rows a piece of a part has."""
    return len(_ROW.findall(part))


def reach(part: bytes, found: Sequence[tuple[bytes, bytes]] | None = None) -> Reach:
    """How far the part's cells reach; a cell or row that names no place stands behind the one before it.

    ``found`` are its references where they are known.
    """
    found = references(part) if found is None else found
    places = set(found)
    row = max(map(int, {digits for _, digits in places}), default=0)
    column = max(map(_column, {letters for letters, _ in places}), default=0)
    named = len(found) - [letters for letters, _ in found].count(b"")
    twice = len(places) - [letters for letters, _ in places].count(b"") < named
    unnamed = len(_CELL.findall(part)) > named
    if unnamed:
        pieces = _ROW.split(part)
        row += len(pieces) - 1
        column += max(len(_CELL.findall(piece)) for piece in pieces)
    return Reach(row, column, placed=not unnamed, twice=twice)


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper()[:9]:
        column = column * 26 + letter - 64
    return column


def without_empty_tags(part: bytes) -> bytes:
    """The part without the empty rows and cells that can be told by their tags, where all name their places.

    Nothing is taken away where one does not: it would stand elsewhere without those before it.
    """
    rows, cells = len(_ROW.findall(part)), len(_CELL.findall(part))
    if (rows, cells) != (part.count(b'<row r="'), part.count(b'<c r="')):
        return part
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", part))


def without_ghosts(part: bytes) -> bytes:
    """The part without cells and rows that hold only a format; ``lxml.etree.XMLSyntaxError`` if broken.

    Whole formatted rows down to the last one are common and harmless; only what holds something counts. For
    parts whose cells all name their places.
    """
    if part.count(b"<") > MAX_TREE:
        return part
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
        for attributes, text in _VALUED.findall(part):
            if _IS_ERROR.search(attributes) and (name := _NAME.search(attributes)):
                errors[row_and_column(name[1].decode())] = text.decode("utf-8", "replace")
    uncached = {
        row_and_column(name[1].decode())
        for attributes in (_UNCACHED.findall(part) if b"<f" in part or b":f" in part else ())
        if not _EMPTY_TEXT.search(attributes) and (name := _NAME.search(attributes))
    }
    elsewhere = b"[" in part or b"|'" in part
    linked = {
        row_and_column(name[1].decode())
        for attributes, formula in (_FORMULA.findall(part) if elsewhere else ())
        if _ELSEWHERE.search(formula) and (name := _NAME.search(attributes))
    }
    return Hidden(errors, frozenset(uncached), frozenset(linked))
