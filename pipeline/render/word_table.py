"""A grid as a Word table: exact merges, fixed widths, header rows repeated, no row torn.

The table is one piece of text from end to end; filling it cell by cell through a library costs hundreds of
times as much. Measures are in twentieths of a pt unless said otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple, TypeAlias

from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.measures import twentieths
from pipeline.render.tablelayout import (
    KEPT,
    LAYOUTS,
    PAD,
    RULE,
    LaidCell,
    TableLayout,
    laid_figure,
    lay_out,
    table_ems,
)
from pipeline.render.word_styles import TABLE, table_style
from pipeline.render.word_text import attribute, paragraph, run

_SLACK = 0.8
"""Left over in a folded line, in pt, for what rounding takes; less than half a character."""


class _Place(NamedTuple):
    """What the ``w:tc`` of a figure depends on beside its text."""

    rows: int
    columns: int
    width: float
    size: float
    """The table's."""
    keeps: bool
    """Whether its row stays with the next."""


class _Figure(NamedTuple):
    """Where a figure of the report goes."""

    cell: int
    """Its number in the grid."""
    place: _Place


_Piece: TypeAlias = str | _Figure


def table_xml(grid: Grid) -> str:
    """The whole ``w:tbl``, as wide as the type area, laid out as in the PDF."""
    pieces = _pieces(lay_out(grid))
    return "".join(
        [
            _figure_xml(grid.cells[piece.cell].text, piece.place) if isinstance(piece, _Figure) else piece
            for piece in pieces
        ]
    )


@lru_cache(maxsize=LAYOUTS)
def _pieces(layout: TableLayout) -> Sequence[_Piece]:
    """A table of this layout, in pieces: its text in every report, and where each has figures of its own."""
    columns = "".join(
        f'<w:gridCol w:w="{twentieths(end - start)}"/>' for start, end in pairwise(layout.edges)
    )
    whole = twentieths(layout.edges[-1])
    begin = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{whole}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCaption w:val={attribute(layout.grid.caption)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
    rows = (piece for row, cells in enumerate(_rows(layout)) for piece in _row(layout, row, cells))
    return list(_joined((begin, *rows, "</w:tbl>")))


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The same with text that follows text joined to it."""
    for is_text, group in groupby(pieces, lambda piece: isinstance(piece, str)):
        if is_text:
            yield "".join(map(str, group))
        else:
            yield from group


def _rows(layout: TableLayout) -> list[list[int]]:
    """The numbers of each grid row's cells, from left to right; a tall cell stands in several rows."""
    rows: list[list[int]] = [[] for _ in layout.heights]
    for number, laid in enumerate(layout.cells):
        for row in range(laid.cell.row, laid.cell.row + laid.cell.rows):
            rows[row].append(number)
    return [sorted(numbers, key=lambda number: layout.cells[number].cell.column) for numbers in rows]


def _row(layout: TableLayout, row: int, numbers: Sequence[int]) -> Iterator[_Piece]:
    """One ``w:tr``; where a page may not end after it, it stays with the next."""
    last = row == len(layout.heights) - 1
    keeps = not last and not layout.may_part(row + 1)
    yield (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twentieths(layout.heights[row])}"'
        ' w:hRule="atLeast"/>'
        f"{'<w:tblHeader/>' if row < layout.grid.head else ''}</w:trPr>"
    )
    for number in numbers:
        laid = layout.cells[number]
        cell, width, first = laid.cell, layout.width(laid.cell), row == laid.cell.row
        if first and cell.role is CellRole.FIGURE:
            yield _Figure(number, _Place(cell.rows, cell.columns, width, layout.size, keeps))
        else:
            yield _cell_xml(laid, width, layout.size, first=first, keeps=keeps)
    yield "</w:tr>"


@lru_cache(maxsize=KEPT)
def _figure_xml(text: str, place: _Place) -> str:
    """The ``w:tc`` of a figure, in its first row."""
    cell = GridCell(0, 0, place.rows, place.columns, CellRole.FIGURE, text)
    laid = laid_figure(cell, place.size, place.width)
    return _cell_xml(laid, place.width, place.size, first=True, keeps=place.keeps)


def _cell_xml(laid: LaidCell, width: float, size: float, *, first: bool, keeps: bool) -> str:
    """One ``w:tc``: the cell itself in its first row, in the others the mark that goes on with it."""
    cell = laid.cell
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = f'<w:vMerge w:val="{"restart" if first else "continue"}"/>' if cell.rows > 1 else ""
    style = table_style(_use(laid), size, kept=keeps)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twentieths(width)}" w:type="dxa"/>'
        f"{span}{merge}{_margins_xml(laid, width)}"
        f'<w:vAlign w:val="center"/></w:tcPr>{paragraph(style, _run_xml(laid, size) if first else "")}'
        "</w:tc>"
    )


def _use(laid: LaidCell) -> str:
    """What the text is to the styles: at the left, in the middle, or there with its number above it."""
    if laid.at_left:
        return "Label"
    return "Part" if laid.lines and table_ems(laid.lines[0]) <= laid.longest / laid.size - 1 else "Text"


def _margins_xml(laid: LaidCell, width: float) -> str:
    """Margins unlike the table's: those that make a label fold where the layout folds it, or a number fit.

    Running words fold where they will.
    """
    least = twentieths(laid.pad)
    left = right = least
    if len(laid.lines) > 1 and laid.cell.role is not CellRole.WORDS:
        spare = twentieths(width - RULE - laid.longest - _SLACK)
        left = least if laid.at_left else max(least, spare // 2)
        right = max(least, spare - left)
    if left == right == twentieths(PAD):
        return ""
    return f'<w:tcMar><w:left w:w="{left}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tcMar>'


def _run_xml(laid: LaidCell, size: float) -> str:
    """The text; a number too long for its column is smaller and narrower than its style."""
    less = laid.size if laid.size < size else None
    scale = laid.scale if laid.scale < 1 else None
    return run(laid.cell.text, size=less, scale=scale) if laid.cell.text else ""
