"""Findings that say the same of many cells, said once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from pipeline.model.finding import Finding
from pipeline.model.place import a1, row_and_column

NUMBER = re.compile(r"-?\d+(\.\d+)?")
RANGES_SHOWN = 6
"""Ranges of cells named before 等: a slip of one page has room for no more."""


class Alike(Struct, frozen=True):
    """One finding, or several of one code in one sheet that found and expected the same."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that speaks for all."""
        return self.findings[0]

    @property
    def cells(self) -> str:
        """Where they stand, as ranges down the columns: D6:D27、F9; "" where they have no cells."""
        ranges = cell_ranges([finding.cell for finding in self.findings])
        more = " 等" if len(ranges) > RANGES_SHOWN else ""
        return "、".join(ranges[:RANGES_SHOWN]) + more

    @property
    def message(self) -> str:
        """The first one's sentence, and how many more there are like it."""
        if len(self.findings) == 1:
            return self.first.message
        return f"{self.first.message}同样的共 {len(self.findings)} 处：{self.cells}。"


def alike(findings: Iterable[Finding]) -> tuple[Alike, ...]:
    """The findings grouped, each group where its first one stood.

    What differs in what was found or expected is not alike, and a figure that has a number of its own to be
    never is: two wrong sums may be wrong by the same. Only what stands in a cell of its own is grouped.
    """
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        shared = _column_and_row(finding.cell) and not NUMBER.fullmatch(finding.expected)
        groups.setdefault(_sameness(finding) if shared else number, []).append(finding)
    return tuple(Alike(tuple(group)) for group in groups.values())


def _sameness(finding: Finding) -> tuple[str, ...]:
    return (
        finding.code,
        finding.agency,
        finding.workbook,
        finding.sheet,
        finding.found,
        finding.expected,
    )


def _column_and_row(cell: str) -> tuple[int, int] | None:
    """Where a cell stands, from its A1 name; None for what is none (第3段)."""
    try:
        row, column = row_and_column(cell)
    except ValueError:
        return None
    return column, row


def cell_ranges(cells: Sequence[str]) -> tuple[str, ...]:
    """Cells by their A1 names as ranges down each column (D6:D27), by column and row, each cell once.

    What is no A1 name (第3段) is left out.
    """
    places = {place for cell in cells if (place := _column_and_row(cell))}
    return tuple(_ranges(sorted(places)))


def _ranges(places: Sequence[tuple[int, int]]) -> Iterator[str]:
    def run(pair: tuple[int, tuple[int, int]]) -> tuple[int, int]:
        index, (column, row) = pair
        return column, row - index

    for _, group in groupby(enumerate(places), key=run):
        runs = [place for _, place in group]
        (column, top), (_, bottom) = runs[0], runs[-1]
        yield a1(top, column) if top == bottom else f"{a1(top, column)}:{a1(bottom, column)}"
