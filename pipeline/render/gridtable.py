"""Setting a Grid: column widths, row heights, and drawing any run of rows, spans closed at the cut."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.font import FaceChain
from pipeline.render.galley import Canvas
from pipeline.render.linebreak import Line
from pipeline.render.paragraph import Style, draw_lines, set_lines

SIZES = (12.0, 10.5, 9.0)
"""小四, 五号 and 小五: the largest at which a table fits one page, else 五号."""
LONG_SIZE = 10.5
LEADING = 1.3
PAD_X, PAD_Y = 2.0, 3.0
RULE = 0.5
SPACE = 8.0
NUMBERED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]")
"""A row label that begins with its number stands left, so that the numbers stand under each other."""


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell with its lines at its style."""

    cell: GridCell
    style: Style
    lines: Sequence[Line]

    @property
    def height(self) -> float:
        """What the lines and the white above and below them need."""
        return len(self.lines) * self.style.leading + 2 * PAD_Y


@dataclass(frozen=True)
class TableGalley:
    """A table set at one size: ``edges`` are the column edges from its left, a unit is a row."""

    grid: Grid
    edges: Sequence[float]
    cells: Sequence[SetCell]
    heights: Sequence[float]
    space: float = SPACE
    keeps_next: bool = False

    @property
    def head(self) -> int:
        """The rows of column labels."""
        return self.grid.head

    def may_part(self, unit: int) -> bool:
        """Between any two rows, but never right under the head, nor so that one row stands alone."""
        return self.grid.head < unit < len(self.heights) - 1

    def draw(self, canvas: Canvas, first: int, end: int, left: float, top: float) -> None:
        """Draw rows first..end-1, under the head rows where they are not the table's beginning."""
        tops: dict[int, float] = {}
        for row in [*(range(self.head) if first else ()), *range(first, end)]:
            tops[row] = top
            top -= self.heights[row]
        for set_cell in self.cells:
            cell = set_cell.cell
            rows = [row for row in range(cell.row, cell.row + cell.rows) if row in tops]
            if rows:
                foot = tops[rows[-1]] - self.heights[rows[-1]]
                self._draw_cell(canvas, set_cell, left, tops[rows[0]], foot)

    def _draw_cell(self, canvas: Canvas, set_cell: SetCell, left: float, top: float, foot: float) -> None:
        cell = set_cell.cell
        near, far = self.edges[cell.column], self.edges[cell.column + cell.columns]
        canvas.setLineWidth(RULE)
        canvas.rect(left + near, foot, far - near, top - foot)
        if set_cell.lines:
            blank = (top - foot - len(set_cell.lines) * set_cell.style.leading) / 2
            room = far - near - 2 * PAD_X
            draw_lines(canvas, set_cell.lines, set_cell.style, left + near + PAD_X, top - blank, room)


def set_table(grid: Grid, faces: FaceChain, width: float, page: float) -> TableGalley:
    """The grid set ``width`` points wide, at the largest of SIZES at which it fits a page so high."""
    fallback = None
    for size in SIZES:
        galley = _set_at(grid, Style(faces, size, size * LEADING), width)
        if sum(galley.heights) <= page:
            return galley
        fallback = galley if size == LONG_SIZE else fallback
    return fallback or galley


def _set_at(grid: Grid, style: Style, width: float) -> TableGalley:
    total = sum(grid.widths)
    edges = [width * part / total for part in accumulate(grid.widths, initial=0)]
    cells = [
        _set_cell(cell, style, edges[cell.column + cell.columns] - edges[cell.column] - 2 * PAD_X)
        for cell in grid.cells
    ]
    return TableGalley(grid, edges, cells, _row_heights(grid.rows, cells))


def _set_cell(cell: GridCell, style: Style, room: float) -> SetCell:
    if cell.role is CellRole.FIGURE:
        return _set_figure(cell, replace(style, align="center"), room)
    left = cell.role is CellRole.STUB and NUMBERED.match(cell.text)
    style = replace(style, align="left" if left else "center")
    return SetCell(cell, style, set_lines(cell.text, style, room))


def _set_figure(cell: GridCell, style: Style, room: float) -> SetCell:
    """A figure stays on one line; too long for its column, it is set smaller."""
    text = style.faces.printable(cell.text)
    width = sum(style.widths(text))
    if width > room:
        style = replace(style, size=style.size * room / width)
        width = room
    return SetCell(cell, style, [Line(text, width, room, last=True)] if text else [])


def _row_heights(rows: int, cells: Sequence[SetCell]) -> list[float]:
    """Each row as high as its cells need; what a spanning cell still lacks, its rows share."""
    heights = [0.0] * rows
    for set_cell in sorted(cells, key=lambda set_cell: set_cell.cell.rows):
        cell = set_cell.cell
        spanned = range(cell.row, cell.row + cell.rows)
        lacking = set_cell.height - sum(heights[row] for row in spanned)
        if lacking > 0:
            for row in spanned:
                heights[row] += lacking / cell.rows
    return heights
