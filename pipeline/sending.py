"""Mail from end to end: what may leave, to whom, what left already, drafts, and the sending itself."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.addressing import Correspondence, Desk, Parcel, Recipient, correspondence, recipients
from pipeline.clearance import Parcels, cleared_blanks, cleared_report, cleared_slips
from pipeline.deliver.dispatch import Delivered, Pace, Post, dispatch
from pipeline.deliver.message import Letter, wire
from pipeline.deliver.outbox import Entry, Event, Standing, deciding, standing
from pipeline.deliver.smtp import Connection
from pipeline.deliver.wording import Wording
from pipeline.errors import ExitCode, OperatorError
from pipeline.filenames import legal_name
from pipeline.forms.catalogue import load_catalogue
from pipeline.letterbox import Letterbox
from pipeline.mailing import BLANKS, REMIND, REPORT, SLIPS, SUMMARY, Mailing, read_mailing
from pipeline.model.finding import Catalogue, Finding, heard
from pipeline.slips import REMINDER
from pipeline.workbooks.roster import read_roster
from pipeline.workspace import Workspace

WORDS: Mapping[str, str] = {
    REPORT: "报告",
    SLIPS: "退回单",
    BLANKS: "空白表",
    REMIND: "催报单",
    SUMMARY: "运行摘要",
}
UNSENT = "X-Unsent: 1"
"""Tells Outlook that a draft is one: it opens to be sent."""

Addressed: TypeAlias = tuple[Recipient, Parcel]
Held: TypeAlias = tuple[tuple[str, str], ...]
"""Who gets nothing that should, each with the reason."""


class Errand(Struct, frozen=True):
    """What is to be sent, to whom, how much of it, and what a person stands by.

    Of slips, ``part`` picks those that are called so: 退回单 or 催报单.
    """

    what: str = REPORT
    part: str = ""
    to: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    limit: int | None = None
    retry_unknown: bool = False
    with_warnings: bool = False


class Prepared(Struct, frozen=True):
    """The letters of an errand, each with where it stands, those that are due now, and what cannot go.

    ``held`` are pairs of recipient and reason; ``findings`` tell of addresses and sizes.
    """

    errand: Errand
    mailing: Mailing
    catalogue: Catalogue
    letters: tuple[Letter, ...]
    record: Mapping[str, Entry]
    findings: tuple[Finding, ...]
    held: Held
    unaddressed: int
    """How many letters could not be written: no address, a wrong one, or too large."""

    def standing(self, letter: Letter) -> Standing:
        """Where a letter stands."""
        return standing(letter.key, self.record)

    def those(self, *standings: Standing) -> list[Letter]:
        """The letters that stand so."""
        return [letter for letter in self.letters if self.standing(letter) in standings]

    def earlier(self, letter: Letter) -> Entry | None:
        """The last report with other files that went, or may have gone, to a report's address."""
        gone = (
            entry
            for key, entry in self.record.items()
            if entry.what == letter.what == REPORT
            and key != letter.key
            and entry.address.casefold() == letter.to.address.casefold()
            and standing(key, self.record) in (Standing.SENT, Standing.UNKNOWN)
        )
        return max(gone, key=lambda entry: entry.at, default=None)

    @property
    def due(self) -> list[Letter]:
        """The letters to be sent now, as many as the limit allows.

        One whose outcome nobody knows only if it is asked for; one that was refused for good only if its
        recipient is named.
        """
        wanted = {Standing.DUE}
        if self.errand.retry_unknown:
            wanted.add(Standing.UNKNOWN)
        if self.errand.only:
            wanted.add(Standing.REFUSED)
        return self.those(*wanted)[: self.errand.limit]


def prepared(workspace: Workspace, templates: Path, errand: Errand, now: datetime.datetime) -> Prepared:
    """Everything up to the first byte that leaves. OperatorError where nothing may or nobody is meant."""
    desk = desk_of(workspace, templates)
    chosen = recipients(desk, errand.what, errand.to, errand.only)
    held: Held = ()
    if errand.what == REPORT:
        parcel = cleared_report(workspace, now.date(), with_warnings=errand.with_warnings)
        ready = [(one, parcel) for one in chosen]
    elif errand.what == SLIPS:
        ready, held = _own(chosen, cleared_slips(workspace, desk.roster, errand.part))
    else:
        ready, held = _own(chosen, cleared_blanks(workspace, templates))
    if errand.part == REMINDER:
        errand = replace(errand, what=REMIND)
        ready = [(one, replace(parcel, again=now.date().isoformat())) for one, parcel in ready]
    return _prepared(desk, errand, (ready, held), deciding(Letterbox(workspace.outputs).record()), now)


def summary(workspace: Workspace, templates: Path, parcel: Parcel, now: datetime.datetime) -> Prepared:
    """The letters that tell the office itself of a batch. OperatorError as ``prepared``."""
    desk = desk_of(workspace, templates)
    office = Recipient(desk.settings.compiler or desk.settings.organ, desk.mailing.summary_to)
    return _prepared(
        desk, Errand(SUMMARY), ([(office, parcel)], ()), deciding(Letterbox(workspace.outputs).record()), now
    )


