"""Rows and columns of a table that stand in the workbook with figures and belong to no copy that is read.

A copy whose header was retyped, or stands twice side by side, leads to no figure for certain; that it stands
there must not be forgotten while another copy is read in its place.
"""

from collections.abc import Collection, Iterator, Sequence

from pipeline.model.form import FormTable
from pipeline.workbooks.copy import BlockCopy
from pipeline.workbooks.extent import Position
from pipeline.workbooks.label import is_longer
from pipeline.workbooks.vocabulary import Labels, Part, Role

WHOLE = 0.5
"""A sheet that names this part of a table's rows and columns holds a copy: one stray row is a doubt."""
FEW = 3
"""On any other sheet, and for columns, so many strays are one."""
DEEPEST = 6
"""Lines under a column's label in which its figure may stand."""
LONGEST_UNIT = 4


def strays_on(
    labels: Labels, table: FormTable, read: Sequence[BlockCopy | None], accepted: Collection[BlockCopy]
) -> Position | None:
    """Where the first stray stands on a sheet, None where there are too few to matter.

    ``read`` has the copy of every block: only what it reads can stand there a second time. ``accepted`` are
    the copies that are read or say the same.
    """
    claimed = {place for copy in accepted if copy.sheet is labels.sheet for place in copy.labelled}
    rows: dict[Role, Position] = {}
    columns: dict[Role, Position] = {}
    for number, copy in enumerate(read):
        if copy is None:
            continue
        if table.blocks[number].across:
            columns |= dict(_columns(labels, table, number, claimed))
        else:
            rows |= dict(_rows(labels, table, number, copy.rows.keys(), claimed))
    enough = len(rows) >= (1 if labels.share(table) >= WHOLE else FEW)
    return min(rows.values()) if enough else min(columns.values()) if len(columns) >= FEW else None


def _rows(
    labels: Labels, table: FormTable, number: int, ids: Collection[str], claimed: Collection[Position]
) -> Iterator[tuple[Role, Position]]:
    """The row labels in question, the topmost of each last."""
    for line in ids:
        role = Role(table.id, number, Part.ROW, line)
        for place in reversed(labels.of(role)):
            if place not in claimed and _figure_beside(labels, place):
                yield role, place


def _columns(
    labels: Labels, table: FormTable, number: int, claimed: Collection[Position]
) -> Iterator[tuple[Role, Position]]:
    """The column labels in question, the topmost of each last."""
    for cell in table.blocks[number].cells[0]:
        role = Role(table.id, number, Part.COLUMN, cell.column.id)
        for place in reversed(labels.of(role)):
            if place not in claimed and _figure_below(labels, place):
                yield role, place


def _figure_beside(labels: Labels, place: Position) -> bool:
    """Whether a figure stands to the right of a label, before the next label."""
    sheet = labels.sheet
    row = place[0]
    uncached = (column for line, column in sheet.uncached if line == row)
    for column in sorted({*sheet.rows.get(row, ()), *uncached}):
        if column <= place[1]:
            continue
        if sheet.figure_at((row, column)):
            return True
        if (row, column) in labels.roles or is_longer(sheet.texts.get((row, column), ""), LONGEST_UNIT):
            return False
    return False


def _figure_below(labels: Labels, place: Position) -> bool:
    """Whether a figure stands under a label, before the next label."""
    for row in range(place[0] + 1, place[0] + DEEPEST + 1):
        if labels.sheet.figure_at((row, place[1])):
            return True
        if (row, place[1]) in labels.roles:
            return False
    return False
