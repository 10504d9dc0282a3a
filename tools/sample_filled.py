"""The real blank workbook, filled in as a clerk fills it in: numbers and texts typed into the input cells."""

import datetime
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from openpyxl import Workbook, load_workbook

from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.place import a1
from pipeline.model.roster import Agency
from pipeline.model.submission import Cover
from pipeline.workbooks.blank import filled_workbook
from pipeline.workbooks.saving import saved
from pipeline.workbooks.statutory import TOP
from sample_clerks import Clerk
from sample_typing import typed

FILLED_IN = datetime.date(2021, 1, 8)
"""The date in the workbooks' properties."""


class Return(Struct, frozen=True):
    """What one agency hands in: its figures of the year by address, and how its clerk writes them down."""

    agency: Agency
    year: int
    form: StatutoryForm
    indicators: Sequence[Indicator]
    values: Mapping[str, int]
    clerk: Clerk
    version: int

    @property
    def numbers(self) -> dict[str, Decimal]:
        """The figures as Decimal, with the indicator that is not added up where the clerk gave it."""
        numbers = {address: Decimal(number) for address, number in self.values.items()}
        if self.clerk.satisfaction:
            numbers["indicators.satisfaction"] = Decimal(self.clerk.satisfaction)
        return numbers

    @property
    def entries(self) -> dict[str, Decimal | str]:
        """What the clerk typed into each cell of the statutory tables that is not a total.

        Where the blank's live totals stand, their addends are plain numbers: SUM passes over texts.
        """
        cells, ways = self.form.cells, self.clerk.ways
        added = set() if self.clerk.tables else self._addends
        return {
            address: typed(cells[address], self.values[address], () if address in added else ways, place)
            for place, address in enumerate(self.form.inputs)
        }

    @property
    def _addends(self) -> set[str]:
        return {term.address for total in self.form.computed.values() for term in total.right}

    @property
    def cover(self) -> Cover:
        """Version, names and phone; the names are plainly made up."""
        number = self.agency.contact.removeprefix("样例联系人")
        return Cover(
            version=self.version,
            filled_by=f"样例填报人{number}",
            reviewed_by=f"样例审核人{number}",
            phone=self.agency.phone,
        )


def filled(given: Return) -> bytes:
    """The blank workbook of this agency, filled in."""
    texts = {int(section): text for section, text in given.clerk.texts.items()}
    content = filled_workbook(
        given.agency,
        given.year,
        given.form,
        given.indicators,
        values=given.numbers,
        texts=texts,
        date=FILLED_IN,
        cover=given.cover,
    )
    workbook = load_workbook(io.BytesIO(content))
    _type(workbook, given)
    return saved(workbook, workbook.properties.title or "", FILLED_IN)


def _type(workbook: Workbook, given: Return) -> None:
    """Put the clerk's own way of writing into the cells; plain numbers stay as they are."""
    for table in given.form.tables:
        for cell in table.grid.cells:
            entry = given.entries.get(cell.address or "")
            if isinstance(entry, str):
                place = workbook[table.alias][a1(TOP + cell.row, 1 + cell.column)]
                place.value = entry
                place.data_type = "s"
