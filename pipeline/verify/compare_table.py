"""Compare a table's cells as read back with its grid, and say in words which cell differs."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TypeAlias

from pipeline.model.finding import Finding
from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.verify.align import Pair, aligned, text_likeness
from pipeline.verify.space import without_space

Texts: TypeAlias = tuple[str, ...]

Reporter: TypeAlias = Callable[..., Finding]
"""``Catalogue.finding`` with year and file already given."""

MISSING = "（缺）"
"""Shown for what is not there at all, in words so that it is not taken for an empty cell."""

_EMPTY = "（空白）"


def compare_table(grid: Grid, found: Texts, report: Reporter) -> Iterator[Finding | None]:
    """None for each cell found equal, a finding for each that differs or is missing, one for all added."""
    expected = expected_texts(grid)
    labels = {text for text, cell in zip(expected, grid.cells, strict=True) if cell.address is None and text}
    extra = []
    for i, j in _cell_pairs(expected, found, labels):
        if i is None:
            extra += [] if j is None else [found[j] or _EMPTY]
            continue
        text = None if j is None else found[j]
        yield None if text == expected[i] else cell_finding(grid, grid.cells[i], text, report)
    if extra:
        yield report(
            "readback-table",
            table=grid.caption,
            found=str(len(found)),
            expected=str(len(expected)),
            extra=f"，多出的是：{'、'.join(extra)}",
        )


def expected_texts(grid: Grid) -> Texts:
    """The texts of a grid's cells without white space, in the order they are read back."""
    return tuple(without_space(cell.text) for cell in grid.cells)


def _cell_pairs(expected: Texts, found: Texts, labels: AbstractSet[str]) -> Iterator[Pair]:
    """Which found cell answers to which: one by one if none is missing, else by the labels between them."""
    if len(expected) == len(found):
        yield from ((place, place) for place in range(len(expected)))
        return
    left, right = _pieces(expected, labels), _pieces(found, labels)
    contents = [expected[piece.start : piece.stop] for piece in left]
    others = [found[piece.start : piece.stop] for piece in right]
    for i, j in aligned(contents, others, _piece_likeness):
        yield from _within(
            left[i] if i is not None else range(0), right[j] if j is not None else range(0), expected, found
        )


def _within(left: range, right: range, expected: Texts, found: Texts) -> Iterator[Pair]:
    """The pairs between two pieces that answer to each other; a piece that is not there is an empty range."""
    contents, others = expected[left.start : left.stop], found[right.start : right.stop]
    for i, j in aligned(contents, others, text_likeness):
        yield (None if i is None else left[i], None if j is None else right[j])


def _pieces(texts: Texts, labels: AbstractSet[str]) -> list[range]:
    """The cells cut before every label: a label with the figures after it is what a row is known by."""
    starts = [place for place, text in enumerate(texts) if place == 0 or text in labels]
    return [range(start, stop) for start, stop in pairwise([*starts, len(texts)])]


def _piece_likeness(left: Texts, right: Texts) -> float:
    return float(left[:1] == right[:1])


def cell_finding(grid: Grid, cell: GridCell, found: str | None, report: Reporter) -> Finding:
    """A cell that says something else; ``found`` is None where it is not there."""
    return report(
        "readback-cell",
        table=grid.caption,
        words=cell_words(grid, cell),
        found=MISSING if found is None else found or _EMPTY,
        expected=without_space(cell.text) or _EMPTY,
        address=cell.address or "",
    )


def cell_words(grid: Grid, cell: GridCell) -> str:
    """Where a cell stands: a figure by its row and column labels, any other by its place counted from 1."""
    if cell.role is not CellRole.FIGURE:
        return f"第{cell.row + 1}行第{cell.column + 1}列"
    return "·".join(label.text for label in grid.labels(cell))
