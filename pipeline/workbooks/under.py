"""Find a block whose row labels stand at the left and whose column labels stand above.

The columns of a row are those of the nearest header above it and to its right. Whatever lets another table's
labels come between, or names a column twice in that header, is not certain and counts as not found.
"""

from collections.abc import Collection, Mapping
from typing import TypeAlias

from pipeline.model.form import FormBlock, FormTable
from pipeline.workbooks.copy import BlockCopy, BlockSearch, spot
from pipeline.workbooks.extent import Position
from pipeline.workbooks.foreign import ignored_columns, ignored_rows, told_columns, unlabelled_columns
from pipeline.workbooks.label import is_longer
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.vocabulary import Labels, Part, Role

DEEPEST_HEADER = 10
"""Lines between the highest and the lowest column label, inserted ones included."""
UNIT_LENGTH = 4
"""A longer text between a row's label and its figures is a label itself: the first one names a group."""

_Header: TypeAlias = tuple[tuple[str, Position | None], ...]


def search_under(table: FormTable, number: int, sheets: list[Labels]) -> BlockSearch:
    """Every copy of a table's block on these sheets."""
    block = table.blocks[number]
    copies: list[BlockCopy] = []
    seen: set[str] = set()
    for labels in sheets:
        rows = [row[0].row.id for row in block.cells]
        seen |= {row for row in rows if labels.of(Role(table.id, number, Part.ROW, row))}
        lines = {place[0] for row in rows for place in labels.of(Role(table.id, number, Part.ROW, row))}
        by_header: dict[_Header, dict[str, list[Position]]] = {}
        for row in rows:
            for place in labels.of(Role(table.id, number, Part.ROW, row)):
                header = _header(table, number, labels, place, lines)
                if header and not _names_a_group(labels.sheet, place, header):
                    by_header.setdefault(header, {}).setdefault(row, []).append(place)
        copies += (_copy(block, labels, header, found) for header, found in by_header.items())
    copies.sort(key=lambda copy: -len(copy.places))
    return BlockSearch(block, tuple(copies), frozenset(seen))


def _header(table: FormTable, number: int, labels: Labels, row: Position, lines: Collection[int]) -> _Header:
    """The column labels that govern a row label, () where there are none."""
    found = tuple(
        (cell.column.id, _nearest(labels, Role(table.id, number, Part.COLUMN, cell.column.id), row, lines))
        for cell in table.blocks[number].cells[0]
    )
    heads = [place[0] for _, place in found if place]
    if not heads or max(heads) - min(heads) > DEEPEST_HEADER:
        return ()
    return () if _foreign_between(table, number, labels, min(heads), row[0]) else found


def _nearest(labels: Labels, role: Role, row: Position, lines: Collection[int]) -> Position | None:
    """The nearest place of a column's label above a row and right of it, not in a line of figures itself."""
    above = [
        place
        for place in labels.of(role)
        if place[0] < row[0] and place[1] > row[1] and place[0] not in lines
    ]
    if not above:
        return None
    nearest = [place for place in above if place[0] == above[-1][0]]
    return nearest[0] if len(nearest) == 1 else None


def _foreign_between(table: FormTable, number: int, labels: Labels, top: int, bottom: int) -> bool:
    """Whether labels of another header stand between a header and a row it should govern."""
    return any(
        top <= place[0] < bottom and not any(_belongs(role, table, number) for role in roles)
        for place, roles in labels.roles.items()
    )


def _belongs(role: Role, table: FormTable, number: int) -> bool:
    if role.table != table.id:
        return False
    return role.block == number or role.part is not Part.COLUMN


def _names_a_group(sheet: Sheet, row: Position, header: _Header) -> bool:
    first = min(place[1] for _, place in header if place)
    return any(
        row[1] < column < first and is_longer(sheet.texts.get((row[0], column), ""), UNIT_LENGTH)
        for column in sheet.rows[row[0]]
    )


def _copy(block: FormBlock, labels: Labels, header: _Header, rows: Mapping[str, list[Position]]) -> BlockCopy:
    columns = {column: place for column, place in header if place}
    places: dict[str, Position] = {}
    doubts: dict[str, tuple[Position, ...]] = {}
    for line in block.cells:
        for cell in line:
            if cell.row.id not in rows or cell.column.id not in columns:
                continue
            column = columns[cell.column.id]
            found = [spot(labels.sheet, row, column) for row in rows[cell.row.id]]
            places[cell.address] = found[0][0]
            rivals = found[0][1] or tuple(place for place, _ in found)
            if len(rivals) > 1:
                doubts[cell.address] = rivals
    first = {row: found[0] for row, found in rows.items()}
    beside = unlabelled_columns(labels.sheet, first, columns)
    crowds, strays = told_columns(block, columns, beside, len(first))
    ignored = {
        **dict(ignored_columns(labels, first, columns)),
        **dict(ignored_rows(labels, first, columns)),
        **strays,
    }
    labelled = frozenset(place for found in (*rows.values(), columns.values()) for place in found)
    return BlockCopy(labels.sheet, places, first, columns, doubts, ignored, labelled, crowds)
