"""Rows: whole runs from process start: 100 and 1,000 agencies, one process and two, one workbook changed."""

import sys
from collections.abc import Mapping
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import MappingProxyType, ModuleType

from benchmarks.clock import OFFICE, Cost, Run, after, each_of, process, program
from benchmarks.peers import naive, plain
from benchmarks.peers.plan import write_plan
from benchmarks.row import Pairs, Rows, faster, pairs, within
from benchmarks.stage import SAVED, SEED, TODAY, YEAR, Stage, cleared, set_aside
from kit.city import flavour, path, workbook
from kit.returns import asked
from kit.soffice import with_faces
from pipeline.renditions import compose
from pipeline.run import examine
from pipeline.workbooks.read import read_submission

ROWS = Rows()
NAIVE = 50
"""The naive script is measured on so many agencies, and taken to be linear: an agency's share is compared."""
NONE: Mapping[str, str] = MappingProxyType({})
UNPROVED = [
    sys.executable,
    "-c",
    OFFICE + "import runpy; runpy.run_module('benchmarks.unproved', run_name='__main__')",
]


def planned(stage: Stage) -> Path:
    """What the naive script has hard-coded, in a folder."""
    folder = stage.folder / "plan"
    if not folder.exists():
        submission, _ = read_submission(workbook(0, SEED, "excel"), "0.xlsx", asked())
        city = compose(examine(stage.inputs(3), TODAY))
        write_plan(folder, asked().form, submission, stage.documents(1)[0], city)
    return folder


def naively(stage: Stage) -> Run:
    """The naive script over its agencies."""
    return _scripted(stage, naive, with_faces(stage.folder / "faces"))


def plainly(stage: Stage) -> Run:
    """The plain script over as many."""
    plain.ready(planned(stage), [*stage.documents(NAIVE), compose(examine(stage.inputs(3), TODAY))])
    return _scripted(stage, plain)


def _scripted(stage: Stage, script: ModuleType, surroundings: Mapping[str, str] = NONE) -> Run:
    city, out = stage.city(NAIVE), stage.folder / script.__name__ / "out"
    command = [sys.executable, str(script.__file__), city / "inputs" / str(YEAR), planned(stage), out]
    return after(partial(set_aside, out), process(command, surroundings=surroundings))


def in_full(city: Path, jobs: int = 2) -> Run:
    """Every agency's report and the city's, all read back."""
    return after(partial(cleared, city), again(city, jobs))


def again(city: Path, jobs: int = 2) -> Run:
    """The same with last time's outputs there."""
    return each_of(program(city, "agencies", "-q", "--jobs", str(jobs)), program(city, "build", "-q"))


def night(city: Path, jobs: int = 2) -> Run:
    """The year-end ``batch``: the city's report, read back once more, every agency's, and no mail."""
    return program(city, "batch", "-q", "-y", str(YEAR), "--jobs", str(jobs))


def unproved(city: Path, jobs: int = 2) -> Run:
    """The same without reading back."""
    return after(partial(cleared, city), process([*UNPROVED, city, str(jobs)]))


@cache
def together(stage: Stage) -> dict[str, list[Cost]]:
    """The costs of the long runs, which all take turns: what the rows asked for need, and the naive script."""
    few, many = stage.city(100), stage.city(1000)
    runs = {
        "hundred": unproved(few),
        "thousand": unproved(many),
        "thousand-proved": in_full(many),
        "one-changed": after(lambda: change(many, next(SEEDS)), again(many)),
        "night": after(partial(cleared, many), night(many)),
        "night-changed": after(lambda: change(many, next(SEEDS)), night(many)),
        "naive": naively(stage),
        "plain": plainly(stage),
    }
    needed = {run for name, compared in COMPARED.items() if stage.asked(name) for run in compared}
    chosen = {name: run for name, run in runs.items() if name in needed}
    rounds = stage.rounds(*chosen.values(), uncounted=0)
    change(many, SEED)
    return {name: [costs[place] for costs in rounds] for place, name in enumerate(chosen)}


