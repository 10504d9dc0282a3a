"""The labels of a form as a reader meets them: which rows and columns a cell's text may name."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field

from pipeline.model.form import FormCell, FormLine, FormTable, StatutoryForm
from pipeline.model.number import NumberKind
from pipeline.workbooks.extent import Position
from pipeline.workbooks.label import bare_key, key, unit_in
from pipeline.workbooks.number import COUNT_WORDS
from pipeline.workbooks.sheet import Sheet

MOST_COPIES = 40
"""Two copies of a label are already a doubt; a sheet of thousands must not cost minutes."""


class Part(StrEnum):
    """What a label names."""

    ROW = "row"
    COLUMN = "column"
    OTHER = "other"
    """A group of rows or columns, a band, a corner: known, but leading to no figure by itself."""


class Role(NamedTuple):
    """A label's meaning: the table, which of its blocks, and the id of the row or column."""

    table: str
    block: int
    part: Part
    line: str


class Vocabulary(Struct, frozen=True):
    """Every label of a form by its key; ``bare`` by the key without the number in front."""

    exact: dict[str, frozenset[Role]] = field(default_factory=dict)
    bare: dict[str, frozenset[Role]] = field(default_factory=dict)
    lines: dict[str, frozenset[Role]] = field(default_factory=dict)
    """Every row and column of a table, by its id."""

    money: set[Role] = field(default_factory=set)
    """The rows and columns that hold an amount."""

    def roles(self, text: str) -> frozenset[Role]:
        """What a text may name; a text that is some label to the letter names nothing else.

        A label with a unit of money, 万 or % names only what holds an amount: a count in 万 is not read.
        """
        found = self.exact.get(key(text)) or self.bare.get(bare_key(text)) or frozenset()
        return found if not found or unit_in(text) in ("", *COUNT_WORDS) else found & self.money


def vocabulary(form: StatutoryForm) -> Vocabulary:
    """The labels of a form."""
    found = Vocabulary()
    for cell in form.cells.values():
        if cell.kind in (NumberKind.YUAN, NumberKind.WAN):
            found.money.update(_roles_of(form, cell))
    for role, label in _labels(form):
        for index, name in ((found.exact, key(label)), (found.bare, bare_key(label))):
            index[name] = index.get(name, frozenset()) | {role}
        if role.part is not Part.OTHER:
            found.lines[role.table] = found.lines.get(role.table, frozenset()) | {role}
    return found


def _roles_of(form: StatutoryForm, cell: FormCell) -> set[Role]:
    """A cell's row and column."""
    return {
        Role(table.id, number, part, line.id)
        for table in form.tables
        for number, block in enumerate(table.blocks)
        if any(cell in row for row in block.cells)
        for part, line in ((Part.ROW, cell.row), (Part.COLUMN, cell.column))
    }


def _labels(form: StatutoryForm) -> Iterator[tuple[Role, str]]:
    for table in form.tables:
        yield Role(table.id, -1, Part.OTHER, ""), form.sections[table.section - 1]
        for number, block in enumerate(table.blocks):
            for label in (block.band, block.corner):
                if label:
                    yield Role(table.id, number, Part.OTHER, ""), label
            yield from _line_labels(table, number, Part.ROW, [row[0].row for row in block.cells])
            yield from _line_labels(table, number, Part.COLUMN, [cell.column for cell in block.cells[0]])


def _line_labels(
    table: FormTable, number: int, part: Part, lines: Iterable[FormLine]
) -> Iterator[tuple[Role, str]]:
    for line in lines:
        for label in (*("".join(line.path[start:]) for start in range(len(line.path))), *line.also):
            yield Role(table.id, number, part, line.id), label
        for group in line.path[:-1]:
            yield Role(table.id, number, Part.OTHER, ""), group


class Labels(Struct, frozen=True):
    """The labels found on one sheet, by what they name."""

    sheet: Sheet
    places: dict[Role, list[Position]]
    roles: dict[Position, frozenset[Role]]
    lines: dict[str, frozenset[Role]]

    def of(self, role: Role) -> list[Position]:
        """Where a row or column is named, top to bottom."""
        return self.places.get(role, [])

    def share(self, table: FormTable) -> float:
        """Which part of a table's rows and columns this sheet names, 0 to 1."""
        lines = self.lines[table.id]
        return len(lines & self.places.keys()) / len(lines)


def labels_on(sheet: Sheet, words: Vocabulary) -> Labels:
    """The labels of a form on a sheet; of one that stands there over and over, the first ones only."""
    roles: dict[Position, frozenset[Role]] = {}
    places: dict[Role, list[Position]] = {}
    counts: Counter[frozenset[Role]] = Counter()
    for place, text in sheet.texts.items():
        found = words.roles(text)
        if found and counts[found] < MOST_COPIES:
            counts[found] += 1
            roles[place] = found
            for role in found:
                places.setdefault(role, []).append(place)
    return Labels(sheet, places, roles, words.lines)
