"""Rows: reading, checking and adding up."""

import io

import openpyxl
import python_calamine

from benchmarks.clock import warm
from benchmarks.row import Pairs, Rows, faster, pairs, within
from benchmarks.stage import TODAY, Stage
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


@ROWS.add("read + guard + check + sum, a workbook", "bare calamine", within(3.5), within(2.6))
def check(stage: Stage) -> Pairs:
    """All that ``check`` finds in 500 workbooks, one process, against calamine's reading of them."""
    inputs, contents = stage.inputs(FILES), stage.contents(FILES)
    rounds = stage.rounds(
        warm(lambda: examine(inputs, TODAY)), warm(lambda: [bare(content) for content in contents])
    )
    return pairs(rounds, each=(FILES, FILES))


@ROWS.add("read + guard + check + sum, a workbook", "openpyxl load", faster(20), faster(30))
def check_openpyxl(stage: Stage) -> Pairs:
    """The same of 500 against openpyxl's loading of 100 of them."""
    inputs, contents = stage.inputs(FILES), stage.contents(FILES)[:FEWER]
    rounds = stage.rounds(
        warm(lambda: examine(inputs, TODAY)),
        warm(lambda: [openpyxl.load_workbook(io.BytesIO(content), data_only=True) for content in contents]),
    )
    return pairs(rounds, each=(FILES, FEWER))


@ROWS.add("consolidation, an agency", "reading it", within(0.05), within(0.01))
def consolidation(stage: Stage) -> Pairs:
    """Adding up 500 submissions against reading them."""
    inputs = stage.inputs(FILES)
    counted = take_in(inputs).counted
    rounds = stage.rounds(
        warm(lambda: consolidate(inputs.form, inputs.indicators, inputs.roster, counted)),
        warm(lambda: take_in(inputs)),
    )
    return pairs(rounds, each=(FILES, FILES))
