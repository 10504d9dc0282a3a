"""How a grid stands on the page, decided once for the Word file and the PDF: edges, size, folds, row heights.

No face is asked: a Chinese character is one em, all else ``NARROW``, which is a little more than any face in
use takes, so that what fits here fits with 宋体 of Windows and with the PDF's. Lengths are in points and
multiples of a twentieth, Word's unit.
"""

import math
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from itertools import accumulate, pairwise

from msgspec import Struct

from pipeline.model.breadth import breadths, ems
from pipeline.model.grid import CellRole, Grid, GridCell, GridPattern
from pipeline.render.linebreak import SQUEEZE, break_lines
from pipeline.render.measures import LEADING, TYPE_HEIGHT, WORD_WIDTH, twentieths

WIDTH = WORD_WIDTH / 20
"""The type area's width as Word's margins leave it."""
ROOM = twentieths(TYPE_HEIGHT - LEADING) / 20
"""The height left on a page under a heading."""
WORDED = (10.5, 9.0)
WORDED_ROOM = 160.0
"""A table of running words is in 五号, and in 小五 where it would be higher: text stands beside it."""
SIZES = (12.0, 10.5, 9.0)
"""小四, 五号 and 小五: GB/T 9704—2012 sets no size for tables, these are the ones in use."""
AIR = {12.0: 3.0, 10.5: 2.2, 9.0: 3.0}
"""White above the first and below the last line of a cell, by table size."""
WORDS_PAD = 4.0
"""The same around running words."""
GAP = 0.25
"""What Word and LibreOffice part a digit or letter from Chinese by, in em."""
PAD = 2.0
"""White at the left and right of a cell."""
LEAST_PAD = 1.0
"""The same around a number that is too long for its column."""
RULE = 0.5
NARROW = 0.57
"""What a digit, a Latin letter or its mark takes, in em."""
LEAST_SIZE = 6.0
"""No number is set smaller."""
LEAST_SCALE = 0.8
"""A number too long for its column is first set narrower down to this, then smaller, then narrower still."""
KEPT = 4096
"""So many cells are kept as they were laid out and drawn: agencies' reports share most of theirs."""
LAYOUTS = 8
"""So many tables are kept as they were laid out: a report has three, an older form three others."""
NUMBERED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]")
"""A row label that begins with its number stands left, so that the numbers stand under each other."""

WORD = re.compile(
    "公开|数量|决定|项目|内部|事务|信息|组织|机构|社会|公益|服务|法律|法规|行政|机关|申请|提供|明确"
)
"""Words of the law's labels that should not be torn where they fold."""


table_ems = partial(ems, narrow=NARROW)
"""The width of a table's text in em."""


class LaidCell(Struct, frozen=True):
    """A cell's lines, their size and how wide the characters are set of their natural width (1 = natural)."""

    cell: GridCell
    lines: tuple[str, ...]
    size: float
    scale: float = 1.0
    pad: float = PAD
    """The white at its left and right."""

    @property
    def at_left(self) -> bool:
        """Whether its text stands at the left; all other stands in the middle."""
        if self.cell.role is CellRole.WORDS:
            return True
        return (
            self.cell.role is CellRole.STUB and self.cell.rows == 1 and bool(NUMBERED.match(self.cell.text))
        )

    @property
    def longest(self) -> float:
        """The width of its longest line."""
        return max(map(table_ems, self.lines), default=0.0) * self.size * self.scale

    def height(self, size: float) -> float:
        """What the lines and the white above and below them need in a table of this size."""
        return max(1, len(self.lines)) * pitch(size) + 2 * AIR[size]


class TableLayout(Struct, frozen=True, eq=False, dict=True):
    """A grid laid out at one size, whatever its figures, which stand on one line each and change nothing.

    ``grid`` has none, nor have ``cells``; ``edges`` are the column edges from its left.
    """

    grid: Grid
    size: float
    edges: tuple[float, ...]
    cells: tuple[LaidCell, ...]
    heights: tuple[float, ...]

    def width(self, cell: GridCell) -> float:
        """From the cell's left edge to its right one."""
        return self.edges[cell.column + cell.columns] - self.edges[cell.column]

    def may_part(self, row: int) -> bool:
        """Whether a page may end before this row.

        It may between any two, but not under a line of labels, nor where a part of a span is too low for its
        label.
        """
        return row > self.grid.head and row not in self._label_feet and row not in self._kept_whole

    @cached_property
    def _kept_whole(self) -> frozenset[int]:
        """The rows before which a part of a span would be too low for its label."""
        return frozenset(
            row
            for laid in self.cells
            for row in range(laid.cell.row + 1, laid.cell.row + laid.cell.rows)
            if min(self._above(laid.cell, row), self._below(laid.cell, row)) < laid.height(self.size)
        )

    def _above(self, cell: GridCell, row: int) -> float:
        return sum(self.heights[cell.row : row])

    def _below(self, cell: GridCell, row: int) -> float:
        return sum(self.heights[row : cell.row + cell.rows])

    @cached_property
    def _label_feet(self) -> frozenset[int]:
        """The rows that stand right under a band or a line of column labels."""
        labels = {CellRole.BAND, CellRole.HEAD}
        return frozenset(cell.row + cell.rows for cell in self.grid.cells if cell.role in labels)