def _prepared(
    desk: Desk,
    errand: Errand,
    parcels: tuple[Sequence[Addressed], Held],
    record: Mapping[str, Entry],
    now: datetime.datetime,
) -> Prepared:
    ready, held = parcels
    written: Correspondence = correspondence(desk, errand.what, ready, now)
    return Prepared(
        errand,
        desk.mailing,
        desk.catalogue,
        written.letters,
        record,
        heard(written.findings),
        held,
        len(written.findings),
    )


def desk_of(workspace: Workspace, templates: Path) -> Desk:
    """What a year's letters are written with; OperatorError where settings, roster or templates are wrong."""
    settings, file, roster = workspace.settings(), workspace.settings_file(), workspace.roster()
    return Desk(
        year=workspace.year,
        settings=settings,
        mailing=read_mailing(file.content, file.path, settings.compiler or settings.organ),
        roster=read_roster(roster.content, roster.path),
        wordings={what: _wording(templates / "mail", what) for what in WORDS},
        catalogue=load_catalogue(templates / "findings.toml").weighed(settings.rules),
        settings_file=file.path,
        roster_file=roster.path,
    )


def _wording(folder: Path, what: str) -> Wording:
    text, frame = folder / f"{what}.txt", folder / "letter.html"
    try:
        return Wording(text.read_text(encoding="utf-8"), frame.read_text(encoding="utf-8"), str(text))
    except OSError as error:
        raise OperatorError(
            ExitCode.TEMPLATE, f"邮件模板 {error.filename} 读不出来，请重新安装程序。"
        ) from error


def _own(chosen: Sequence[Recipient], parcels: Parcels) -> tuple[list[Addressed], Held]:
    """Each agency's own files, and who gets none that should, with the reason."""
    own = [(one, one.agency.code) for one in chosen if one.agency]
    return (
        [(one, parcels.ready[code]) for one, code in own if code in parcels.ready],
        tuple((one.name, parcels.held[code]) for one, code in own if code in parcels.held),
    )


def put_drafts(
    plan: Prepared, letterbox: Letterbox, now: datetime.datetime
) -> tuple[list[str], tuple[str, ...]]:
    """Write every letter that would be sent as an .eml file; their names, and edited ones that were kept."""
    written = drafts(plan, now)
    return list(written), letterbox.put_drafts(written)


def drafts(plan: Prepared, now: datetime.datetime) -> dict[str, Sequence[bytes]]:
    """Every letter that would be sent as a draft, by its file's name."""
    return {
        f"{number:03}_{legal_name(letter.to.name or letter.to.address)}_{WORDS[letter.what]}.eml": wire(
            letter, now, UNSENT
        )
        for number, letter in enumerate(plan.due, 1)
    }


def sent(
    plan: Prepared,
    letterbox: Letterbox,
    connect: Callable[[], Connection],
    pace: Pace,
    now: Callable[[], datetime.datetime],
) -> Iterator[Delivered]:
    """Send the letters that are due, each step in the record; what became of each as it is settled."""
    if plan.due:
        with letterbox.writing() as append:
            yield from dispatch(plan.due, Post(connect, pace, append, now))


def settle_arrived(letterbox: Letterbox, addresses: Sequence[str], now: datetime.datetime) -> int:
    """A person has seen that messages of unknown outcome to these addresses arrived: how many were settled.

    OperatorError (usage) for an address to which there is none.
    """
    waiting = letterbox.unknown()
    meant = [one for one in waiting if one.address.casefold() in {word.casefold() for word in addresses}]
    idle = {word.casefold() for word in addresses} - {one.address.casefold() for one in meant}
    if idle:
        raise OperatorError(ExitCode.USAGE, f"没有发往 {min(idle)} 的结果不明的信，请核对邮箱。")
    with letterbox.writing() as append:
        for one in meant:
            append(replace(one, event=Event.ARRIVED, at=now.isoformat(timespec="seconds"), words=""))
    return len(meant)


def exit_code(plan: Prepared, results: Sequence[Delivered], *, confirmed: bool) -> ExitCode:
    """Undelivered where a letter that should go has not gone; for drafts where one could not be written."""
    stuck = plan.held or plan.unaddressed or (confirmed and unsent(plan, results))
    return ExitCode.UNDELIVERED if stuck else ExitCode.OK


def unsent(plan: Prepared, results: Sequence[Delivered]) -> list[Letter]:
    """The letters that have not gone, or of which nobody knows."""
    gone = {one.letter.key for one in results if one.answer.event is Event.ACCEPTED}
    return [one for one in plan.letters if plan.standing(one) is not Standing.SENT and one.key not in gone]


def listing(plan: Prepared, results: Sequence[Delivered], drafts: Sequence[str]) -> dict[str, Any]:
    """What ``send`` did, for a program."""
    became = {one.letter.key: one.answer for one in results}
    return {
        "what": plan.errand.what,
        "drafts": list(drafts),
        "held": [{"name": name, "reason": why} for name, why in plan.held],
        "findings": [
            {"code": one.code, "agency": one.agency, "message": one.message} for one in plan.findings
        ],
        "letters": [
            {
                "name": letter.to.name,
                "address": letter.to.address,
                "message_id": letter.message_id,
                "files": [{"name": file.name, "sha256": file.sha256} for file in letter.enclosures],
                "before": plan.standing(letter).value,
                "outcome": became[letter.key].event.value if letter.key in became else "",
                "words": became[letter.key].words if letter.key in became else "",
            }
            for letter in plan.letters
        ],
    }
