"""Rows: memory as the number of agencies grows, and Dask against the pool."""

from benchmarks.clock import program
from benchmarks.row import Pairs, Rows, at_most
from benchmarks.stage import Stage

ROWS = Rows()
FEW, MANY = 100, 4000


def _largest(stage: Stage, size: int, *words: str) -> float:
    return program(stage.city(size), *words)().mebibytes


@ROWS.add("`build`, largest process: 4,000 agencies more than 100", "", at_most(10, "MiB"), at_most(2, "MiB"))
def memory(stage: Stage) -> Pairs:
    """One run of each; what 4,000 take more than 100."""
    return Pairs([_largest(stage, MANY, "build", "-q") - _largest(stage, FEW, "build", "-q")], unit="MiB")