def lay_out(grid: Grid, width: float = WIDTH, height: float = ROOM) -> TableLayout:
    """The grid ``width`` points wide, in the largest size in which it is no higher than ``height``.

    A longer one is in the smallest size, and is cut. The few last ones are kept: most reports have the same.
    """
    return _lay_out(grid.pattern, width, height)


@lru_cache(maxsize=LAYOUTS)
def _lay_out(pattern: GridPattern, width: float, height: float) -> TableLayout:
    grid = pattern.grid
    whole = sum(grid.widths)
    edges = tuple(twentieths(width * part / whole) / 20 for part in accumulate(grid.widths, initial=0))
    worded = any(cell.role is CellRole.WORDS for cell in grid.cells)
    height = min(height, WORDED_ROOM) if worded else height
    for size in WORDED if worded else SIZES:
        cells = tuple(_laid(cell, edges, size) for cell in grid.cells)
        heights = _row_heights(cells, size)
        if sum(heights) <= height:
            break
    return TableLayout(grid, size, edges, cells, heights)


def pitch(size: float) -> float:
    """From line to line in a table: a quarter more than the size."""
    return twentieths(size * 1.25) / 20


@lru_cache(maxsize=KEPT)
def _laid(cell: GridCell, edges: tuple[float, ...], size: float) -> LaidCell:
    """A cell with its lines; the same labels and many of the same numbers stand in every report."""
    width = edges[cell.column + cell.columns] - edges[cell.column]
    if cell.role is CellRole.FIGURE:
        return laid_figure(cell, size, width)
    room = width - RULE - 2 * PAD
    if cell.role is CellRole.WORDS:
        room -= 2 * (WORDS_PAD - PAD)
        return LaidCell(cell, _filled(cell.text, room / size), size, pad=WORDS_PAD)
    return LaidCell(
        cell, _folded(cell.text, room / size, apart=cell.role is CellRole.STUB and cell.rows > 1), size
    )


def laid_figure(cell: GridCell, size: float, width: float) -> LaidCell:
    """A number in a cell so wide: it stays on one line."""
    if not cell.text:
        return LaidCell(cell, (), size)
    room = width - RULE - 2 * PAD
    natural = table_ems(cell.text) * size
    if natural <= room:
        return LaidCell(cell, (cell.text,), size)
    room += 2 * (PAD - LEAST_PAD)
    less = max(LEAST_SIZE, math.floor(2 * size * min(1.0, room / natural / LEAST_SCALE)) / 2)
    scale = math.floor(100 * min(1.0, room * size / natural / less)) / 100
    return LaidCell(cell, (cell.text,), less, scale, LEAST_PAD)


def _folded(text: str, room: float, *, apart: bool) -> tuple[str, ...]:
    """A label's lines, ``room`` em wide; its number on a line of its own where it is set ``apart``."""
    number = NUMBERED.match(text) if apart else None
    parts = (number[0], text[number.end() :]) if number else (text,)
    return tuple(line for part in parts for line in _balanced(part, room))


def _balanced(text: str, room: float) -> tuple[str, ...]:
    """As few lines as the room allows, with no word torn if that can be, of like length: 商业／企业."""
    widths = breadths(text, NARROW)
    room = _kept(text, widths, room)
    folds: list[tuple[str, ...]] = []
    while room > 1 or not folds:
        fold = tuple(line.text for line in break_lines(text, widths, room))
        if folds and len(fold) > len(folds[0]):
            break
        folds.append(fold)
        room -= 1
    return min(reversed(folds), key=lambda fold: _torn(text, fold))


def _filled(text: str, room: float) -> tuple[str, ...]:
    """Running words in lines as full as the room, in em, allows where Chinese and digits are set apart."""
    widths = breadths(text, NARROW)
    apart = [GAP if one != other else 0.0 for one, other in pairwise([*widths, *widths[-1:]])]
    lines = break_lines(text, widths, _kept(text, widths, room), gaps=apart)
    return tuple(line.text for line in lines)


def _kept(text: str, widths: Sequence[float], room: float) -> float:
    """The room in which no line is wider than it, though break_lines would set it closer: Word would not."""
    lines = break_lines(text, widths, room)
    return room * (1 - SQUEEZE) if any(line.width > room for line in lines) else room


def _torn(text: str, fold: Sequence[str]) -> int:
    """How many words the fold tears."""
    ends = set(accumulate(map(len, fold)))
    return sum(any(word.start() < end < word.end() for end in ends) for word in WORD.finditer(text))


def _row_heights(cells: Sequence[LaidCell], size: float) -> tuple[float, ...]:
    """Each row as high as its cells need; what a spanning cell still lacks, its rows share."""
    heights = [0.0] * max(laid.cell.row + laid.cell.rows for laid in cells)
    for laid in sorted(cells, key=lambda laid: laid.cell.rows):
        spanned = range(laid.cell.row, laid.cell.row + laid.cell.rows)
        lacking = laid.height(size) - sum(heights[row] for row in spanned)
        if lacking > 0:
            for row in spanned:
                heights[row] += math.ceil(lacking / laid.cell.rows * 20) / 20
    return tuple(heights)
