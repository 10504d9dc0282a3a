"""Setting a Grid: column widths, row heights, and drawing any run of rows, spans closed at the cut."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.font import FaceChain
from pipeline.render.galley import Canvas
from pipeline.render.linebreak import Line
from pipeline.render.paragraph import Style, draw_lines, set_balanced

SIZES = (12.0, 10.5)
"""小四, or 五号 where a table would not fit one page: a longer one is cut, not set smaller still."""
LEADING = 1.25
PAD_X, PAD_Y = 2.6, 2.5
RULE = 0.5
SPACE = 8.0
NUMBERED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]")
"""A row label that begins with its number stands left, so that the numbers stand under each other; the label
of several rows has its number on a line of its own."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a cell stands on the page, in points."""

    left: float
    right: float
    top: float
    foot: float


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

    def draw(self, canvas: Canvas, box: Box) -> None:
        """Draw the lines in the middle of their box."""
        if self.lines:
            blank = (box.top - box.foot - len(self.lines) * self.style.leading) / 2
            room = box.right - box.left - 2 * PAD_X
            draw_lines(canvas, self.lines, self.style, (box.left + PAD_X, box.top - blank), room)


@dataclass(frozen=True)
class TableGalley:
    """A table set at one size: ``edges`` are the column edges from its left, a unit is a row.

    ``block`` is its number in the document.
    """

    grid: Grid
    edges: Sequence[float]
    cells: Sequence[SetCell]
    heights: Sequence[float]
    block: int
    space: float = SPACE
    keeps_next: bool = False
    opens_page: bool = False

    @property
    def head(self) -> int:
        """The rows of column labels."""
        return self.grid.head

    def may_part(self, unit: int) -> bool:
        """Between any two rows, but not under a line of labels, nor where a span's part is too low for it."""
        if unit <= self.grid.head or unit in self._label_feet:
            return False
        cut = [part for part in self.cells if part.cell.row < unit < part.cell.row + part.cell.rows]
        return all(
            min(
                sum(self.heights[part.cell.row : unit]),
                sum(self.heights[unit : part.cell.row + part.cell.rows]),
            )
            >= part.height
            for part in cut
        )

    @cached_property
    def _label_feet(self) -> frozenset[int]:
        """The rows that stand right under a band or a line of column labels."""
        labels = {CellRole.BAND, CellRole.HEAD}
        return frozenset(cell.row + cell.rows for cell in self.grid.cells if cell.role in labels)

    def draw(self, canvas: Canvas, first: int, end: int, left: float, top: float) -> None:
        """Draw rows first..end-1, under the head rows where they are not the table's beginning."""
        tops: dict[int, float] = {}
        for row in [*(range(self.head) if first else ()), *range(first, end)]:
            tops[row] = top
            top -= self.heights[row]
        boxes = {index: box for index in range(len(self.cells)) if (box := self._box(index, left, tops))}
        with canvas.artifact():
            canvas.setLineWidth(RULE)
            for box in boxes.values():
                canvas.rect(box.left, box.foot, box.right - box.left, box.top - box.foot)
        for index, box in boxes.items():
            # Labels printed again overleaf are for the eye: a reader of the text has had them.
            again = self.cells[index].cell.row < first
            with canvas.artifact() if again else canvas.marked((self.block, index)):
                self.cells[index].draw(canvas, box)

    def _box(self, index: int, left: float, tops: Mapping[int, float]) -> Box | None:
        """Where the part of a cell in these rows stands; None where it has none."""
        cell = self.cells[index].cell
        rows = [row for row in range(cell.row, cell.row + cell.rows) if row in tops]
        if not rows:
            return None
        return Box(
            left + self.edges[cell.column],
            left + self.edges[cell.column + cell.columns],
            tops[rows[0]],
            tops[rows[-1]] - self.heights[rows[-1]],
        )


def set_table(grid: Grid, faces: FaceChain, width: float, page: float, block: int = 0) -> TableGalley:
    """The grid set ``width`` points wide, at 小四 if it then fits a page so high, else at 五号."""
    large, small = (_set_at(grid, Style(faces, size, size * LEADING), width, block) for size in SIZES)
    return large if sum(large.heights) <= page else small


def _set_at(grid: Grid, style: Style, width: float, block: int) -> TableGalley:
    total = sum(grid.widths)
    edges = [width * part / total for part in accumulate(grid.widths, initial=0)]
    cells = [
        _set_cell(cell, style, edges[cell.column + cell.columns] - edges[cell.column] - 2 * PAD_X)
        for cell in grid.cells
    ]
    return TableGalley(grid, edges, cells, _row_heights(grid.rows, cells), block)


def _set_cell(cell: GridCell, style: Style, room: float) -> SetCell:
    if cell.role is CellRole.FIGURE:
        return _set_figure(cell, replace(style, align="center"), room)
    number = NUMBERED.match(cell.text) if cell.role is CellRole.STUB else None
    style = replace(style, align="left" if number and cell.rows == 1 else "center")
    parts = (number[0], cell.text[number.end() :]) if number and cell.rows > 1 else (cell.text,)
    return SetCell(cell, style, [line for part in parts for line in set_balanced(part, style, room)])


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
