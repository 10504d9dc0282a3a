"""Setting a Grid in type: the shared layout with a face's true widths, any run of rows drawn, cuts closed.

A run of rows is kept as it is drawn, but for its figures: all else is the same in every report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, count
from typing import NamedTuple

from reportlab.lib.rl_accel import fp_str

from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.font import FaceChain
from pipeline.render.galley import Canvas
from pipeline.render.linebreak import Line
from pipeline.render.paragraph import Align, Style, lines_code
from pipeline.render.tablelayout import KEPT, PAD, RULE, LaidCell, TableLayout, laid_figure, lay_out, pitch
from pipeline.render.textcode import Font, font_code, type_case

SPACE = 10.0
RUNS = 64
"""So many runs of rows are kept, with some 40 KB each."""


class Spot(NamedTuple):
    """Where a cell's text is set in a run of rows: from the middle of its left edge."""

    cell: int
    """Its number in the grid."""
    again: bool
    """Whether it is a label printed again overleaf, for the eye: a reader of the text has had it."""
    place: str
    label: str | None
    """Its text's operators; None for a figure, which each report has its own of."""
    width: float


@dataclass(frozen=True, slots=True)
class Rows:
    """A run of rows as it is drawn from its upper left corner."""

    rules: str
    spots: Sequence[Spot]
    printed: str
    """The characters of all but the figures."""


@dataclass(frozen=True)
class TableGalley:
    """A table set in type: a unit is a row, ``block`` its number in the document."""

    grid: Grid
    layout: TableLayout
    faces: FaceChain
    block: int = 0
    space: float = SPACE
    keeps_next: bool = False
    opens_page: bool = False

    @property
    def edges(self) -> Sequence[float]:
        """The column edges from the table's left."""
        return self.layout.edges

    @cached_property
    def heights(self) -> Sequence[float]:
        """Each row's; the first one's with the rule above it, which stands inside the table as in Word."""
        return _heights(self.layout)

    @property
    def head(self) -> int:
        """The rows of column labels."""
        return self.grid.head

    def may_part(self, unit: int) -> bool:
        """Where the layout lets a page end."""
        return self.layout.may_part(unit)

    def draw(self, canvas: Canvas, first: int, end: int, left: float, top: float) -> None:
        """Draw rows first..end-1, under the head rows where they are not the table's beginning."""
        rows = _set_rows(self.layout, self.faces, first, end)
        numbers = count(canvas.book([(self.block, spot.cell) for spot in rows.spots if not spot.again]))
        cells, size, figures = self.grid.cells, self.layout.size, set()
        code = [f"q 1 0 0 1 {fp_str(left, top)} cm", rows.rules, "BT", font_code(_font(self.faces, size))]
        for cell, again, place, label, width in rows.spots:
            mark = "/Artifact BMC" if again else f"/Span <</MCID {next(numbers)}>> BDC"
            if label is None:
                figure = cells[cell].text
                figures.add(figure)
                code.append(f"{mark} {place} {_figure_code(figure, width, size, self.faces)} EMC")
            else:
                code.append(f"{mark} {place} {label} EMC")
        canvas.write("\n".join((*code, "ET Q")))
        canvas.embed(self.faces, rows.printed + type_case(self.faces).printable("".join(figures)))


def set_table(grid: Grid, faces: FaceChain, block: int = 0) -> TableGalley:
    """The grid in type, laid out as in the Word file."""
    return TableGalley(grid, lay_out(grid), faces, block)


def _heights(layout: TableLayout) -> tuple[float, ...]:
    first, *others = layout.heights
    return (first + RULE, *others)


@lru_cache(maxsize=RUNS)
def _set_rows(layout: TableLayout, faces: FaceChain, first: int, end: int) -> Rows:
    """Rows first..end-1, under the head rows where they are not the table's beginning."""
    heights = _heights(layout)
    shown = [*(range(layout.grid.head) if first else ()), *range(first, end)]
    feet = dict(zip(shown, accumulate(-heights[row] for row in shown), strict=True))
    rules, spots = [], []
    printed: set[str] = set()
    for index, laid in enumerate(layout.cells):
        cell = laid.cell
        rows = [row for row in range(cell.row, cell.row + cell.rows) if row in feet]
        if rows:
            left, width = layout.edges[cell.column], layout.width(cell)
            foot, height = feet[rows[-1]], sum(heights[row] for row in rows)
            rules.append(f"{fp_str(left, foot, width, height)} re S")
            place = f"1 0 0 1 {fp_str(left, foot + height / 2)} Tm"
            code = None if cell.role is CellRole.FIGURE else _code(laid, width, layout.size, faces)
            spots.append(Spot(index, cell.row < first, place, code, width))
            printed.update(*laid.lines)
    frame = " ".join(("/Artifact BMC", fp_str(RULE), "w", *rules, "EMC"))
    return Rows(frame, spots, type_case(faces).printable("".join(sorted(printed))))


@lru_cache(maxsize=KEPT)
def _figure_code(text: str, width: float, size: float, faces: FaceChain) -> str:
    """The operators of a figure in a cell so wide, in a table of this size."""
    laid = laid_figure(GridCell(0, 0, 1, 1, CellRole.FIGURE, text), size, width)
    return _code(laid, width, size, faces)


def _code(laid: LaidCell, width: float, size: float, faces: FaceChain) -> str:
    """The operators of a cell's lines from the middle of its left edge, in a table of this size."""
    align: Align = "left" if laid.at_left else "center"
    style = Style(faces, laid.size, pitch(laid.size), align=align, scale=laid.scale)
    texts = map(type_case(faces).printable, laid.lines)
    room = width - 2 * laid.pad
    lines = [Line(text, sum(style.widths(text)), room, last=True) for text in texts]
    pad = laid.pad if laid.at_left else PAD
    corner = (pad, len(lines) * style.leading / 2)
    return lines_code(lines, style, width - 2 * pad, corner, _font(faces, size))


def _font(faces: FaceChain, size: float) -> Font:
    """The one that is set before each cell."""
    return faces.faces[0].name, size
