"""From a table's blocks to its one Grid: which labels merge, and which cell stands where."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from pipeline.model.form import FormBlock
from pipeline.model.grid import CellRole, Grid, GridCell


class BlockLayout(Struct, frozen=True):
    """A block and the grid columns each of its columns spans; the row labels take what is left."""

    block: FormBlock
    spans: tuple[int, ...]


def table_grid(name: str, caption: str, widths: Sequence[int], layouts: Sequence[BlockLayout]) -> Grid:
    """The empty Grid of a table. ValueError where its cells do not cover every position exactly once.

    Rows that head the table's only block are repeated on each page; a table of several blocks repeats none.
    """
    cells: list[GridCell] = []
    head = 0
    top = 0
    for layout in layouts:
        found = list(_block_cells(layout, top, len(widths)))
        top = max(cell.row + cell.rows for cell in found)
        cells += found
        if len(layouts) == 1:
            head = min(cell.row for cell in found if cell.role is CellRole.FIGURE)
    grid = Grid(
        name, caption, tuple(widths), head, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    )
    _prove_covered(grid)
    return grid


def _prove_covered(grid: Grid) -> None:
    positions = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    whole = [(row, column) for row in range(grid.rows) for column in range(grid.columns)]
    if sorted(positions) != whole:
        raise ValueError(f"{grid.id}: cells overlap, leave gaps or pass the table's {grid.columns} columns")


def _block_cells(layout: BlockLayout, top: int, width: int) -> Iterator[GridCell]:
    block = layout.block
    if block.band:
        yield GridCell(top, 0, 1, width, CellRole.BAND, block.band)
        top += 1
    rows = [tuple(cell for row in block.cells for cell in row)] if block.across else list(block.cells)
    heads = [(*cell.row.path, *cell.column.path) if block.across else cell.column.path for cell in rows[0]]
    stubs = 0 if block.across else width - sum(layout.spans)
    starts = [stubs + sum(layout.spans[:index]) for index in range(len(layout.spans))]
    depth = max(len(path) for path in heads)
    if stubs:
        yield GridCell(top, 0, depth, stubs, CellRole.CORNER, block.corner)
    for line, position, deep, count, text in _merged(heads, depth):
        last = position + count - 1
        columns = starts[last] + layout.spans[last] - starts[position]
        yield GridCell(top + line, starts[position], deep, columns, CellRole.HEAD, text)
    top += depth
    if stubs:
        for line, position, deep, count, text in _merged([row[0].row.path for row in rows], stubs):
            yield GridCell(top + position, line, count, deep, CellRole.STUB, text)
    for offset, row in enumerate(rows):
        for cell, start, span in zip(row, starts, layout.spans, strict=True):
            yield GridCell(top + offset, start, 1, span, CellRole.FIGURE, "", cell.address)


def _merged(paths: Sequence[tuple[str, ...]], depth: int) -> Iterator[tuple[int, int, int, int, str]]:
    """Labels of a header ``depth`` lines deep, as (line, position, lines spanned, positions spanned, text).

    Neighbours that share a path down to a line share one label there; a path's last label fills the lines
    that are left.
    """
    for line in range(depth):
        for prefix, members in groupby(enumerate(paths), key=lambda item: item[1][: line + 1]):
            if len(prefix) > line:
                positions = [position for position, _ in members]
                deep = depth - line if len(paths[positions[0]]) == line + 1 else 1
                yield line, positions[0], deep, len(positions), prefix[line]
