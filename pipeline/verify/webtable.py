"""The cells of a page's table, each at its place as browsers lay it out (HTML Standard, 4.9.12)."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pipeline.model.rendition import Area
from pipeline.verify.webtext import is_hidden, shown_text

WIDEST = 1000
"""The most columns a cell may span, by the standard."""


def table_cells(table: LexborNode) -> Iterator[tuple[Area, str]]:
    """Each cell shown, row by row: where it stands and its text without white space."""
    top = 0
    for section in _sections(table):
        rows = [row for row in section.iter() if row.tag == "tr" and not is_hidden(row)]
        taken: dict[int, int] = {}
        for offset, row in enumerate(rows):
            column = 0
            for cell in row.iter():
                if cell.tag not in {"td", "th"} or is_hidden(cell):
                    continue
                while taken.get(column, 0) > offset:
                    column += 1
                wide = _span(cell, "colspan", WIDEST) or 1
                left = len(rows) - offset
                high = _span(cell, "rowspan", left) or left
                taken.update(dict.fromkeys(range(column, column + wide), offset + high))
                yield (top + offset, column, high, wide), shown_text(cell)
                column += wide
        top += len(rows)


def _sections(table: LexborNode) -> list[LexborNode]:
    """Head, bodies and foot in the order they are shown, whatever their order in the file."""
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    parts = [part for part in table.iter() if part.tag in order and not is_hidden(part)]
    return sorted(parts, key=lambda part: order[str(part.tag)])


def _span(cell: LexborNode, name: str, most: int) -> int:
    """A span as it is written, 1 without a number; a rowspan of 0 goes to the section's end."""
    found = re.match(r"\s*\+?(\d{1,6})", cell.attributes.get(name) or "1")
    return min(int(found[1]), most) if found else 1
