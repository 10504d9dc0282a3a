"""A person stands by a finding: for which, with a reason, and for how long."""

import datetime
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from pipeline.model.finding import Finding


class State(StrEnum):
    """What an acceptance does today."""

    HOLDS = "holds"
    """It covers a finding."""
    EXPIRED = "expired"
    """Its finding is there, and its time is over."""
    CHANGED = "changed"
    """Its finding is there, and the numbers are others than those that were accepted."""
    IDLE = "idle"
    """There is no such finding."""

    @property
    def word(self) -> str:
        """The Chinese word on every screen."""
        return {"holds": "有效", "expired": "已过期", "changed": "数已变", "idle": "用不着"}[self.value]


class Acceptance(Struct, frozen=True):
    """One ``[[accept]]``: the code, and where given the agency and the place it holds for.

    ``cell`` is an A1 name, ``sheet`` and ``workbook`` say where where there is no address or agency.
    ``found`` and ``expected`` are the finding's two values when it was accepted: with others it holds no
    more. None, as an entry written by hand may leave them, asks for none.
    """

    code: str
    reason: str
    by: str
    agency: str = ""
    cell: str = ""
    address: str = ""
    sheet: str = ""
    workbook: str = ""
    found: str | None = None
    expected: str | None = None
    until: datetime.date | None = None

    @property
    def is_wide(self) -> bool:
        """Whether it says neither whose finding nor which one it is for."""
        return not (self.agency or self.cell or self.address or self.workbook)

    def concerns(self, finding: Finding) -> bool:
        """Whether it is about this finding, whatever its numbers; what it leaves empty may be anything."""
        return (
            self.code == finding.code
            and self.agency in ("", finding.agency)
            and self.cell in ("", finding.cell)
            and self.address in ("", finding.address)
            and self.sheet in ("", finding.sheet)
            and (not self.workbook or f"/{finding.workbook}".endswith(f"/{self.workbook}"))
        )

    def is_over(self, today: datetime.date) -> bool:
        """Whether its time is over."""
        return self.until is not None and today > self.until

    def covers(self, finding: Finding, today: datetime.date) -> bool:
        """Whether it holds for a finding today: the same finding, with the numbers that were accepted."""
        return (
            self.concerns(finding)
            and self.found in (None, finding.found)
            and self.expected in (None, finding.expected)
            and not self.is_over(today)
        )

    def state(self, findings: Iterable[Finding], today: datetime.date) -> State:
        """What it does today for these findings."""
        concerned = [finding for finding in findings if self.concerns(finding)]
        if not concerned:
            return State.IDLE
        if self.is_over(today):
            return State.EXPIRED
        covered = any(self.covers(finding, today) for finding in concerned)
        return State.HOLDS if covered else State.CHANGED


def covering(finding: Finding, acceptances: Sequence[Acceptance], today: datetime.date) -> Acceptance | None:
    """The first acceptance that covers the finding today; None where nobody stands by it."""
    code, whose = finding.code, ("", finding.agency)  # looked at first: few of hundreds have both
    likely = (one for one in acceptances if one.code == code and one.agency in whose)
    return next((one for one in likely if one.covers(finding, today)), None)


def is_covered(acceptances: Sequence[Acceptance], today: datetime.date, finding: Finding) -> bool:
    """Whether somebody stands by the finding today; its first two given, it may go to another process."""
    return covering(finding, acceptances, today) is not None
