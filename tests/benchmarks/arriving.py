"""Rows: what may arrive in place of a workbook, and what the worst of it costs ``check`` of an office of three."""

from functools import cache

from benchmarks.row import Pairs, Rows, at_most
from benchmarks.stage import Stage
from kit.arrivals import ARRIVALS, MEASURED_LIMITS, measured, replace_submission
from kit.invented import form, indicators
from kit.office import open_office

ROWS = Rows()
SECONDS, MEBIBYTES = MEASURED_LIMITS


@cache
def costs(stage: Stage) -> dict[str, tuple[int, float]]:
    """Peak MiB and CPU seconds of a whole check, by what arrived."""
    office = open_office(stage.folder / "three", form(), indicators())
    found = {}
    for odd in (one for one in ARRIVALS if one.worst):
        replace_submission(office, odd)
        _, mebibytes, seconds = measured(office)
        found[odd.what] = (mebibytes, seconds)
    return found


@ROWS.add("`check`, the slowest of the hostile files", "", at_most(SECONDS, "s CPU"))
def hostile_time(stage: Stage) -> Pairs:
    """Whole processes, one run each."""
    return Pairs([max(seconds for _, seconds in costs(stage).values())], unit="s CPU")


@ROWS.add("`check`, the largest of the hostile files", "", at_most(MEBIBYTES, "MiB"))
def hostile_memory(stage: Stage) -> Pairs:
    """Whole processes, one run each."""
    return Pairs([max(mebibytes for mebibytes, _ in costs(stage).values())], unit="MiB")
