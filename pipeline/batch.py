"""Unattended: the years that are due, one after the other, under one lock, with a log; nothing done twice.

Loads nothing that reads or writes documents: ``perform`` does, where there is something to do.
"""

import datetime
import json
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct, field

from pipeline.disk import in_pieces
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.fingerprint import fingerprint
from pipeline.journal import Journal, journal
from pipeline.jsonfile import as_json
from pipeline.locking import held, locked
from pipeline.reminding import read_reminding
from pipeline.season import seasons
from pipeline.step import MAIL, STEPS, Ended
from pipeline.workspace import Workspace

RECORD = "batch.json"
"""What the last batch did for the year, beside run.json."""
RECORDS = ("run.json", "agencies.json", "slips.json")
LOCK = ".batch.lock"
SCHEMA = 1

Perform: TypeAlias = Callable[[Workspace, Mapping[str, Ended]], Iterator[Ended]]
"""Does a year's steps, but for those passed over, given as they ended."""


class Batch(Struct, frozen=True):
    """What is asked for: which folder, which year (None: those due), with what, and whether only if changed.

    ``fonts`` are this computer's font folders; ``words`` whatever else makes a run another.
    """

    root: Path
    year: int | None
    templates: Path
    fonts: tuple[Path, ...]
    now: Callable[[], datetime.datetime]
    perform: Perform
    only_if_changed: bool = True
    words: tuple[str, ...] = ()

    @property
    def today(self) -> datetime.date:
        """The day, where this computer stands."""
        return self.now().date()


class Outcome(Struct):
    """How a batch ended: its code, and what was done, for a program."""

    code: ExitCode = ExitCode.OK
    steps: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""
    """The summary."""

    def add(self, year: int, step: str, code: ExitCode) -> None:
        """Note a step's code: the first that is not 0 is the batch's."""
        self.steps.append({"year": year, "step": step, "code": int(code)})
        if self.code is ExitCode.OK:
            self.code = code


def run(batch: Batch) -> Outcome:
    """Do what is due and tell of it in the log and the summary.

    OperatorError (locked) where another batch runs, (input) where the folder or year is not there, (output)
    where log and lock cannot be written; what stops one year is logged, and the others go on.
    """
    outputs = batch.root / "outputs"
    Workspace.at(batch.root, batch.year)
    outcome = Outcome()
    with held(outputs / LOCK, "另一次自动运行还没有结束"), journal(outputs, batch.now) as told:
        told.log("begun", year=batch.year)
        told.say([f"自动运行，{batch.now():%Y-%m-%d %H:%M:%S} 开始。"])
        for year in _due(batch, told):
            _run_year(Workspace(batch.root, year), batch, told, outcome)
        told.say([f"{batch.now():%Y-%m-%d %H:%M:%S} 结束，退出码 {int(outcome.code)}。"])
        told.log("ended", code=int(outcome.code))
        told.put_summary()
        if told.warnings and outcome.code is ExitCode.OK:
            outcome.code = ExitCode.OUTPUT
        told.say(told.warnings)
        outcome.text = told.text
    return outcome


def _due(batch: Batch, told: Journal) -> Sequence[int]:
    """The year asked for, else those in whose season today is; what there is instead is told."""
    if batch.year is not None:
        return (batch.year,)
    all_years = seasons(batch.root)
    due = [one.year for one in all_years if one.holds(batch.today)]
    if not due:
        told.log("nothing-due", seasons={one.year: f"{one.first}/{one.last}" for one in all_years})
        told.say([f"今天（{batch.today}）没有要做的年度。各年度自动运行的日子："])
        told.say([f"  {one.year} 年：{one.first} 到 {one.last}" for one in all_years])
        told.say(["要另外做某一年，用 make-report batch -y 年度。"])
    return due


def _run_year(workspace: Workspace, batch: Batch, told: Journal, outcome: Outcome) -> None:
    try:
        with locked(workspace):
            _under_lock(workspace, batch, told, outcome)
    except OperatorError as error:
        told.log("stopped", year=workspace.year, code=int(error.code), words=error.message)
        told.say([f"{workspace.year} 年做不下去：{error.message}"])
        outcome.add(workspace.year, "", error.code)
    except Exception:  # a bug in one year keeps the others, and its traceback goes into the log
        code, trace = ExitCode.BUG, traceback.format_exc()
        told.log("stopped", year=workspace.year, code=int(code), traceback=trace)
        told.say([f"{workspace.year} 年做不下去：程序出错了，不是您的操作问题；请把日志里的文字发给维护者。"])
        outcome.add(workspace.year, "", code)


