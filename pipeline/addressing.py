"""Who gets which letter: recipients from report.toml and the roster, and the letters written."""

import datetime
import math
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.deliver.addresses import as_sent, fault, parted
from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.message import Letter, Mailbox, size, wire
from pipeline.deliver.wording import Wording, worded
from pipeline.errors import ExitCode, OperatorError
from pipeline.mailing import MEGABYTE, REPORT, Mailing
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.roster import Agency, Roster
from pipeline.settings import Settings


class Desk(Struct, frozen=True):
    """What letters are written with: settings, roster, wordings by kind, and where the first two stand."""

    year: int
    settings: Settings
    mailing: Mailing
    roster: Roster
    wordings: Mapping[str, Wording]
    catalogue: Catalogue
    settings_file: str
    roster_file: str


class Recipient(Struct, frozen=True):
    """A name and addresses as typed; the agency, None for an addressee of report.toml or the command line."""

    name: str
    typed: str
    agency: Agency | None = None

    def is_called(self, word: str) -> bool:
        """Whether a word of the command line means this one: its name, code, group or an address."""
        return bool(self.meant((word,)))

    def meant(self, words: Sequence[str]) -> tuple["Recipient", ...]:
        """This one as words of the command line mean it, if they do.

        By its name, code or group with all its addresses; by an address with that alone, since what is known
        of one (it got no letter) is not known of another.
        """
        agency = self.agency
        names = (self.name, *agency.names, agency.code, agency.group) if agency else (self.name,)
        if set(words) & set(filter(None, names)):
            return (self,)
        called = {word.casefold() for word in words}
        addresses = [one for one in parted(self.typed) if called & {one.casefold(), as_sent(one).casefold()}]
        return (replace(self, typed=" ".join(addresses)),) if addresses else ()


def recipients(desk: Desk, what: str, to: Sequence[str], only: Sequence[str]) -> tuple[Recipient, ...]:
    """Who is to get letters of a kind: ``to``, else [[mail.to]], else (but for reports) every agency.

    ``only`` picks some of them. OperatorError (input) for a group the roster has not, or no recipient at
    all; (usage) for a word that means nobody.
    """
    chosen = tuple(_called(desk, what, to)) if to else tuple(_listed(desk, what))
    if not chosen:
        raise OperatorError(
            ExitCode.INPUT, f"没有收件人。请在 {desk.settings_file} 里写 [[mail.to]]，或加 --to 邮箱。"
        )
    idle = [word for word in only if not any(one.is_called(word) for one in chosen)]
    if idle:
        raise OperatorError(ExitCode.USAGE, f"收件人里没有“{idle[0]}”。可以写单位名称、编码、分组或邮箱。")
    return tuple(meant for one in chosen for meant in one.meant(only)) if only else chosen


def _listed(desk: Desk, what: str) -> Iterator[Recipient]:
    lines = [line for line in desk.mailing.to if what in line.what]
    if not lines and what != REPORT:
        yield from map(_agency, desk.roster.agencies)
    for line in lines:
        if line.group:
            yield from map(_agency, _group(desk, line.group))
        else:
            yield Recipient(line.name, line.address)


def _group(desk: Desk, group: str) -> list[Agency]:
    agencies = [agency for agency in desk.roster.agencies if agency.group == group]
    if not agencies:
        have = "、".join(desk.roster.groups)
        raise OperatorError(
            ExitCode.INPUT,
            f"{desk.settings_file} 的 [[mail.to]] 写的分组“{group}”名册里没有；有的是：{have}。",
        )
    return agencies


def _agency(agency: Agency) -> Recipient:
    return Recipient(agency.name, agency.email, agency)


def _called(desk: Desk, what: str, words: Sequence[str]) -> Iterator[Recipient]:
    known = [*map(_agency, desk.roster.agencies), *(one for one in _listed(desk, what) if not one.agency)]
    for word in words:
        meant = [called for one in known for called in one.meant((word,))]
        if not meant and "@" in word and what == REPORT:
            meant = [Recipient("", word)]
        if not meant:
            own = "" if what == REPORT else "退回单和空白表只发给名册里的单位自己。"
            raise OperatorError(
                ExitCode.USAGE, f"不知道“{word}”是谁。可以写单位名称、编码、分组或邮箱。{own}"
            )
        yield from meant


class Parcel(Struct, frozen=True):
    """The files of one letter, and the run they come of, as a digest.

    ``again`` is the letter's; ``said`` are lines for its text.
    """

    files: tuple[Enclosure, ...]
    occasion: str
    again: str = ""
    said: tuple[str, ...] = ()


class Correspondence(Struct, frozen=True):
    """The letters, each key once, and what kept others from being written."""

    letters: tuple[Letter, ...]
    findings: tuple[Finding, ...]


def correspondence(
    desk: Desk, what: str, parcels: Sequence[tuple[Recipient, Parcel]], date: datetime.datetime
) -> Correspondence:
    """The letters to recipients; an address that is missing or wrong, or a letter too large, is a finding."""
    letters: dict[str, Letter] = {}
    findings: list[Finding] = []
    for recipient, parcel in parcels:
        addresses = parted(recipient.typed)
        if not addresses:
            findings.append(_finding(desk, "mail-address-missing", recipient))
        for address in addresses:
            why = fault(address)
            if why:
                findings.append(_finding(desk, "mail-address", recipient, found=address, why=why))
                continue
            letter = _letter(desk, what, recipient, as_sent(address), parcel)
            octets = size(wire(letter, date))
            if octets > desk.mailing.limit:
                findings.append(_too_large(desk, recipient, letter, octets))
            else:
                letters.setdefault(letter.key, letter)
    return Correspondence(tuple(letters.values()), tuple(findings))


def _letter(desk: Desk, what: str, recipient: Recipient, address: str, parcel: Parcel) -> Letter:
    settings, deadline = desk.settings, desk.settings.deadline
    values = {
        "organ": settings.organ,
        "year": str(desk.year),
        "title": settings.title or f"{settings.organ}{desk.year}年政府信息公开工作年度报告",
        "compiler": settings.compiler or settings.organ,
        "contact": settings.contact,
        "website": settings.website,
        "deadline": f"{deadline.year}年{deadline.month}月{deadline.day}日" if deadline else "",
        "name": recipient.name,
        "files": [file.name for file in parcel.files],
        "said": parcel.said,
    }
    return Letter(
        what=what,
        sender=desk.mailing.sender,
        to=Mailbox(recipient.name, address),
        words=worded(desk.wordings[what], values),
        enclosures=parcel.files,
        occasion=parcel.occasion,
        again=parcel.again,
    )


def _finding(desk: Desk, code: str, recipient: Recipient, found: str = "", why: str = "") -> Finding:
    agency = recipient.agency
    return desk.catalogue.finding(
        code,
        year=desk.year,
        agency=agency.name if agency else "",
        workbook=desk.roster_file if agency else desk.settings_file,
        found=found,
        why=why,
        name=recipient.name or recipient.typed,
    )


def _too_large(desk: Desk, recipient: Recipient, letter: Letter, octets: int) -> Finding:
    return desk.catalogue.finding(
        "mail-too-large",
        year=desk.year,
        agency=recipient.agency.name if recipient.agency else "",
        workbook=desk.settings_file,
        found=f"{math.ceil(octets / MEGABYTE * 10) / 10}",
        expected=str(desk.mailing.max_megabytes),
        name=recipient.name or letter.to.address,
        files="、".join(file.name for file in letter.enclosures),
    )
