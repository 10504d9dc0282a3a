"""Setting a Grid in type: the shared layout with a face's true widths, any run of rows drawn, cuts closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.model.grid import Grid, GridCell
from pipeline.render.font import FaceChain
from pipeline.render.galley import Canvas
from pipeline.render.linebreak import Line
from pipeline.render.paragraph import Align, Style, draw_lines
from pipeline.render.tablelayout import KEPT, RULE, LaidCell, TableLayout, lay_out, pitch
from pipeline.render.tablelayout import PAD as PAD_X

SPACE = 10.0


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
    pad: float = PAD_X

    def draw(self, canvas: Canvas, box: Box) -> None:
        """Draw the lines in the middle of their box."""
        if self.lines:
            blank = (box.top - box.foot - len(self.lines) * self.style.leading) / 2
            pad = self.pad if self.style.align == "left" else PAD_X
            room = box.right - box.left - 2 * pad
            draw_lines(canvas, self.lines, self.style, (box.left + pad, box.top - blank), room)


@dataclass(frozen=True)
class TableGalley:
    """A table set in type: a unit is a row, ``block`` its number in the document."""

    layout: TableLayout
    cells: Sequence[SetCell]
    block: int = 0
    space: float = SPACE
    keeps_next: bool = False
    opens_page: bool = False

    @property
    def grid(self) -> Grid:
        """The table itself."""
        return self.layout.grid

    @property
    def edges(self) -> Sequence[float]:
        """The column edges from the table's left."""
        return self.layout.edges

    @cached_property
    def heights(self) -> Sequence[float]:
        """Each row's; the first one's with the rule above it, which stands inside the table as in Word."""
        first, *others = self.layout.heights
        return (first + RULE, *others)

    @property
    def head(self) -> int:
        """The rows of column labels."""
        return self.grid.head

    def may_part(self, unit: int) -> bool:
        """Where the layout lets a page end."""
        return self.layout.may_part(unit)

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


def set_table(grid: Grid, faces: FaceChain, block: int = 0) -> TableGalley:
    """The grid in type, laid out as in the Word file."""
    layout = lay_out(grid)
    cells = [_set_cell(laid, layout.width(laid.cell), faces) for laid in layout.cells]
    return TableGalley(layout, cells, block)


@lru_cache(maxsize=KEPT)
def _set_cell(laid: LaidCell, width: float, faces: FaceChain) -> SetCell:
    align: Align = "left" if laid.at_left else "center"
    style = Style(faces, laid.size, pitch(laid.size), align=align, scale=laid.scale)
    room = width - 2 * laid.pad
    texts = [faces.printable(line) for line in laid.lines]
    lines = [Line(text, sum(style.widths(text)), room, last=True) for text in texts]
    return SetCell(laid.cell, style, lines, laid.pad)
