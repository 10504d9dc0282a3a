"""Rows: reading, checking and adding up."""

import io
from functools import partial
from hashlib import sha256
from itertools import chain

import openpyxl
import python_calamine
from msgspec.structs import replace

from benchmarks.clock import Run, after, warm
from benchmarks.row import Pairs, Rows, faster, pairs, within
from benchmarks.stage import TODAY, Stage, cleared
from kit.reception import Laid
from pipeline.check.body import Body
from pipeline.check.crossfooting import RuleBook, check_rules
from pipeline.check.fees import check_fees
from pipeline.check.plausibility import Watch, check_body
from pipeline.check.roster import Reception, receive
from pipeline.consolidate import consolidate
from pipeline.gather import YearInputs
from pipeline.model.submission import Arrival
from pipeline.opinion import agency_body
from pipeline.run import examine, take_in
from pipeline.workbooks.familiar import Memory
from pipeline.workbooks.read import Reader
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
    """Guarded reading of 500 workbooks, with the memory of a run that begins, against calamine's."""
    contents = stage.contents(FILES)

    def guarded() -> None:
        memory = Memory()
        for content in contents:
            open_workbook(content, memory)

    return beside_calamine(stage, warm(guarded))


def figures_checked(stage: Stage) -> Run:
    """500 workbooks and their figures, in one process, nothing kept from before, and for later nothing.

    By the program's own functions: each file is read (guard, cover, figures, texts taken out) and given to its
    agency, all are added up, each agency's figures and the sums are held against every rule, and it is looked
    whether they are plausible by themselves and beside section six. Not in it: what is wrong with texts,
    agencies held against each other, submissions laid down and kept for the next run, the reading process.
    """
    inputs = stage.inputs(FILES)
    book = RuleBook.of(inputs.year, inputs.form, inputs.indicators)
    watch = Watch(inputs.plausibility, book, inputs.catalogue)

    def checked() -> None:
        reception = received(inputs)
        sums = consolidate(inputs.form, inputs.indicators, inputs.roster, reception.counted)
        for agency in sums.counted:
            body = agency_body(agency, inputs, reception)
            sure = replace(body, doubtful=check_rules(body, book, inputs.catalogue).doubtful)
            tuple(chain(check_body(sure, watch), check_fees(sure, watch)))
        check_rules(Body("", sums.values()), book, inputs.catalogue)

    return warm(checked)


def received(inputs: YearInputs) -> Reception:
    """What ``intake.take_in`` gives, the submissions in memory."""
    reader, arrivals, submissions = Reader(inputs.asked), [], []
    for file in inputs.submissions:
        content = file.read()
        submission, findings = reader.read(content, file.path)
        cover = submission.cover if submission else None
        arrivals.append(Arrival(file.path, sha256(content).hexdigest(), cover, findings, ""))
        submissions.append(submission)
    return receive(arrivals, inputs.awaited, Laid(submissions))


def checked(stage: Stage) -> Run:
    """All that ``check`` finds in 500 workbooks, by one hand: what ``figures_checked`` does, and the rest.

    The rest: the process that reads, readings kept for the next run, sentences and blemishes of texts, agencies
    held against each other, the narrative.
    """
    inputs, city = stage.inputs(FILES), stage.city(FILES)
    return after(partial(cleared, city), warm(lambda: examine(inputs, TODAY)))


def beside_calamine(stage: Stage, ours: Run) -> Pairs:
    """What is done with 500 workbooks against calamine's reading of the same."""
    contents = stage.contents(FILES)
    return pairs(
        stage.rounds(ours, warm(lambda: [bare(content) for content in contents])), each=(FILES, FILES)
    )


def beside_openpyxl(stage: Stage, ours: Run) -> Pairs:
    """What is done with 500 workbooks against openpyxl's loading of 100 of them."""
    contents = stage.contents(FILES)[:FEWER]
    load = warm(lambda: [openpyxl.load_workbook(io.BytesIO(content), data_only=True) for content in contents])
    return pairs(stage.rounds(ours, load), each=(FILES, FEWER))


@ROWS.add("read + guard + figures checked + sum, a workbook", "bare calamine", within(3.5), within(2.6))
def figures(stage: Stage) -> Pairs:
    """Figures read, checked and added up, nothing kept, against calamine's reading."""
    return beside_calamine(stage, figures_checked(stage))


@ROWS.add("read + guard + figures checked + sum, a workbook", "openpyxl load", faster(20), faster(30))
def figures_openpyxl(stage: Stage) -> Pairs:
    """The same against openpyxl's loading."""
    return beside_openpyxl(stage, figures_checked(stage))


@ROWS.add("all that check finds, texts and peers too, a workbook", "bare calamine", stretch=within(3.5))
def check(stage: Stage) -> Pairs:
    """All that ``check`` does before it writes, against calamine's reading."""
    return beside_calamine(stage, checked(stage))


@ROWS.add("all that check finds, texts and peers too, a workbook", "openpyxl load", stretch=faster(20))
def check_openpyxl(stage: Stage) -> Pairs:
    """The same against openpyxl's loading."""
    return beside_openpyxl(stage, checked(stage))


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
