"""The status board of a review as values: who stands where, and every file that was sent."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from pipeline.model.submission import Receipt


class State(StrEnum):
    """Where an agency stands, worst first; the word is what the page says."""

    MISSING = "未报"
    UNUSABLE = "不能用"
    WRONG = "有误"
    DOUBTFUL = "待核"
    SUBMITTED = "已报"

    @property
    def counts(self) -> bool:
        """Whether the agency's figures are in the sums."""
        return self not in (State.MISSING, State.UNUSABLE)


def state_of(receipts: Sequence[Receipt], errors: int, warnings: int = 0) -> State:
    """Where an agency stands, by all it sent and how much of it is open.

    A file that the office leaves out is as if it had not come.
    """
    if not any(receipt.counted for receipt in receipts):
        return State.MISSING if all(receipt.excluded for receipt in receipts) else State.UNUSABLE
    if errors:
        return State.WRONG
    return State.DOUBTFUL if warnings else State.SUBMITTED


class Version(Struct, frozen=True):
    """A file that arrived: its path, whether it counts, and why or why not."""

    workbook: str
    counted: bool
    reason: str
    excluded: bool = False
    """Whether the office itself leaves it out."""


class BoardLine(Struct, frozen=True):
    """One agency on the status board: its state, how much is wrong, and every file it sent.

    ``errors`` and ``warnings`` are those nobody has accepted, ``accepted`` those a person stands by.
    """

    agency: str
    group: str
    state: State
    errors: int
    warnings: int
    accepted: int
    versions: tuple[Version, ...]
