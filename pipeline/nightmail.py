"""The mail of a night: report, slips, reminders, and the summary for the office, drafted or sent together."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.addressing import Parcel
from pipeline.deliver.dispatch import Delivered, Pace
from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.outbox import Entry, Event, Standing, deciding, standing
from pipeline.deliver.smtp import Connection
from pipeline.errors import ExitCode, OperatorError
from pipeline.letterbox import Letterbox
from pipeline.mailing import REMIND, REPORT, SLIPS, Mailing, server_of
from pipeline.mailroom import Mailroom
from pipeline.outputs import FINDINGS, REVIEW
from pipeline.outputs import SLIPS as SLIPS_RECORD
from pipeline.passwords import password
from pipeline.reminding import read_reminding
from pipeline.screen_findings import finding_lines
from pipeline.screen_mail import (
    delivered_line,
    draft_lines,
    plan_lines,
    sent_lines,
    standing_lines,
    unknown_lines,
)
from pipeline.sending import (
    WORDS,
    Errand,
    Prepared,
    desk_of,
    drafts,
    exit_code,
    prepared,
    sent,
    summary,
    unsent,
)
from pipeline.slips import REMINDER, RETURN
from pipeline.step import MAIL, STEPS
from pipeline.workspace import Workspace

SECOND = (
    "{day} 发过的是另一份报告，之后改了。改过的要不要再发由人来定："
    "要发，运行 make-report send --confirm --only {address}"
)
"""Why a report does not go out once more by itself."""


class Posted(Struct, frozen=True):
    """What came of the mail: the gravest code met first, lines, whether nothing waits for another try."""

    code: ExitCode
    lines: tuple[str, ...]
    settled: bool


def post(room: Mailroom, said: Sequence[str], *, final: bool) -> Posted:
    """Draft all that is to go out, or send it where report.toml or a person says so.

    ``final``: there is a report to be sent. ``said`` are the lines for the office's summary. OperatorError
    where settings, roster or templates are wrong, or the server cannot be used.
    """
    mailing = desk_of(room.workspace, room.templates).mailing
    confirmed = room.confirm or mailing.batch_sends
    night = _Night(room, Letterbox(room.workspace.outputs), confirmed=confirmed)
    night.take(_plans(room, mailing, final=final))
    night.take(_summary(room, mailing, (*said, *night.summed_up())))
    return night.posted()


class _Night(Struct):
    """A night's letters, as far as they have come."""

    room: Mailroom
    letterbox: Letterbox
    confirmed: bool
    plans: list[Prepared] = field(default_factory=list)
    refusals: list[OperatorError] = field(default_factory=list)
    """Why an errand could not even be made ready: that stops no other."""
    results: list[Delivered] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """What is to be told of the sending."""
    stopped: list[OperatorError] = field(default_factory=list)
    """What keeps the server from taking anything more."""

    def take(self, errands: Iterable[Callable[[], Prepared]]) -> None:
        """Make these ready, all of them, and send them where letters may leave, one kind after the other."""
        begun = len(self.plans)
        for errand in errands:
            try:
                plan = errand()
                self.plans.append(without_second_thoughts(plan) if self.confirmed else plan)
            except OperatorError as error:
                self.refusals.append(error)
        for plan in self.plans[begun:] if self.confirmed else ():
            self._send(plan)

    def _send(self, plan: Prepared) -> None:
        """Send what is due; after an unknown outcome no more.

        Nor where the server takes nothing at all: what had gone by then is told all the same.
        """
        own: list[Delivered] = []
        unknown = any(one.answer.event is Event.UNKNOWN for one in self.results)
        if plan.due and not self.stopped and not unknown:
            try:
                for one in _dispatched(self.room, plan, self.letterbox):
                    own.append(one)
            except OperatorError as error:
                self.stopped.append(error)
        self.results += own
        self.lines += [WORDS[plan.errand.what], *map(delivered_line, own), *sent_lines(plan, own, ())]

    def summed_up(self) -> tuple[str, ...]:
        """Where the letters stand by now: for the summary, the same whenever they went."""
        lines = [error.message for error in (*self.refusals, *self.stopped)]
        for plan in self.plans:
            lines += standing_lines(replace(plan, record=deciding(self.letterbox.record())))
        return (f"【{STEPS[MAIL]}】", *dict.fromkeys(lines)) if lines else ()

    def posted(self) -> Posted:
        """What came of it all; where nothing may leave, drafts in place of the last ones."""
        lines = [error.message for error in self.refusals]
        for plan in self.plans:
            lines += finding_lines(plan.findings, plan.catalogue, everything=True, file="")
            lines += plan_lines(plan)
        if self.confirmed:
            told = [*self.lines, *(error.message for error in self.stopped)]
            lines += [*dict.fromkeys(told), *unknown_lines(self.letterbox.unknown())]
        else:
            lines += _drafted(self.room, self.plans, self.letterbox)
        refusals = (*self.refusals, *self.stopped)
        codes = [error.code for error in refusals]
        codes += [exit_code(plan, self.results, confirmed=self.confirmed) for plan in self.plans]
        waiting = self.stopped or (self.confirmed and self._waits())
        return Posted(
            next((code for code in codes if code is not ExitCode.OK), ExitCode.OK),
            tuple(lines),
            settled=not waiting and all(error.code is ExitCode.UNDELIVERED for error in refusals),
        )

    def _waits(self) -> bool:
        """Whether a letter waits for another try, or for a person: the next night has to hear of it."""
        return bool(self.letterbox.unknown()) or any(
            unsent(plan, self.results) or (plan.held and plan.errand.what == REPORT) for plan in self.plans
        )