def _under_lock(workspace: Workspace, batch: Batch, told: Journal, outcome: Outcome) -> None:
    year = workspace.year
    digest = fingerprint(workspace, batch.templates, batch.fonts, batch.today, *batch.words)
    last = _last(workspace)
    same = last.fingerprint == digest and _stands(workspace, last)
    again = _remind_again(workspace, last, batch.today)
    if batch.only_if_changed and same and last.complete and last.settled and not again:
        told.log("unchanged", year=year, codes={step: one.code for step, one in last.steps.items()})
        told.say([f"{year} 年：报送件、设置、模板和程序都没有变，上次做的仍然有效，这次什么也没有做。"])
        for step, one in last.steps.items():
            outcome.add(year, step, one.code)
        return
    passed_over = _passed_over(last, batch) if same else {}
    for step, one in passed_over.items():
        outcome.add(year, step, one.code)
    if passed_over:
        told.log("resumed", year=year, passed_over=list(passed_over))
        words = "、".join(STEPS[step] for step in passed_over)
        told.say([f"{year} 年：上次已经做完、没有变的不再做：{words}。"])
    done = dict(passed_over)
    for ended in batch.perform(workspace, passed_over):
        _tell(year, ended, told)
        outcome.add(year, ended.step, ended.code)
        done[ended.step] = ended
        _put(workspace, Last(digest, done, batch.today.isoformat()), told)


def _tell(year: int, ended: Ended, told: Journal) -> None:
    told.log(
        "step",
        year=year,
        step=ended.step,
        code=int(ended.code),
        seconds=round(ended.seconds, 3),
        lines=ended.lines,
        **({"traceback": ended.traceback} if ended.traceback else {}),
    )
    how = "" if ended.code is ExitCode.OK else f"，退出码 {int(ended.code)}"
    told.say([f"【{year} 年　{STEPS[ended.step]}】{ended.seconds:.1f} 秒{how}", *ended.lines])


class Last(Struct, frozen=True):
    """batch.json: what was done for which fingerprint, how each step ended, on which day.

    ``records`` is a digest of the records it left: another run since has others.
    """

    fingerprint: str = ""
    steps: Mapping[str, Ended] = field(default_factory=dict)
    """In their order."""
    day: str = ""
    records: str = ""

    @property
    def complete(self) -> bool:
        """Whether no step is missing: the batch was not cut off."""
        return set(self.steps) == set(STEPS)

    @property
    def settled(self) -> bool:
        """Whether another try would end the same."""
        return all(one.settled for one in self.steps.values())


def _last(workspace: Workspace) -> Last:
    """The record as the last batch wrote it; an empty one where it cannot be relied on."""
    try:
        told = json.loads((workspace.outputs / RECORD).read_text(encoding="utf-8"))
        steps = {step: _ended(step, told["steps"][step]) for step in STEPS if step in told["steps"]}
        known = told["schema"] == SCHEMA
        return Last(told["fingerprint"], steps, str(told["day"]), told["records"]) if known else Last()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Last()


def _ended(step: str, entry: Mapping[str, Any]) -> Ended:
    lines = tuple(str(line) for line in entry["lines"])
    return Ended(step, ExitCode(entry["code"]), lines, settled=entry["settled"] is True)


def _put(workspace: Workspace, last: Last, told: Journal) -> None:
    """Record what is done so far; where no outputs are, or the disk refuses, the next batch does it again."""
    if not workspace.outputs.is_dir():
        return
    new = workspace.outputs / f".{RECORD}.new"
    content = {
        "schema": SCHEMA,
        "fingerprint": last.fingerprint,
        "steps": {
            step: {"code": one.code, "settled": one.settled, "lines": one.lines}
            for step, one in last.steps.items()
        },
        "day": last.day,
        "records": _records(workspace),
    }
    try:
        new.write_bytes(as_json(content))
        new.replace(workspace.outputs / RECORD)
    except OSError as error:
        told.warnings.append(f"{RECORD} 写不进去：{reason(error)}")


def _records(workspace: Workspace) -> str:
    """A digest of the records as they are now."""
    whole = sha256()
    for name in RECORDS:
        path = workspace.outputs / name
        for piece in in_pieces(path) if path.is_file() else ():
            whole.update(piece)
        whole.update(b"\0")
    return whole.hexdigest()


def _stands(workspace: Workspace, last: Last) -> bool:
    """Whether nobody ran anything since and all files are there. One that a person edited is left alone."""
    if not (workspace.outputs / RECORDS[0]).is_file() or last.records != _records(workspace):
        return False
    for name in RECORDS:
        try:
            record = json.loads((workspace.outputs / name).read_text(encoding="utf-8"))
            paths = [workspace.root / entry["path"] for entry in record["renditions"]]
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError):
            return False
        if not all(path.is_file() for path in paths):
            return False
    return True


def _remind_again(workspace: Workspace, last: Last, today: datetime.date) -> bool:
    """Whether reminders are to go today and the last batch was on an earlier day."""
    file = workspace.settings_file()
    reminding = read_reminding(file.content, file.path)
    return reminding is not None and reminding.falls_on(today) and last.day < today.isoformat()


def _passed_over(last: Last, batch: Batch) -> dict[str, Ended]:
    """The steps that need not be done again: of a batch that was cut off, or where only mail is open."""
    if last.complete and not batch.only_if_changed:
        return {}
    return {step: one for step, one in last.steps.items() if one.settled and step != MAIL}
