"""Rows: starting, the sample year, and a night without news."""

import sys
from functools import partial

from benchmarks.clock import OFFICE, after, process, program
from benchmarks.row import Pairs, Rows, pairs, within
from benchmarks.stage import Stage, cleared

ROWS = Rows()


@ROWS.add("`make-report --help`", '`python -c "import click"`', within(1.5), within(1.1))
def help(stage: Stage) -> Pairs:  # noqa: A001 - the row's name
    """Whole processes."""
    rounds = stage.rounds(program(stage.folder, "--help"), process([sys.executable, "-c", "import click"]))
    return pairs(rounds)


LOADED = """
from pathlib import Path
from openpyxl import load_workbook
for path in Path("inputs").rglob("submissions/**/*.xlsx"):
    load_workbook(path, data_only=True)
"""
"""What any script does first."""


@ROWS.add("sample year (52 agencies): `build`", "openpyxl load of its .xlsx", within(0.7), within(0.5))
def sample_build(stage: Stage) -> Pairs:
    """Read, checked, printed, read back, recorded, the first time; whole processes."""
    built = after(partial(cleared, stage.sample), program(stage.sample, "build", "-q"))
    return pairs(stage.rounds(built, process([sys.executable, "-c", OFFICE + LOADED], stage.sample)))


@ROWS.add("sample year: `check`", "")
def sample_check(stage: Stage) -> Pairs:
    """Read and checked; the first time."""
    run = after(partial(cleared, stage.sample), program(stage.sample, "check", "-q"))
    return Pairs([cost.cpu * 1000 for (cost,) in stage.rounds(run)])


@ROWS.add("sample year: `batch` with nothing new", "`batch` for the first time")
def batch_again(stage: Stage) -> Pairs:
    """The second night, against the first; batch ends 0 where nothing is left to do."""
    night = program(stage.sample, "batch", "-y", "2020", "-q")
    rounds = stage.rounds(after(partial(cleared, stage.sample), night), night)
    return pairs([(second, first) for first, second in rounds])