def _plans(room: Mailroom, mailing: Mailing, *, final: bool) -> Iterator[Callable[[], Prepared]]:
    """What is to be planned, but for the summary."""
    workspace, templates = room.workspace, room.templates
    if final and any(REPORT in one.what for one in mailing.to):
        yield lambda: prepared(workspace, templates, Errand(REPORT), room.now())
    if (workspace.outputs / SLIPS_RECORD).is_file():
        yield lambda: prepared(workspace, templates, Errand(SLIPS, part=RETURN), room.now())
        yield from [lambda: reminders(room)] if reminds_today(workspace, room.now().date()) else []


def _summary(room: Mailroom, mailing: Mailing, said: Sequence[str]) -> Iterator[Callable[[], Prepared]]:
    """The summary, where somebody is to get it."""
    if mailing.summary_to:
        yield lambda: summary(room.workspace, room.templates, _findings(room.workspace, said), room.now())


def reminds_today(workspace: Workspace, day: datetime.date) -> bool:
    """Whether [remind] asks for reminders on this day."""
    file = workspace.settings_file()
    reminding = read_reminding(file.content, file.path)
    return reminding is not None and reminding.falls_on(day)


def without_second_thoughts(plan: Prepared) -> Prepared:
    """The plan without reports to who had another one before: that it changed is for a person to tell."""
    before = {
        one.key: entry
        for one in plan.letters
        if plan.standing(one) is not Standing.SENT and (entry := plan.earlier(one))
    }
    held = tuple(
        (
            f"{one.to.name} <{one.to.address}>".strip(),
            SECOND.format(day=before[one.key].at[:10], address=one.to.address),
        )
        for one in plan.letters
        if one.key in before
    )
    letters = tuple(one for one in plan.letters if one.key not in before)
    return replace(plan, letters=letters, held=(*plan.held, *held)) if held else plan


def reminders(room: Mailroom) -> Prepared:
    """Reminders to those who have sent nothing, but for whom the record says was reminded today.

    Or later: where the clock was set back, the record knows better.
    """
    plan = prepared(room.workspace, room.templates, Errand(SLIPS, part=REMINDER), room.now())
    gone = reminded(plan.record, room.now().date())
    letters = [
        one
        for one in plan.letters
        if one.key in plan.record  # its own line tells more exactly
        or (one.to.name, one.to.address.casefold()) not in gone
    ]
    return replace(plan, letters=tuple(letters))


def reminded(known: Mapping[str, Entry], day: datetime.date) -> frozenset[tuple[str, str]]:
    """The agencies and addresses to which a reminder went, or may have gone, on this day or later.

    By the entries of the record that decide. One address may be several agencies'.
    """
    return frozenset(
        (entry.name, entry.address.casefold())
        for key, entry in known.items()
        if entry.what == REMIND
        and entry.at[:10] >= day.isoformat()
        and standing(key, known) in (Standing.SENT, Standing.UNKNOWN)
    )


def _findings(workspace: Workspace, said: Sequence[str]) -> Parcel:
    """What the office gets: findings.json and the review page, once for the same files and outcome."""
    paths = [workspace.outputs / name for name in (FINDINGS, REVIEW)]
    files = tuple(Enclosure(path.name, path.read_bytes()) for path in paths if path.is_file())
    occasion = sha256("\n".join(said).encode()).hexdigest()
    return Parcel(files, occasion, again=occasion, said=tuple(said))


def _drafted(room: Mailroom, plans: Sequence[Prepared], letterbox: Letterbox) -> list[str]:
    """All letters as drafts, in place of the last ones; what is to be told of them."""
    written = [drafts(plan, room.now()) for plan in plans]
    kept = letterbox.put_drafts({name: pieces for one in written for name, pieces in one.items()})
    both = zip(plans, written, strict=True)
    lines = [line for plan, one in both for line in draft_lines(plan, list(one), ())]
    return [*(f"原来的样信有人改过，已另存为 {name}。" for name in kept), *dict.fromkeys(lines)]


def _dispatched(room: Mailroom, plan: Prepared, letterbox: Letterbox) -> Iterator[Delivered]:
    secret = password(plan.mailing, room.workspace.inputs, room.environment)
    server = server_of(plan.mailing, room.workspace.inputs)
    pace = Pace(room.clock, room.sleep, plan.mailing.rate)
    return sent(plan, letterbox, lambda: Connection(server, secret), pace, room.now)
