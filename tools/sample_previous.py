"""Last year's 汇总底稿, written by the program itself from last year's made-up figures."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from pipeline.consolidate import consolidate
from pipeline.model.indicator import Indicator
from pipeline.model.number import plain
from pipeline.model.place import CellPlace
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Cell, Cover, Submission
from pipeline.workbooks.ledger import ledger_workbook
from sample_year import SampleYear

PUBLISHED = datetime.date(2020, 1, 20)
"""The date in the ledger's properties."""


def previous_ledger(
    sample: SampleYear, roster: Roster, indicators: Sequence[Indicator], organ: str, year: int
) -> bytes:
    """The ledger of ``year``, the year before the sample's, as .xlsx."""
    submissions = {
        agency.code: _submission(agency, sample.last_year[agency.code], year) for agency in roster.agencies
    }
    sums = consolidate(sample.form, indicators, roster, submissions)
    return ledger_workbook(
        sums, submissions, roster, sample.form, indicators, organ=organ, year=year, date=PUBLISHED
    )


def _submission(agency: Agency, values: dict[str, int], year: int) -> Submission:
    """An agency's figures of last year; the workbook they stood in is not kept."""
    workbook = f"{agency.name}{year}年政府信息公开年报报送表.xlsx"
    place = CellPlace(workbook, "", "")
    cells = {
        address: Cell(address, plain(Decimal(number)), Decimal(number), place)
        for address, number in values.items()
    }
    return Submission(workbook, Cover(agency=agency.name, code=agency.code, year=year), cells)
