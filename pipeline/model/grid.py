"""One format-neutral table for Word, PDF, HTML and Excel: cells with text, role and span."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from msgspec import Struct


class CellRole(StrEnum):
    """What a grid cell is to its reader; writers derive alignment, header scope and shading from it."""

    BAND = "band"
    """A centred line across the table, such as 第二十条第（一）项."""
    CORNER = "corner"
    """The cell above the row labels, left of the column labels."""
    HEAD = "head"
    """A column label."""
    STUB = "stub"
    """A row label."""
    FIGURE = "figure"
    """A number of the report; the only role with an address."""
    VOID = "void"
    """A cell the form leaves empty."""
    WORDS = "words"
    """A cell of running words, read from the left."""


class GridCell(NamedTuple):
    """A cell anchored at (row, column), counted from 0, spanning rows x columns of the grid.

    A report has 250 of its own, made for it alone.
    """

    row: int
    column: int
    rows: int
    columns: int
    role: CellRole
    text: str
    address: str | None = None


Place: TypeAlias = tuple[int, int, int, int, CellRole, str | None]
"""A cell's row, column, rows, columns, role and address."""
_PLACE: Callable[[GridCell], Place] = attrgetter("row", "column", "rows", "columns", "role", "address")


class GridPattern(NamedTuple):
    """What a grid is without its figures' texts: the same for every filling of a form."""

    id: str
    caption: str
    widths: tuple[int, ...]
    head: int
    places: tuple[Place, ...]
    texts: tuple[str, ...]
    """Of each cell, empty where it is a figure."""

    @property
    def grid(self) -> "Grid":
        """The grid whose figures are empty."""
        cells = (
            GridCell(row, column, rows, columns, role, text, address)
            for (row, column, rows, columns, role, address), text in zip(self.places, self.texts, strict=True)
        )
        return Grid(self.id, self.caption, self.widths, self.head, tuple(cells))


class Grid(Struct, frozen=True, dict=True):
    """A table: relative column widths, how many leading rows are repeated on each page, cells row-major.

    The cells cover every position of the grid exactly once (``forms.load`` proves it).
    """

    id: str
    caption: str
    widths: tuple[int, ...]
    head: int
    cells: tuple[GridCell, ...]

    @cached_property
    def pattern(self) -> GridPattern:
        """All but the figures' texts."""
        texts = ["" if cell.role is CellRole.FIGURE else cell.text for cell in self.cells]
        places = tuple(map(_PLACE, self.cells))
        return GridPattern(self.id, self.caption, self.widths, self.head, places, tuple(texts))

    @property
    def rows(self) -> int:
        """How many grid rows there are."""
        return max(cell.row + cell.rows for cell in self.cells)

    @property
    def columns(self) -> int:
        """How many grid columns there are."""
        return len(self.widths)

    def labels(self, cell: GridCell) -> tuple[GridCell, ...]:
        """What names a figure: the labels of its row, then those of its column, each from the outer one on.

        Of several blocks of column labels above it only the nearest counts.
        """
        stubs = (
            other
            for other in self.cells
            if other.role is CellRole.STUB and other.row <= cell.row < other.row + other.rows
        )
        return (*stubs, *self._column_labels(cell))

    def _column_labels(self, cell: GridCell) -> list[GridCell]:
        above = [
            other
            for other in self.cells
            if other.role is CellRole.HEAD
            and other.row < cell.row
            and other.column <= cell.column < other.column + other.columns
        ]
        labels: list[GridCell] = []
        for other in sorted(above, key=lambda label: label.row, reverse=True):
            if labels and other.row + other.rows != labels[0].row:
                break
            labels.insert(0, other)
        return labels

    def filled(self, texts: Mapping[str, str]) -> "Grid":
        """The same grid with the figure cells' texts taken by address; KeyError where one is missing."""
        cells = [
            cell
            if cell.address is None
            else GridCell(
                cell.row, cell.column, cell.rows, cell.columns, cell.role, texts[cell.address], cell.address
            )
            for cell in self.cells
        ]
        grid = Grid(self.id, self.caption, self.widths, self.head, tuple(cells))
        vars(grid)["pattern"] = self.pattern  # which is the same; every format asks for it
        return grid
