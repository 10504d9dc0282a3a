"""What is amiss with what people have accepted: an acceptance is worth no more than it can be trusted."""

import datetime
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from pipeline.model.acceptance import Acceptance, State, covering
from pipeline.model.finding import Catalogue, Finding, Severity, by_code, some
from pipeline.model.place import CellPlace


class Accepted(Struct, frozen=True):
    """The acceptances of a year in their file's order, the file's path, and the day they are asked on.

    ``is_asked`` tells whether all there could be to an acceptance has been looked for: only then can one be
    said to be needed no more.
    """

    acceptances: Sequence[Acceptance]
    file: str
    year: int
    today: datetime.date
    is_asked: Callable[[Acceptance], bool]
    words: Callable[[str], str]
    """An address as an office reads it."""


def check_acceptances(
    accepted: Accepted, findings: Sequence[Finding], catalogue: Catalogue
) -> Iterator[Finding]:
    """Acceptances that hold no longer while their finding is there, that nothing needs, or that are too wide.

    An old one beside a newer one for the same finding is nobody's business, nor is one of a notice.
    """
    alike = by_code(findings)
    for number, one in enumerate(accepted.acceptances, 1):
        told = _amiss(one, accepted, alike.get(one.code, ()))
        if told:
            code, found, expected = told
            yield catalogue.finding(
                code,
                year=accepted.year,
                place=CellPlace(accepted.file, "", f"第{number}条"),
                found=found,
                expected=expected,
                subject=_subject(one, accepted, catalogue),
                by=one.by,
                reason=one.reason,
            )


def _amiss(one: Acceptance, accepted: Accepted, findings: Sequence[Finding]) -> tuple[str, str, str] | None:
    """The code of what is amiss with an acceptance, what was found and what it was to be; None in order."""
    concerned = [finding for finding in findings if one.concerns(finding)]
    standing = [
        finding
        for finding in concerned
        if finding.severity is not Severity.NOTICE
        and not covering(finding, accepted.acceptances, accepted.today)
    ]
    state = one.state(concerned, accepted.today)
    if state is State.IDLE:
        return ("acceptance-idle", "", "") if accepted.is_asked(one) else None
    if state is State.EXPIRED and standing:
        return "acceptance-expired", str(one.until), ""
    if state is State.CHANGED and standing:
        accepted_then = _numbers(one.found or "", one.expected or "")
        return "acceptance-changed", _numbers(standing[0].found, standing[0].expected), accepted_then
    covered = [finding for finding in concerned if one.covers(finding, accepted.today)]
    agencies = list(dict.fromkeys(finding.agency for finding in covered))
    if one.is_wide and len(agencies) > 1:
        return "acceptance-wide", f"{some(agencies)} {len(agencies)} 家的 {len(covered)} 处", ""
    return None


def _numbers(found: str, expected: str) -> str:
    """A finding's two values in words."""
    return "，".join(
        part for part in (f"查到 {found}" * bool(found), f"应为 {expected}" * bool(expected)) if part
    )


def _subject(one: Acceptance, accepted: Accepted, catalogue: Catalogue) -> str:
    place = accepted.words(one.address) or f"{one.sheet} {one.cell}".strip() or one.workbook
    return "，".join(part for part in (catalogue.kinds[one.code].title, one.agency, place) if part)
