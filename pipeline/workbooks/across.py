"""Find a block whose rows lie side by side in one line of figures (``disputes``).

Each group's label stands above its own set of column labels. The sets are told apart by the labels' own
order; a centred, merged or unmerged group label must stand over its set.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model.form import FormBlock, FormTable
from pipeline.workbooks.copy import BlockCopy, BlockSearch
from pipeline.workbooks.extent import Position
from pipeline.workbooks.vocabulary import Labels, Part, Role

DEEPEST_HEADER = 10
DEEPEST_GAP = 6
"""Lines between the column labels and the line of figures, at most."""

RIGHT_END = 1 << 20


class _Heading(NamedTuple):
    """A column label: where it stands and which column it names."""

    column: int
    row: int
    line: str


def search_across(table: FormTable, number: int, sheets: list[Labels]) -> BlockSearch:
    """Every copy of a table's block on these sheets."""
    block = table.blocks[number]
    copies: list[BlockCopy] = []
    seen: set[str] = set()
    for labels in sheets:
        groups = {row[0].row.id: labels.of(_row(table, number, row[0].row.id)) for row in block.cells}
        seen |= {group for group, places in groups.items() if places}
        for first, last in _zones(table, labels, groups[block.cells[0][0].row.id]):
            copy = _copy(table, number, labels, first, last)
            if copy:
                copies.append(copy)
    copies.sort(key=lambda copy: -len(copy.places))
    return BlockSearch(block, tuple(copies), frozenset(seen))


def _row(table: FormTable, number: int, line: str) -> Role:
    return Role(table.id, number, Part.ROW, line)


def _zones(table: FormTable, labels: Labels, starts: Sequence[Position]) -> Iterator[tuple[int, int]]:
    """First and last line of each copy: from its first group's label to the next label of anything else."""
    lines = sorted({place[0] for place in starts})
    foreign = sorted(
        place[0]
        for place, roles in labels.roles.items()
        if not any(role.table == table.id and role.block >= 0 for role in roles)
    )
    bottom = max(labels.sheet.rows, default=0)
    for line, follower in pairwise((*lines, bottom + 1)):
        fence = next((row for row in foreign if row >= line), bottom + 1)
        yield line, min(follower, fence) - 1


def _copy(table: FormTable, number: int, labels: Labels, first: int, last: int) -> BlockCopy | None:
    block = table.blocks[number]
    groups = {
        row[0].row.id: found[0]
        for row in block.cells
        if (found := [p for p in labels.of(_row(table, number, row[0].row.id)) if first <= p[0] <= last])
    }
    headings = sorted(
        _Heading(place[1], place[0], cell.column.id)
        for cell in block.cells[0]
        for place in labels.of(Role(table.id, number, Part.COLUMN, cell.column.id))
        if first < place[0] <= min(last, first + DEEPEST_HEADER)
    )
    columns = _assigned(block, groups, headings)
    if not columns:
        return None
    bottom = max(labels.sheet.last((heading.row, heading.column))[0] for heading in headings)
    line = _line_of_figures(labels, [column for column, _ in columns.values()], bottom + 1, last)
    lines = line or [bottom + 1]
    places = {address: (lines[0], column) for address, (column, _) in columns.items()}
    doubts = {
        address: tuple((row, column) for row in lines)
        for address, (column, _) in columns.items()
        if len(lines) > 1
    }
    heads = {address: (row, column) for address, (column, row) in columns.items()}
    top = min(heading.row for heading in headings)
    ignored = dict(
        _ignored(labels, range(top, bottom + 1), lines[0], {column for column, _ in columns.values()})
    )
    return BlockCopy(labels.sheet, places, groups, heads, doubts, ignored)


def _assigned(
    block: FormBlock, groups: dict[str, Position], headings: list[_Heading]
) -> dict[str, tuple[int, int]]:
    """Column and header line by address; empty where a label cannot be given to one group for certain."""
    sets = _whole_sets(block, groups, headings) or _sets_from_left(block, groups, headings)
    cells = {(cell.row.id, cell.column.id): cell.address for row in block.cells for cell in row}
    return {
        cells[group, heading.line]: (heading.column, heading.row)
        for group, run in sets.items()
        for heading in run
    }


def _whole_sets(
    block: FormBlock, groups: dict[str, Position], headings: list[_Heading]
) -> dict[str, list[_Heading]]:
    """The headings in whole sets, left to right, each with the one group that stands over it; else empty."""
    width = len(block.cells[0])
    runs = [headings[start : start + width] for start in range(0, len(headings), width)]
    if len(runs) != len(block.cells) or any(len({one.line for one in run}) < width for run in runs):
        return {}
    sets: dict[str, list[_Heading]] = {}
    for run, until in zip(runs, [*(run[0].column for run in runs[1:]), RIGHT_END], strict=True):
        over = [group for group, place in groups.items() if run[0].column <= place[1] < until]
        if len(over) != 1:
            return {}
        sets[over[0]] = run
    return sets


def _sets_from_left(
    block: FormBlock, groups: dict[str, Position], headings: list[_Heading]
) -> dict[str, list[_Heading]]:
    """The headings from each group's label up to the next one's, where that leaves no doubt; else empty.

    For tables that lack a column: every heading must fall to a group, in the form's order and once.
    """
    order = [cell.column.id for cell in block.cells[0]]
    starts = sorted((place[1], group) for group, place in groups.items())
    if not starts or not headings or headings[0].column < starts[0][0]:
        return {}
    sets: dict[str, list[_Heading]] = {}
    for (start, group), (until, _) in pairwise((*starts, (RIGHT_END, ""))):
        sets[group] = [heading for heading in headings if start <= heading.column < until]
        ranks = [order.index(heading.line) for heading in sets[group]]
        if any(later <= earlier for earlier, later in pairwise(ranks)):
            return {}
    return sets


def _line_of_figures(labels: Labels, columns: list[int], top: int, last: int) -> list[int]:
    """The line under the header that holds the figures: several where that is not certain, none if blank."""
    sheet = labels.sheet
    counts = {
        row: sum((row, column) in sheet.cells or (row, column) in sheet.uncached for column in columns)
        for row in range(top, min(last, top + DEEPEST_GAP) + 1)
    }
    full = [row for row, count in counts.items() if 2 * count >= len(columns)]
    return full or [row for row, count in counts.items() if count and not _is_prose(labels, row)][:1]


def _ignored(labels: Labels, header: range, line: int, taken: set[int]) -> Iterator[tuple[Position, str]]:
    """Columns headed by something the form does not know that hold something in the line of figures."""
    sheet = labels.sheet
    for row in header:
        for column in sheet.rows.get(row, ()):
            known = column in taken or (row, column) in labels.roles
            if not known and ((line, column) in sheet.cells or (line, column) in sheet.uncached):
                yield (row, column), str(sheet.cells[row, column]).strip()[:20]


def _is_prose(labels: Labels, row: int) -> bool:
    """Whether a line holds one text only, such as the check line under a table."""
    columns = labels.sheet.rows.get(row, ())
    return len(columns) == 1 and len(labels.sheet.texts.get((row, columns[0]), "")) > DEEPEST_HEADER
