"""Whether the cells of each table stand where they should and are merged as they should be."""

from collections.abc import Iterator, Sequence

from pipeline.model.finding import Finding
from pipeline.model.grid import Grid, GridCell
from pipeline.model.rendition import Area, CellSpan, ReadBack
from pipeline.verify.compare_place import paired_tables
from pipeline.verify.compare_shape import column_edges, expected_spans, stands_at, width
from pipeline.verify.compare_table import Reporter, cell_words


def remerged_tables(grids: Sequence[Grid], read: ReadBack, report: Reporter) -> Iterator[Finding]:
    """A finding for the first cell of each table that stands elsewhere: one lost merge shifts all after it.

    None where the reader knows no areas, nor for a table that has not all its cells, which is said already.
    A program that saves a file may count its columns anew.
    """
    for i, j in paired_tables(grids, read.tables) if read.areas else ():
        if i is None or j is None or len(grids[i].cells) != len(read.areas[j]):
            continue
        expected, found = expected_spans(grids[i]), tuple(CellSpan(*area) for area in read.areas[j])
        recounted = width(found) != width(expected)
        edges = column_edges(expected, found) if recounted else None
        for cell, place, area in zip(grids[i].cells, expected, found, strict=True):
            if not stands_at(place, area, edges):
                yield _finding(grids[i], cell, area, place, report)
                break


def _finding(grid: Grid, cell: GridCell, found: Area, expected: Area, report: Reporter) -> Finding:
    words = cell_words(grid, cell) if cell.address else cell.text
    return report(
        "readback-merge", table=grid.caption, words=words, found=_words(found), expected=_words(expected)
    )


def _words(area: Area) -> str:
    row, column, rows, columns = area
    return f"第{row + 1}行第{column + 1}列、占{rows}行{columns}列"
