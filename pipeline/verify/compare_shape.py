"""Which cells of a table someone merged or split, by the rows and columns each one covers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from pipeline.model.finding import Finding
from pipeline.model.grid import Grid, GridCell
from pipeline.model.rendition import Area, CellSpan
from pipeline.verify.compare_table import (
    Reporter,
    Texts,
    cell_finding,
    cell_words,
    compare_table,
    expected_texts,
)

Places: TypeAlias = Sequence[CellSpan]
Cover: TypeAlias = Mapping[int, AbstractSet[int]]
"""For each cell of one table the cells of the other that cover some of the same ground."""

Edges: TypeAlias = Mapping[int, AbstractSet[float]]
"""For each column edge of the file's table the Document's, counted from 0; half way for one of its own."""


def compare_shape(
    grid: Grid, found: Texts, areas: Sequence[Area], report: Reporter
) -> Iterator[Finding | None]:
    """None for each cell found equal, a finding for each that differs, is missing, was merged or was split.

    ``areas`` say where the cells stand; () where the reader cannot tell. Where rows were added or taken out
    the cells are told apart by their labels alone.
    """
    if len(areas) in {0, len(grid.cells)}:
        yield from compare_table(grid, found, report)
        return
    expected, spans = expected_spans(grid), tuple(CellSpan(*area) for area in areas)
    edges = column_edges(expected, spans)
    if edges is None:
        yield from compare_table(grid, found, report)
        return
    forth, back = _cover(expected, spans, edges)
    texts = expected_texts(grid)
    for i, cell in enumerate(grid.cells):
        pieces = sorted(forth[i])
        if len(pieces) > 1:
            yield _split(grid, cell, [found[j] for j in pieces], report)
        elif not pieces:
            yield cell_finding(grid, cell, None, report)
        elif len(together := sorted(back[pieces[0]])) == 1:
            text = found[pieces[0]]
            yield None if text == texts[i] else cell_finding(grid, cell, text, report)
        elif i == together[0]:
            yield _merged(grid, [grid.cells[other] for other in together], found[pieces[0]], report)


def expected_spans(grid: Grid) -> tuple[CellSpan, ...]:
    """Where each cell of a grid stands."""
    return tuple(CellSpan(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells)


def width(spans: Places) -> int:
    """How many columns a table has."""
    return max(map(_end, spans), default=0)


def stands_at(expected: CellSpan, found: CellSpan, edges: Edges | None) -> bool:
    """Whether a cell covers the ground it should, whatever the file's count of columns."""
    if found == expected or edges is None:
        return found == expected
    rows = (expected.row, expected.rows) == (found.row, found.rows)
    return rows and expected.column in edges[found.column] and _end(expected) in edges[_end(found)]


def _merged(grid: Grid, cells: Sequence[GridCell], text: str, report: Reporter) -> Finding:
    return report(
        "readback-merge",
        table=grid.caption,
        words="”、“".join(cell_words(grid, cell) for cell in cells),
        found=f"合在一起的 1 格（{text}）",
        expected=f"分开的 {len(cells)} 格",
        address=next((cell.address for cell in cells if cell.address), ""),
    )


def _split(grid: Grid, cell: GridCell, texts: Sequence[str], report: Reporter) -> Finding:
    return report(
        "readback-merge",
        table=grid.caption,
        words=cell_words(grid, cell),
        found=f"拆开的 {len(texts)} 格（{'｜'.join(texts)}）",
        expected="1 格",
        address=cell.address or "",
    )


def _rows(spans: Places) -> Mapping[int, list[int]]:
    """The cells that reach into each row, from the left."""
    rows: dict[int, list[int]] = defaultdict(list)
    for index, span in enumerate(spans):
        for row in range(span.row, span.row + span.rows):
            rows[row].append(index)
    return {row: sorted(cells, key=lambda index: spans[index].column) for row, cells in rows.items()}


def column_edges(expected: Places, spans: Places) -> Edges | None:
    """Which column edges of the Document's table each edge of the file's stands for; None where it cannot
    be told, as where rows were added or taken out.

    A program that saves a file counts its columns anew and may take two edges for one: the rows that have all
    their cells tell. An edge that none of them knows lies between two others.
    """
    ours, theirs = _rows(expected), _rows(spans)
    if ours.keys() != theirs.keys():
        return None
    known: dict[int, set[float]] = defaultdict(set)
    for row, cells in ours.items():
        if len(cells) == len(theirs[row]):
            for i, j in zip(cells, theirs[row], strict=True):
                known[spans[j].column].add(expected[i].column)
                known[_end(spans[j])].add(_end(expected[i]))
    edges = {edge for span in spans for edge in (span.column, _end(span))}
    if not {min(edges), max(edges)} <= known.keys():
        return None
    for edge in sorted(edges - known.keys()):
        before = max(other for other in known if other < edge)
        after = min(other for other in known if other > edge)
        known[edge] = {(max(known[before]) + min(known[after])) / 2}
    return known


def _end(span: CellSpan) -> int:
    return span.column + span.columns


def _cover(expected: Places, spans: Places, edges: Edges) -> tuple[Cover, Cover]:
    """For each cell of the Document the file's cells on the same ground, and the other way round."""
    forth: dict[int, set[int]] = {i: set() for i in range(len(expected))}
    back: dict[int, set[int]] = {j: set() for j in range(len(spans))}
    theirs = _rows(spans)
    for row, cells in _rows(expected).items():
        for i, j in _meeting(cells, theirs[row], expected, spans, edges):
            forth[i].add(j)
            back[j].add(i)
    return forth, back


def _meeting(
    ours: Sequence[int], theirs: Sequence[int], expected: Places, spans: Places, edges: Edges
) -> Iterator[tuple[int, int]]:
    """The cells of a row that meet: one by one where there are as many, else those on the same ground."""
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
        return
    for j in theirs:
        start, stop = max(edges[spans[j].column]), min(edges[_end(spans[j])])
        for i in ours:
            if max(start, expected[i].column) < min(stop, _end(expected[i])):
                yield i, j
