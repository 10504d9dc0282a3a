"""Rows apart: 30,000 agencies in one run on this machine, and what that says of 300,000."""

from functools import cache, partial

from benchmarks.clock import Cost, after, in_turn, program, warm
from benchmarks.row import Pairs, Rows
from benchmarks.stage import Stage, cleared
from pipeline.run import take_in

ROWS = Rows()
AGENCIES, NATION, FEW = 30_000, 300_000, 500
HERE = 2
"""This machine's cores."""
CORES, SCHEDULER, AGENCIES_A_TASK = 64, 0.002, 150
"""A cluster's cores; seconds the scheduler takes for a task (PERF); agencies in one."""


@cache
def whole(stage: Stage) -> Cost:
    """One ``build``: read, checked, added up, ledger, review, report, all read back."""
    return program(stage.city(AGENCIES), "build", "-q")()


@ROWS.add("30,000 agencies: `build`, end to end")
def nation_time(stage: Stage) -> Pairs:
    """One run."""
    return Pairs([whole(stage).wall], unit="s")


@ROWS.add("30,000 agencies: `build`, CPU")
def nation_cpu(stage: Stage) -> Pairs:
    """The same run."""
    return Pairs([whole(stage).cpu], unit="s CPU")


@ROWS.add("30,000 agencies: `build`, largest process")
def nation_memory(stage: Stage) -> Pairs:
    """The same run."""
    return Pairs([whole(stage).mebibytes], unit="MiB")


@cache
def reading(stage: Stage) -> float:
    """CPU seconds to read one workbook: what a cluster shares out."""
    inputs = stage.inputs(FEW)
    run = after(partial(cleared, stage.city(FEW)), warm(lambda: take_in(inputs)))
    return in_turn([run], 3)[-1][0].cpu / FEW


@cache
def reports(stage: Stage) -> float:
    """CPU seconds of an agency's own two files, read back, in a run of 500 with all its fixed costs."""
    return program(stage.city(FEW), "agencies", "-q", "--jobs", str(HERE))().cpu / FEW


def clustered(seconds: float) -> float:
    """Minutes that so many seconds of CPU take where they are shared out, the scheduler's own work beside it."""
    return max(seconds / CORES, SCHEDULER * NATION / AGENCIES_A_TASK) / 60


@ROWS.add("estimate: 300,000 agencies, `build`, this machine (linear)")
def nation_here(stage: Stage) -> Pairs:
    """Ten times as long."""
    return Pairs([whole(stage).wall * NATION / AGENCIES / 60], unit="min")


@ROWS.add("estimate: 300,000 agencies, `build`, reading on 64 cores, the rest on one")
def nation_cluster(stage: Stage) -> Pairs:
    """Reading shared out; checking, adding up, ledger and review as here, ten times as long."""
    rest = max(whole(stage).cpu - reading(stage) * AGENCIES, 0) * NATION / AGENCIES
    return Pairs([clustered(reading(stage) * NATION) + rest / 60], unit="min")


@ROWS.add("estimate: 300,000 agencies' own reports, read back, this machine")
def nation_reports(stage: Stage) -> Pairs:
    """From 500, by CPU, both cores busy."""
    return Pairs([reports(stage) * NATION / HERE / 60], unit="min")


@ROWS.add("estimate: 300,000 agencies' own reports, read back, 64 cores")
def nation_reports_cluster(stage: Stage) -> Pairs:
    """The same shared out."""
    return Pairs([clustered(reports(stage) * NATION)], unit="min")
