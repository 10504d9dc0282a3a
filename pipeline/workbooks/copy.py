"""One copy of a block as it stands on a sheet: where each figure is, and which are in doubt."""

from collections.abc import Collection, Mapping

from msgspec import Struct, field

from pipeline.model.form import FormBlock
from pipeline.workbooks.extent import Position
from pipeline.workbooks.sheet import Sheet


class Crowd(Struct, frozen=True):
    """Figures of which a whole column or line stands there more than once: told in one finding.

    ``place`` is where to look, ``words`` what is doubled, ``found`` the columns or lines; ``addresses`` the
    figures that cannot be read for it.
    """

    place: Position
    words: str
    found: str
    addresses: frozenset[str]


class BlockCopy(Struct, frozen=True):
    """Where the figures of a block stand on one sheet.

    ``places`` gives each figure found its cell, blank or not; ``columns`` and ``rows`` the places of the
    labels by line id; ``doubts`` the figures for which several cells would do, with those cells; ``ignored``
    the labels of columns and rows that hold something and are none of the form's, with their place;
    ``labelled`` every label that led to a figure; ``crowds`` the columns and lines that are doubled.
    """

    sheet: Sheet
    places: Mapping[str, Position]
    rows: Mapping[str, Position]
    columns: Mapping[str, Position]
    doubts: Mapping[str, tuple[Position, ...]] = field(default_factory=dict)
    ignored: Mapping[Position, str] = field(default_factory=dict)
    labelled: frozenset[Position] = frozenset()
    crowds: tuple[Crowd, ...] = ()

    def is_blank(self, totals: Collection[str]) -> bool:
        """Whether none of its figures is filled in; a formula counts, a total of nothing (0) does not."""
        return not any(
            bool(self.sheet.cells.get(place))
            if address in totals
            else place in self.sheet.cells or place in self.sheet.uncached
            for address, place in self.places.items()
        )


class BlockSearch(Struct, frozen=True):
    """What was found of a block: its copies, the fullest first, and the row labels seen anywhere."""

    block: FormBlock
    copies: tuple[BlockCopy, ...]
    rows_seen: frozenset[str]


def spot(sheet: Sheet, row: Position, column: Position) -> tuple[Position, tuple[Position, ...]]:
    """The cell at the crossing of a row's and a column's label, and the rivals where several hold something.

    A label merged over several columns or rows stands for all of them; its figure may stand in any one.
    """
    last_row, last_column = sheet.last(row)[0], sheet.last(column)[1]
    if (last_row, last_column) == (row[0], column[1]):
        return (row[0], column[1]), ()
    filled = tuple(
        (line, place)
        for line in range(row[0], min(last_row, row[0] + 50) + 1)
        for place in sheet.rows.get(line, ())
        if column[1] <= place <= last_column
    )
    return (filled[0] if filled else (row[0], column[1])), (filled if len(filled) > 1 else ())
