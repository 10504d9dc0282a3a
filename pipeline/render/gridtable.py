"""Setting a Grid in type: the shared layout with a face's true widths, any run of rows drawn, cuts closed.

A run of rows is kept as it is drawn, but for its figures: all else is the same in every report.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct
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


class Figure(NamedTuple):
    """Where a figure of the report goes."""

    piece: int
    """Its number among the pieces of a run of rows."""
    cell: int
    """Its number in the grid."""
    width: float


class Rows(Struct, frozen=True):
    """A run of rows as it is drawn from its upper left corner."""

    pieces: Sequence[str]
    """Its operators; empty ones wait for the numbers of marks and for figures."""
    marks: Sequence[tuple[int, int]]
    """The piece that is a mark's number, and the cell it marks.

    Not of a label printed again overleaf, which is for the eye: a reader of the text has had it.
    """
    figures: Sequence[Figure]
    printed: str
    """The characters of all but the figures."""


class TableGalley(Struct, frozen=True, dict=True):
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
        cells, size, pieces = self.grid.cells, self.layout.size, list(rows.pieces)
        number = canvas.book([(self.block, cell) for _, cell in rows.marks])
        for place, (piece, _) in enumerate(rows.marks, number):
            pieces[piece] = str(place)
        for piece, cell, width in rows.figures:
            pieces[piece] = _figure_code(cells[cell].text, width, size, self.faces)
        canvas.write(f"q 1 0 0 1 {fp_str(left, top)} cm\n{''.join(pieces)}")
        figures = "".join({cells[one.cell].text for one in rows.figures})
        canvas.embed(self.faces, rows.printed + type_case(self.faces).printable(figures))


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
    rules: list[str] = []
    pieces = [""]  # in front, when they are known, the rules
    marks: list[tuple[int, int]] = []
    figures: list[Figure] = []
    printed: set[str] = set()
    for index, laid in enumerate(layout.cells):
        cell = laid.cell
        rows = [row for row in range(cell.row, cell.row + cell.rows) if row in feet]
        if not rows:
            continue
        left, width = layout.edges[cell.column], layout.width(cell)
        foot, height = feet[rows[-1]], sum(heights[row] for row in rows)
        rules.append(f"{fp_str(left, foot, width, height)} re S")
        printed.update(*laid.lines)
        if cell.row < first:
            pieces.append("/Artifact BMC ")
        else:
            marks.append((len(pieces) + 1, index))
            pieces += "/Span <</MCID ", "", ">> BDC "
        pieces.append(f"1 0 0 1 {fp_str(left, foot + height / 2)} Tm ")
        if cell.role is CellRole.FIGURE:
            figures.append(Figure(len(pieces), index, width))
            pieces.append("")
        else:
            pieces.append(_code(laid, width, layout.size, faces))
        pieces.append(" EMC\n")
    frame = " ".join(("/Artifact BMC", fp_str(RULE), "w", *rules, "EMC"))
    pieces[0] = f"{frame}\nBT\n{font_code(_font(faces, layout.size))}\n"
    pieces.append("ET Q")
    return Rows(pieces, marks, figures, type_case(faces).printable("".join(sorted(printed))))


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
