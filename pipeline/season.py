"""Which years are due: those whose report is being made these days."""

import datetime
from pathlib import Path

from msgspec import Struct

from pipeline.errors import OperatorError
from pipeline.settings import Settings
from pipeline.workspace import YEAR, Workspace

AHEAD = datetime.timedelta(days=30)
"""So long before the deadline a season begins, where that is earlier than New Year."""


class Season(Struct, frozen=True):
    """The days, first and last included, on which a year's report is being made."""

    year: int
    first: datetime.date
    last: datetime.date

    def holds(self, day: datetime.date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last


def season(year: int, settings: Settings | None) -> Season:
    """From 1 January after the year to 31 March, the day of the law (条例 Art. 50).

    It begins 30 days before the deadline where that is earlier, and lasts to the dates of report.toml where
    they are later. Without settings, since they cannot be read, it is the law's.
    """
    first, last = datetime.date(year + 1, 1, 1), datetime.date(year + 1, 3, 31)
    if settings is None:
        return Season(year, first, last)
    dates = [day for day in (settings.deadline, settings.correct_by, settings.date) if day]
    if settings.deadline:
        first = min(first, settings.deadline - AHEAD)
    return Season(year, first, max(last, *dates) if dates else last)


def seasons(root: Path) -> tuple[Season, ...]:
    """The season of every year that has a folder, in order; OperatorError (input) where there is none."""
    Workspace.at(root, None)
    years = sorted(int(path.name) for path in (root / "inputs").iterdir() if YEAR.fullmatch(path.name))
    return tuple(season(year, _settings(Workspace(root, year))) for year in years)


def _settings(workspace: Workspace) -> Settings | None:
    try:
        return workspace.settings()
    except OperatorError:
        return None
