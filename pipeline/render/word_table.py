"""A grid as a Word table: exact merges, fixed widths, header rows repeated, no row torn.

The table is one piece of text from end to end; filling it cell by cell through a library costs hundreds of
times as much. Measures are in twentieths of a pt unless said otherwise.
"""

import math
import unicodedata
from itertools import accumulate, pairwise

from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.word_page import HEIGHT
from pipeline.render.word_styles import LINE, TABLE, TABLE_SIZES, WIDTH, table_pitch, table_style
from pipeline.render.word_text import attribute, paragraph, run

_PADDING = 60
"""Left and right cell margin together, as in the table's style."""

_ABOVE_AND_BELOW = 30
"""Upper and lower cell margin together."""

_BORDER = 10
"""The line between two rows."""

_LEAST_HEIGHTS = {12.0: 420, 10.5: 300, 9.0: 280}
"""What every row has at least, by table size: so that the page is not crowded, and the longest table of the
law (edition 2021, 25 rows in 五号) still stands on one page under its heading."""

_SLACK = 20
"""Left over in a line for what rounding takes."""

_NARROWER_SIZES = (10.5, 9.0, 8.0, 7.0, 6.0, 5.5)
"""The sizes in pt a long number may shrink to: a number is never broken over two lines."""


def table_xml(grid: Grid) -> str:
    """The whole ``w:tbl``. Its columns fill the type area in the proportion of ``grid.widths``."""
    widths = _widths(grid)
    size = _size(grid, widths)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _row_xml(cells, row, widths, size, repeated=row < grid.head) for row, cells in enumerate(_rows(grid))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{WIDTH}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCaption w:val={attribute(grid.caption)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _widths(grid: Grid) -> tuple[int, ...]:
    """Each column's width; the rounding errors do not add up."""
    edges = accumulate(grid.widths, initial=0)
    whole = sum(grid.widths)
    return tuple(right - left for left, right in pairwise([round(WIDTH * edge / whole) for edge in edges]))


def _rows(grid: Grid) -> list[list[GridCell]]:
    """The cells that touch each grid row, from left to right; a tall cell stands in several."""
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            rows[row].append(cell)
    return [sorted(cells, key=lambda cell: cell.column) for cells in rows]


def _row_xml(cells: list[GridCell], row: int, widths: tuple[int, ...], size: float, *, repeated: bool) -> str:
    """One ``w:tr``; without figures it is a line of labels, which stays with the next."""
    figures = any(cell.role is CellRole.FIGURE for cell in cells)
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_LEAST_HEIGHTS[size]}" w:hRule="atLeast"/>'
        f"{'<w:tblHeader/>' if repeated else ''}</w:trPr>"
        f"{''.join(_cell_xml(cell, row, widths, size, figures=figures) for cell in cells)}</w:tr>"
    )


def _cell_xml(cell: GridCell, row: int, widths: tuple[int, ...], size: float, *, figures: bool) -> str:
    """One ``w:tc``: the cell itself in its first row, in the others the mark that goes on with it."""
    first = row == cell.row
    width = _width(cell, widths)
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = f'<w:vMerge w:val="{"restart" if first else "continue"}"/>' if cell.rows > 1 else ""
    style = table_style(_use(cell) if figures else "Head", size)
    text = run(cell.text, size=_figure_size(cell, width, size)) if first and cell.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, text, indent=_indent(cell, width, size))}</w:tc>"
    )


def _use(cell: GridCell) -> str:
    """Row labels stand at the left, all else in the middle, labels over several rows too."""
    return "Label" if cell.role is CellRole.STUB and cell.rows == 1 else "Text"


def _indent(cell: GridCell, width: int, size: float) -> int:
    """What to take off both ends of a column label that folds, so that its lines are of one length.

    商业企业 in a column three characters wide becomes 商业／企业 and not 商业企／业.
    """
    lines = _lines(cell.text, width, size)
    if cell.role is not CellRole.HEAD or lines < 2:
        return 0
    longest = math.ceil(_ems(cell.text) / lines) * size * 20
    return max(0, int(width - _PADDING - longest - _SLACK) // 2)


def _lines(text: str, width: int, size: float) -> int:
    """How many lines a text takes, as many whole characters to a line as fit."""
    return math.ceil(_ems(text) / max(1, (width - _PADDING) // int(size * 20)))


def _figure_size(cell: GridCell, width: int, size: float) -> float | None:
    """The size in pt for a number too long for its column, None where the style's size will do."""
    if cell.role is not CellRole.FIGURE or _fits(cell.text, width, size):
        return None
    return next(
        (less for less in _NARROWER_SIZES if less < size and _fits(cell.text, width, less)),
        _NARROWER_SIZES[-1],
    )


def _fits(text: str, width: int, size: float) -> bool:
    return _ems(text) * size * 20 <= width - _PADDING


def _ems(text: str) -> float:
    """The text's length in em: a Chinese character is one, a digit or Latin letter a half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def _width(cell: GridCell, widths: tuple[int, ...]) -> int:
    return sum(widths[cell.column : cell.column + cell.columns])


def _size(grid: Grid, widths: tuple[int, ...]) -> float:
    """The largest table size in pt at which the table fits on one page under a heading, else the smallest."""
    room = HEIGHT - LINE
    return next((size for size in TABLE_SIZES if _height(grid, widths, size) <= room), TABLE_SIZES[-1])


def _height(grid: Grid, widths: tuple[int, ...], size: float) -> int:
    """About how high the table will be: each row as high as its longest text that spans no other row."""
    heights = [_LEAST_HEIGHTS[size] + _BORDER] * grid.rows
    for cell in grid.cells:
        if cell.rows == 1:
            lines = _lines(cell.text, _width(cell, widths), size)
            heights[cell.row] = max(heights[cell.row], lines * table_pitch(size) + _ABOVE_AND_BELOW + _BORDER)
    return sum(heights)
