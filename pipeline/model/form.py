"""A statutory form: its tables, cells and rules, for the years one notice governs."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from pipeline.model.grid import Grid
from pipeline.model.number import NumberKind
from pipeline.model.rule import Identity, Rule


class FormLine(Struct, frozen=True):
    """A row or a column of a table: id, Chinese alias, the labels that lead to it, and labels also accepted.

    ``path`` runs from the outer label to the inner one: ("法人或其他组织", "商业企业"). ``also`` holds other
    wordings of the innermost label seen in the wild.
    """

    id: str
    alias: str
    path: tuple[str, ...]
    also: tuple[str, ...] = ()


class FormCell(Struct, frozen=True):
    """One figure of the form. ``address`` is ``table.row.column``, ``alias`` the same in Chinese."""

    address: str
    alias: str
    kind: NumberKind
    table: str
    row: FormLine
    column: FormLine

    @property
    def words(self) -> str:
        """The cell in words, as an office reads it: 行政许可·本年增/减."""
        return "·".join((*self.row.path[-1:], *self.column.path[-1:]))


class FormBlock(Struct, frozen=True):
    """A part of a table with its own column labels: rows under columns, a figure at every crossing.

    ``band`` is the centred line above it (empty for none), ``corner`` the text above its row labels. Where
    ``across`` is set (``disputes``) the rows lie side by side in one line of figures: each row's label path
    stands above its columns', and there are no row labels at the left.
    """

    band: str
    corner: str
    across: bool
    cells: tuple[tuple[FormCell, ...], ...]
    """Row by row; every row has the block's columns in order."""


class Subtotal(Struct, frozen=True):
    """A sum the narrative speaks of and no cell holds, such as all of （三）不予公开."""

    address: str
    alias: str
    label: str
    cells: tuple[str, ...]


class FormTable(Struct, frozen=True):
    """A statutory table: where it stands in the report, its blocks, and its one empty Grid."""

    id: str
    alias: str
    section: int
    """The report section (1 to 6) whose table this is."""
    blocks: tuple[FormBlock, ...]
    grid: Grid

    @property
    def cells(self) -> tuple[FormCell, ...]:
        """Every figure cell, in reading order."""
        return tuple(cell for block in self.blocks for row in block.cells for cell in row)


class StatutoryForm(Struct, frozen=True, dict=True):
    """One edition of the law's form: sections' titles, tables and rules, with its notice and years."""

    edition: str
    notice: str
    first_year: int
    last_year: int | None
    sections: tuple[str, ...]
    """The six section titles, numbered as the law numbers them (一、总体情况)."""
    parts: tuple[str, ...]
    """The five parts the notice names under section one."""
    tables: tuple[FormTable, ...]
    rules: tuple[Rule, ...]
    subtotals: tuple[Subtotal, ...] = ()

    def governs(self, year: int) -> bool:
        """Whether the notice is in force for reports of ``year``."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @cached_property
    def cells(self) -> Mapping[str, FormCell]:
        """Every figure cell by address, in reading order."""
        return {cell.address: cell for table in self.tables for cell in table.cells}

    def words(self, address: str) -> str:
        """An address in words, its Chinese name; the address itself where it is no cell of the form."""
        return self.cells[address].alias if address in self.cells else address

    @cached_property
    def cells_by_subtotal(self) -> Mapping[str, tuple[str, ...]]:
        """The cells of each subtotal, by its address."""
        return {subtotal.address: subtotal.cells for subtotal in self.subtotals}

    @cached_property
    def computed(self) -> Mapping[str, Identity]:
        """The cells that are totals, each with the first identity that defines it."""
        found: dict[str, Identity] = {}
        for rule in self.rules:
            if rule.computes:
                for identity in rule.identities:
                    found.setdefault(identity.focus, identity)
        return found

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The addresses a clerk fills in: every cell that is not a total."""
        return tuple(address for address in self.cells if address not in self.computed)
