"""The workbook being read, as findings speak of it."""

from msgspec import Struct

from pipeline.model.finding import Catalogue
from pipeline.model.place import CellPlace, a1
from pipeline.workbooks.extent import Position
from pipeline.workbooks.sheet import Sheet


class Source(Struct, frozen=True):
    """What findings say about where they come from: workbook and year; and the catalogue that words them."""

    workbook: str
    year: int
    catalogue: Catalogue

    def place(self, sheet: Sheet | None, row_column: Position | None = None) -> CellPlace:
        """A cell's place; "" for a sheet or cell that is not known."""
        return CellPlace(self.workbook, sheet.name if sheet else "", a1(*row_column) if row_column else "")
