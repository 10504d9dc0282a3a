"""Rows: reading, checking and adding up."""

import io
from functools import partial

import openpyxl
import python_calamine

from benchmarks.clock import Run, after, warm
from benchmarks.row import Pairs, Rows, faster, pairs, within
from benchmarks.stage import TODAY, Stage, cleared
from pipeline.consolidate import consolidate
from pipeline.run import examine, take_in
from pipeline.workbooks.sheet import open_workbook

ROWS = Rows()
FILES, FEWER = 500, 100


def bare(content: bytes) -> None:
    """Every cell of every sheet, by calamine and nothing else."""
    workbook = python_calamine.load_workbook(io.BytesIO(content))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()


@ROWS.add("read + guard, a workbook", "bare calamine", within(2.0), within(1.6))
def guard(stage: Stage) -> Pairs:
    """Guarded reading of 500 workbooks against calamine's."""
    contents = stage.contents(FILES)
    rounds = stage.rounds(
        warm(lambda: [open_workbook(content) for content in contents]),
        warm(lambda: [bare(content) for content in contents]),
    )
    return pairs(rounds, each=(FILES, FILES))


def checked(stage: Stage) -> Run:
    """All that ``check`` finds in 500 workbooks, one process, nothing kept from before."""
    inputs, city = stage.inputs(FILES), stage.city(FILES)
    return after(partial(cleared, city), warm(lambda: examine(inputs, TODAY)))


@ROWS.add("read + guard + check + sum, a workbook", "bare calamine", within(3.5), within(2.6))
def check(stage: Stage) -> Pairs:
    """Against calamine's reading of the same."""
    ours, contents = checked(stage), stage.contents(FILES)
    return pairs(
        stage.rounds(ours, warm(lambda: [bare(content) for content in contents])), each=(FILES, FILES)
    )


@ROWS.add("read + guard + check + sum, a workbook", "openpyxl load", faster(20), faster(30))
def check_openpyxl(stage: Stage) -> Pairs:
    """Against openpyxl's loading of 100 of them."""
    ours, contents = checked(stage), stage.contents(FILES)[:FEWER]
    load = warm(lambda: [openpyxl.load_workbook(io.BytesIO(content), data_only=True) for content in contents])
    return pairs(stage.rounds(ours, load), each=(FILES, FEWER))


@ROWS.add("consolidation, an agency", "reading it", within(0.05), within(0.01))
def consolidation(stage: Stage) -> Pairs:
    """Adding up 500 submissions against reading them."""
    inputs, city, received = stage.inputs(FILES), stage.city(FILES), []

    def read() -> None:
        received[:] = [take_in(inputs)]

    def added() -> None:
        consolidate(inputs.form, inputs.indicators, inputs.roster, received[0].counted)

    reading = after(partial(cleared, city), warm(read))
    rounds = [(adding, taking) for taking, adding in stage.rounds(reading, warm(added))]
    return pairs(rounds, each=(FILES, FILES))