COMPARED: Mapping[str, tuple[str, str]] = {
    "hundred": ("hundred", "naive"),
    "thousand": ("thousand", "naive"),
    "thousand-plain": ("thousand", "plain"),
    "thousand-proved": ("thousand-proved", "naive"),
    "one-changed": ("one-changed", "thousand-proved"),
    "night-changed": ("night-changed", "night"),
}
"""The runs that a row compares; one follows upon the other where a workbook changed."""
SEEDS = count(100)
"""Of the changed workbook's figures: others every time."""


def against(stage: Stage, name: str, by: str, each: tuple[int, int] = (1, 1)) -> Pairs:
    """A long run against the one it is compared with."""
    costs = together(stage)
    ours, theirs = COMPARED[name]
    return pairs(list(zip(costs[ours], costs[theirs], strict=True)), by, each)


@ROWS.add("100 agencies, no read-back, an agency", "naive script (50, linear)", faster(30), faster(75))
def hundred(stage: Stage) -> Pairs:
    """Two processes, start included, by the clock on the wall; an agency's share."""
    return against(stage, "hundred", "wall", (100, NAIVE))


@ROWS.add("1,000 agencies, no read-back, an agency", "naive script (50, linear)", faster(40), faster(120))
def thousand(stage: Stage) -> Pairs:
    """Two processes, start included, by the clock on the wall; an agency's share."""
    return against(stage, "thousand", "wall", (1000, NAIVE))


@ROWS.add(
    "1,000 agencies, no read-back, an agency",
    "plain script: openpyxl, docxtpl, platypus (50, linear)",
    faster(10),
    faster(35),
)
def thousand_plain(stage: Stage) -> Pairs:
    """Two processes against one, start included, by the clock on the wall; an agency's share."""
    return against(stage, "thousand-plain", "wall", (1000, NAIVE))


@ROWS.add("1,000 agencies, all read back, an agency", "naive script (50, linear)", faster(15))
def thousand_proved(stage: Stage) -> Pairs:
    """``agencies`` and ``build``, two processes, start included, by the clock on the wall; an agency's share."""
    return against(stage, "thousand-proved", "wall", (1000, NAIVE))


@ROWS.add(
    "1,000 agencies, the year-end `batch`, one workbook changed",
    "the first `batch`",
    within(0.05),
    within(0.01),
)
def night_changed(stage: Stage) -> Pairs:
    """``batch`` after one workbook changed, against the first ``batch`` of the same city, by CPU.

    The must is held here and not by the two commands below: it is the unattended ``batch`` that runs over and over
    on a whole year, and that examines it once for all its steps.
    """
    return against(stage, "night-changed", "cpu")


@ROWS.add("1,000 agencies, `agencies` and `build` by hand, one workbook changed", "both for the first time")
def one_changed(stage: Stage) -> Pairs:
    """``agencies`` and ``build`` again after one workbook changed, against the first run of both, by CPU."""
    return against(stage, "one-changed", "cpu")


@ROWS.add("500 agencies, no read-back, two processes", "one process", within(0.62), within(0.57))
def two_processes(stage: Stage) -> Pairs:
    """By the clock on the wall."""
    city = stage.city(500)
    return pairs(stage.rounds(unproved(city, 2), unproved(city, 1), uncounted=0), by="wall")


def change(city: Path, seed: int) -> None:
    """Agency 7 sends other figures."""
    kind = flavour(7, SEED, SAVED)
    file = city / "inputs" / str(YEAR) / "submissions" / path(7, kind)
    file.write_bytes(workbook(7, seed, kind))


@ROWS.add("1,000 agencies, `check` again, one workbook changed", "`check` for the first time")
def check_changed(stage: Stage) -> Pairs:
    """``check`` again after one workbook changed."""
    city = stage.city(1000)
    first = after(partial(cleared, city), program(city, "check", "-q"))
    changed = after(lambda: change(city, next(SEEDS)), program(city, "check", "-q"))
    rounds = [(again, full) for full, again in stage.rounds(first, changed, uncounted=0)]
    change(city, SEED)
    return pairs(rounds)
