"""What a night does for one year, step by step: gather, check and build, read back, agencies, mail."""

import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from pipeline.agencies import made, planned
from pipeline.build import build
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import Hands
from pipeline.gather import load_inputs
from pipeline.mailroom import Mailroom
from pipeline.release import release
from pipeline.renditions import Proved
from pipeline.run import Examination, examine
from pipeline.screen import built_lines, verified_lines
from pipeline.screen_release import released_lines
from pipeline.step import AGENCIES, BUILD, MAIL, STEPS, VERIFY, Ended
from pipeline.verification import verify_files

LASTING = frozenset({ExitCode.OK, ExitCode.FINDINGS, ExitCode.TEMPLATE, ExitCode.INPUT})
"""Codes that come of the inputs: another try would end the same."""


class Night(Struct, frozen=True):
    """A year's night: the world it runs in, the computer's font folders, processes for many reports."""

    room: Mailroom
    fonts: tuple[Path, ...]
    hands: Hands


def steps(night: Night, passed_over: Mapping[str, Ended]) -> Iterator[Ended]:
    """Every step in order, but for those ``passed_over``, as they ended before; none stops the rest.

    Who holds the year's lock may run it. The year is examined once, so that report, reading back and
    agencies' reports speak of the same files and of the same day, whatever arrives meanwhile and though it be
    past midnight; the mail looks once more whether they still hold.
    """
    ended: dict[str, Ended] = {}
    year = _Once(night)
    for step in STEPS:
        if step in passed_over:
            ended[step] = passed_over[step]
            continue
        ended[step] = _tried(step, partial(_step, step, night, year, ended))
        yield ended[step]


class _Once:
    """The year, examined when first asked for; where that fails, whoever asks next is told why as well.

    ``proved`` is what the report's reading back proved when it was printed, None where this night did not.
    """

    def __init__(self, night: Night) -> None:
        self._night = night
        self._examination: Examination | None = None
        self.proved: Proved | None = None

    def examined(self) -> Examination:
        if self._examination is None:
            room = self._night.room
            inputs = load_inputs(room.workspace, room.templates, self._night.fonts)
            self._examination = examine(inputs, room.now().date(), self._night.hands)
        return self._examination


def _tried(step: str, perform: Callable[[], Ended]) -> Ended:
    """The step's end, whatever stopped it."""
    began = time.perf_counter()
    try:
        one = perform()
    except OperatorError as error:
        one = Ended(step, error.code, (error.message,), settled=error.code in LASTING and step != MAIL)
    except Exception:  # a bug in one step keeps the others, and its traceback goes into the log
        words = ("程序出错了，不是您的操作问题；请把日志里的文字发给维护者。",)
        one = Ended(step, ExitCode.BUG, words, settled=False, traceback=traceback.format_exc())
    return Ended(step, one.code, one.lines, one.settled, time.perf_counter() - began, one.traceback)


def _step(step: str, night: Night, year: _Once, ended: Mapping[str, Ended]) -> Ended:
    if step == BUILD:
        return _built(night, year)
    if step == VERIFY:
        return _verified(year) if ended[BUILD].code is ExitCode.OK else _skipped(VERIFY)
    if step == AGENCIES:
        return _agencies(night, year.examined())
    if not night.room.has_mail:
        return Ended(MAIL, ExitCode.OK, ("report.toml 里没有 [mail]，不写信。",), settled=True)
    from pipeline.nightmail import post

    final = all(ended[step].code is ExitCode.OK for step in (BUILD, VERIFY))
    said = [line for one in ended.values() for line in (f"【{STEPS[one.step]}】", *one.lines)]
    posted = post(night.room, said, final=final)
    return Ended(MAIL, posted.code, posted.lines, posted.settled)


def _skipped(step: str) -> Ended:
    return Ended(step, ExitCode.OK, ("正式报告或退回单没有出全，不回读，也不发报告。",), settled=True)


def _built(night: Night, year: _Once) -> Ended:
    room, began, clock = night.room, night.room.now(), time.perf_counter()
    built = build(
        year.examined(),
        room.templates,
        lambda: {
            "started": began.isoformat(timespec="seconds"),
            "seconds": round(time.perf_counter() - clock, 3),
        },
        hands=night.hands,
    )
    year.proved = built.proved
    unmade = built.returned.unmade
    lines = list(built_lines(built, everything=False))
    lines += [f"{agency}的退回单没有做成：{failure.words}" for agency, failure in unmade]
    stopped = built.examination.stopped
    if stopped:
        lines.append(stopped.message)
    code = stopped.code if stopped else built.exit_code
    codes = [code, *(failure.code for _, failure in unmade)]
    return Ended(BUILD, code, tuple(lines), settled=all(one in LASTING for one in codes))


def _verified(year: _Once) -> Ended:
    """What lies in the outputs now: what this night printed is read there, and need not be proved twice."""
    examination = year.examined()
    reports, catalogue = verify_files(examination, before=year.proved), examination.inputs.catalogue
    year.proved = None  # its files are large
    lines = [line for one in reports for line in verified_lines(one, catalogue, everything=False)]
    wrong = any(one.is_wrong for one in reports)
    code = ExitCode.UNVERIFIED if wrong else ExitCode.OK
    return Ended(VERIFY, code, tuple(lines), settled=not wrong)


def _agencies(night: Night, examination: Examination) -> Ended:
    plan = planned(examination)
    released = release(plan, made(plan, night.room.templates, night.hands))
    # The summary is sent again when its words change: which reports stood is no news.
    lines = tuple(released_lines(released, everything=False, unchanged=False))
    codes = [one.code for one in released.unmade]
    bugs = "\n".join(one.traceback for one in released.unmade if one.traceback)
    settled = all(code in LASTING for code in codes)
    return Ended(AGENCIES, released.exit_code, lines, settled, traceback=bugs)
