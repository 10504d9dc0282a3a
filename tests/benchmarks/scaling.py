"""Rows: memory as the number of agencies grows, and Dask against the pool."""

from benchmarks.clock import program
from benchmarks.handed import working
from benchmarks.row import Pairs, Rows, at_most, pairs, within
from benchmarks.stage import Stage

ROWS = Rows()
FEW, MANY = 100, 4000


def _largest(stage: Stage, size: int) -> float:
    return program(stage.city(size), "build", "-q")().mebibytes


@ROWS.add("`build`, largest process: 4,000 agencies more than 100", "", at_most(10, "MiB"), at_most(2, "MiB"))
def memory(stage: Stage) -> Pairs:
    """One run of each; what 4,000 take more than 100."""
    return Pairs([_largest(stage, MANY) - _largest(stage, FEW)], unit="MiB")


@ROWS.add(
    "100 agencies' reports by Dask, two workers",
    "the pool, two processes, equal batches",
    within(1.05),
    within(1.02),
)
def dask(stage: Stage) -> Pairs:
    """By the clock on the wall, the workers' tools ready from the uncounted round on."""
    city = stage.city(FEW)
    with working(city, "dask") as shared, working(city, "pool") as forked:
        return pairs(stage.rounds(shared, forked), by="wall")
