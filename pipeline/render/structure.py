"""The logical structure of a report's PDF: what a screen reader goes through, whatever the pages look like.

Source: ISO 32000-1, 14.7 and 14.8 (structure elements and their standard types); ISO 14289-1 (PDF/UA-1):
headings go down one level at a time, a table's header cells say what they head.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pipeline.model.document import Chart, Contents, Document, Heading, Table
from pipeline.model.grid import CellRole, GridCell, GridPattern

Piece: TypeAlias = tuple[int, int]
"""What is drawn as one: its block's number (0 for the title), and its own in a table or list of contents."""

TITLE: Piece = (0, 0)

KEPT = 32
"""So many tables are kept: the law's are the same in every report, but stand as other blocks of it."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, foot, right and top on the page, in points."""

SCOPES = {
    CellRole.BAND: "Column",
    CellRole.CORNER: "Column",
    CellRole.HEAD: "Column",
    CellRole.STUB: "Row",
}
"""What a header cell heads; a cell of another role is no header."""


Attributes: TypeAlias = tuple[tuple[str, int | str], ...]
"""Names and values of the owner /Table."""


class Element(NamedTuple):
    """A structure element: its standard type, what stands in it, and its attributes.

    ``piece`` names the content drawn for it, None where it only holds others. ``alt`` says in words what a
    picture shows.
    """

    type: str
    kids: tuple["Element", ...] = ()
    piece: Piece | None = None
    attributes: Attributes = ()
    alt: str = ""


def structure(document: Document) -> Element:
    """The document's tree: the title as H1, section titles as H2, passages, tables row by row."""
    return Element("Document", (Element("H1", piece=TITLE), *_blocks(document)))


def _blocks(document: Document) -> Iterator[Element]:
    depths = document.depths
    for number, block in enumerate(document.blocks, 1):
        match block:
            case Heading():
                yield Element(f"H{depths[number] + 1}", piece=(number, 0))
            case Table():
                yield _table(block.grid.pattern, number)
            case Contents():
                yield _contents(block, number)
            case Chart():
                yield Element("Figure", piece=(number, 0), alt=block.description)
                yield Element("P", piece=(number, 1))
            case _:
                yield Element("P", piece=(number, 0))


def _contents(block: Contents, number: int) -> Element:
    entries = [
        Element("TOCI", (Element("P", piece=(number, entry)),)) for entry in range(1, len(block.entries) + 1)
    ]
    return Element("TOC", (Element("Caption", piece=(number, 0)), *entries))


@lru_cache(maxsize=KEPT)
def _table(pattern: GridPattern, number: int) -> Element:
    """A table of this pattern, whatever its figures."""
    grid = pattern.grid
    rows: list[list[Element]] = [[] for _ in range(grid.rows)]
    cells = grid.cells
    for index in sorted(range(len(cells)), key=[(cell.row, cell.column) for cell in cells].__getitem__):
        rows[cells[index].row].append(_cell(cells[index], (number, index)))
    lines = [Element("TR", tuple(row)) for row in rows]
    parts = (Element("THead", tuple(lines[: grid.head])), Element("TBody", tuple(lines[grid.head :])))
    return Element("Table", tuple(part for part in parts if part.kids), None, (("Summary", grid.caption),))


def _cell(cell: GridCell, piece: Piece) -> Element:
    scope = SCOPES.get(cell.role)
    return Element("TH" if scope else "TD", (), piece, _said(cell.rows, cell.columns, scope))


@lru_cache
def _said(rows: int, columns: int, scope: str | None) -> Attributes:
    """What is said of a cell beyond its words; nothing where it is as all are."""
    spans = {"RowSpan": rows, "ColSpan": columns}
    scopes = (("Scope", scope),) if scope else ()
    return (*((name, count) for name, count in spans.items() if count > 1), *scopes)
