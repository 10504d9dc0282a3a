"""The shape of a Word file: the outline level of a paragraph, the rows and columns a table cell covers."""

from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from pipeline.model.rendition import CellSpan
from pipeline.verify.wordname import NAMESPACES, qn
from pipeline.verify.wordtext import CELL, ON, ROW, children

LEVELS = 9
"""Word's outline has nine levels; what says a higher number is body text."""
WIDEST = 63
"""Word allows a table no more columns; a wider cell is a damaged file's."""
_STYLES = qn("w:style")
_GONE_ROW = etree.XPath(f"boolean(w:trPr/w:hidden{ON} or w:trPr/w:del)", namespaces=NAMESPACES)
_VAL = qn("w:val")
_STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_LEVEL = f"{qn('w:pPr')}/{qn('w:outlineLvl')}"
_BEFORE = f"{qn('w:trPr')}/{qn('w:gridBefore')}"
_SPAN, _MERGE = map(qn, ("w:gridSpan", "w:vMerge"))
_GONE = tuple(map(qn, ("w:hidden", "w:del")))


class Outline(Struct, frozen=True):
    """The outline levels that the file's styles give: 1 to 9, 0 for body text."""

    levels: Mapping[str, int]
    default: str

    @classmethod
    def of(cls, root: etree._Element) -> "Outline":
        """The levels by style, by a styles part, those of the styles they are based on among them."""
        styles = [style for style in root.iterchildren(_STYLES) if style.get(qn("w:type")) == "paragraph"]
        named = {str(style.get(qn("w:styleId"))): style for style in styles}
        default = (name for name, style in named.items() if style.get(qn("w:default")) in {"1", "true", "on"})
        return cls({name: _style_level(name, named) for name in named}, next(default, ""))

    def level(self, paragraph: etree._Element) -> int:
        """A paragraph's own level, or its style's."""
        own = _level(paragraph)
        if own is not None:
            return own
        style = paragraph.find(_STYLE)
        return self.levels.get(self.default if style is None else str(style.get(_VAL)), 0)


def _style_level(name: str, named: Mapping[str, etree._Element]) -> int:
    seen: set[str] = set()
    while name in named and name not in seen:
        seen.add(name)
        level = _level(named[name])
        if level is not None:
            return level
        base = named[name].find(qn("w:basedOn"))
        name = "" if base is None else str(base.get(_VAL))
    return 0


def _level(element: etree._Element) -> int | None:
    """The level a paragraph or a style states, 0 for body text; None where it states none."""
    stated = element.find(_LEVEL)
    if stated is None:
        return None
    level = _number(stated, LEVELS)
    return level + 1 if level < LEVELS else 0


def anchored_cells(table: etree._Element) -> list[tuple[etree._Element, CellSpan]]:
    """The table's cells row by row with the ground they cover, in the order of their first rows.

    Rows that are hidden or struck out are left out, and cells that only go on with the cell above.
    """
    cells: list[tuple[etree._Element, CellSpan]] = []
    open_at: dict[int, int] = {}
    spans, merges = _stated(table, _SPAN), _stated(table, _MERGE)
    for row, element in enumerate(_shown_rows(table)):
        column = _columns_before(element)
        for cell in children(element, CELL):
            columns = max(1, _number(spans[cell], 1)) if cell in spans else 1
            goes_on = cell in merges and merges[cell].get(_VAL, "continue") == "continue"
            at = open_at.get(column)
            if goes_on and at is not None and cells[at][1].columns == columns:
                anchor, span = cells[at]
                cells[at] = anchor, span._replace(rows=row - span.row + 1)
            else:
                open_at[column] = len(cells)
                cells.append((cell, CellSpan(row, column, 1, columns)))
            column += columns
    return cells


def _stated(table: etree._Element, tag: str) -> Mapping[etree._Element | None, etree._Element]:
    """What the cells state of themselves under a tag first, by cell; what they once were stands deeper."""
    stated: dict[etree._Element | None, etree._Element] = {}
    for one in table.iter(tag):
        if (properties := one.getparent()) is not None:
            stated.setdefault(properties.getparent(), one)
    return stated


def _shown_rows(table: etree._Element) -> Iterator[etree._Element]:
    rows = children(table, ROW)
    nothing_gone = next(table.iter(*_GONE), None) is None
    return rows if nothing_gone else (row for row in rows if not _GONE_ROW(row))


def _columns_before(row: etree._Element) -> int:
    """How many columns the row leaves out before its first cell."""
    before = row.find(_BEFORE)
    return 0 if before is None else _number(before, 0)


def _number(element: etree._Element, otherwise: int) -> int:
    """A small number a file states; ``otherwise`` where it is none."""
    text = str(element.get(_VAL))
    return int(text) if text.isdecimal() and int(text[:4]) <= WIDEST and len(text) < 4 else otherwise
