"""Find a block whose rows lie side by side in one line of figures (``disputes``).

Each group's label stands above its own set of column labels. The sets are told apart by the labels' own
order; a centred, merged or unmerged group label must stand over its set.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model.form import FormBlock, FormTable
from pipeline.model.place import a1, column_letters
from pipeline.workbooks.copy import BlockCopy, BlockSearch, Crowd
from pipeline.workbooks.extent import Position
from pipeline.workbooks.number import NOT_APPLICABLE
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.vocabulary import Labels, Part, Role

DEEPEST_HEADER = 10
DEEPEST_GAP = 6
"""Lines between the column labels and the line of figures, at most."""

LONGEST_FIGURE = 10
"""Characters."""

RIGHT_END = 1 << 20

_DIGIT = re.compile(r"\d")


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
    at = {address: column for address, (column, _) in columns.items()}
    lines = _lines_of_figures(labels.sheet, sorted(at.values()), bottom + 1, last) or [bottom + 1]
    top = min(heading.row for heading in headings)
    return BlockCopy(
        sheet=labels.sheet,
        places={address: (lines[0], column) for address, column in at.items()},
        rows=groups,
        columns={address: (row, column) for address, (column, row) in columns.items()},
        ignored=dict(_ignored(labels, range(top, bottom + 1), lines[0], set(at.values()))),
        labelled=frozenset((*groups.values(), *((heading.row, heading.column) for heading in headings))),
        crowds=tuple(_crowds(table, labels, range(top, bottom + 1), lines, at)),
    )


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


def _lines_of_figures(sheet: Sheet, columns: list[int], top: int, last: int) -> list[int]:
    """The lines under the header that hold figures: more than one is a doubt, none a blank table.

    Any line with a number in these columns counts, unless a text between them shows that it is a remark.
    """
    found: list[int] = []
    written: list[int] = []
    for row in range(top, min(last, top + DEEPEST_GAP) + 1):
        places = [(row, column) for column in columns]
        count = sum(place in sheet.cells or place in sheet.uncached for place in places)
        if 2 * count >= len(columns) or (_has_figures(sheet, places) and not _has_remark(sheet, places)):
            found.append(row)
        elif count and not _is_prose(sheet, row):
            written.append(row)
    return found or written[:1]


def _has_figures(sheet: Sheet, places: Iterable[Position]) -> bool:
    return any(sheet.figure_at(place) for place in places)


def _has_remark(sheet: Sheet, places: Iterable[Position]) -> bool:
    return any(is_remark(sheet.texts.get(place, "")) for place in places)


def is_remark(text: str) -> bool:
    """Whether a text among figures shows that they are none."""
    text = text.strip()
    return bool(text) and text.lower() not in NOT_APPLICABLE and not _DIGIT.search(text)


def is_long(text: str) -> bool:
    """Whether a text alone in its line is prose, and no figure."""
    return len(text) > LONGEST_FIGURE


def _crowds(
    table: FormTable, labels: Labels, header: range, lines: list[int], at: Mapping[str, int]
) -> Iterator[Crowd]:
    """A second line of figures, or figures in columns without a label inside or right behind the table."""
    sheet, taken = labels.sheet, sorted(at.values())
    if len(lines) > 1:
        found = "、".join(f"第{line}行" for line in lines)
        yield Crowd((lines[0], taken[0]), f"{table.alias}的一行数", found, frozenset(at))
    beside = [
        (lines[0], column)
        for column in range(taken[0], taken[-1] + 2)
        if column not in taken and not any((row, column) in sheet.texts for row in header)
    ]
    doubled = [place for place in beside if sheet.figure_at(place)]
    if doubled:
        found = "、".join(a1(*place) for place in doubled)
        yield Crowd(doubled[0], f"{table.alias}没有标签的列", found, frozenset(at))


def _ignored(labels: Labels, header: range, line: int, taken: set[int]) -> Iterator[tuple[Position, str]]:
    """Columns that hold something in the line of figures and have another label, or none far to the right."""
    sheet = labels.sheet
    headed = {column for row, column in sheet.texts if row in header}
    for row in header:
        for column in sheet.rows.get(row, ()):
            known = column in taken or (row, column) in labels.roles or (row, column) not in sheet.texts
            if not known and ((line, column) in sheet.cells or (line, column) in sheet.uncached):
                yield (row, column), sheet.texts[row, column].strip()[:20]
    for column in sheet.rows.get(line, ()):
        if column > max(taken) + 1 and column not in headed and sheet.figure_at((line, column)):
            yield (line, column), f"{column_letters(column)}列"


def _is_prose(sheet: Sheet, row: int) -> bool:
    """Whether a line holds one text only, such as the check line under a table."""
    columns = sheet.rows.get(row, ())
    return len(columns) == 1 and is_long(sheet.texts.get((row, columns[0]), ""))
