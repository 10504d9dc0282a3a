"""The review page as values: who stands where, what was found, and where every figure comes from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pipeline.model.alike import Alike
from pipeline.model.finding import FindingKind, Severity
from pipeline.model.grid import Grid
from pipeline.model.movement import Move
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


@dataclass(frozen=True, slots=True)
class Version:
    """A file that arrived: its path, whether it counts, and why or why not."""

    workbook: str
    counted: bool
    reason: str
    excluded: bool = False
    """Whether the office itself leaves it out."""


@dataclass(frozen=True, slots=True)
class BoardLine:
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


@dataclass(frozen=True, slots=True)
class Approval:
    """Why a finding may stand: the reason, who says so, and until when ("" without end)."""

    reason: str
    by: str
    until: str


@dataclass(frozen=True, slots=True)
class Item:
    """Findings alike, said once; ``number`` from 1 names them on the page.

    ``part`` is the table (or 补充指标, 正文, 文件) they concern, ``figures`` the addresses they mark.
    """

    number: int
    alike: Alike
    part: str
    figures: tuple[str, ...]
    approval: Approval | None = None

    @property
    def count(self) -> int:
        """How many findings it stands for."""
        return len(self.alike.findings)


@dataclass(frozen=True, slots=True)
class Beyond:
    """Findings that are listed on another page: how many, what it is called and where it lies."""

    count: int
    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Topic:
    """All items of one code and weight that are open, or all that are accepted; ``beyond`` are elsewhere."""

    kind: FindingKind
    severity: Severity
    accepted: bool
    items: tuple[Item, ...]
    beyond: tuple[Beyond, ...] = ()

    @property
    def count(self) -> int:
        """How many findings it holds."""
        return sum(item.count for item in self.items) + self.further

    @property
    def further(self) -> int:
        """How many of them are listed on other pages."""
        return sum(one.count for one in self.beyond)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one agency gave to a figure; ``agency`` is its number in ``Review.agencies``."""

    agency: int
    value: Decimal
    sheet: str
    cell: str
    raw: str
    reading: str
    before: Decimal | None
    """The same agency's figure last year."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """An agency whose number a figure lacks, and why, in words."""

    agency: str
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    """A figure called to account: what it is, its value this year and last, and all it is made of.

    ``value`` is None where it could not be added up: ``entries`` are then what there is. ``printed`` and
    ``printed_before`` are the values as a report prints them, "" for none. ``subtotals`` go with
    ``Review.groups``. ``formula`` says how it was made where it is no plain sum, of ``parts`` (addresses).
    """

    address: str
    words: str
    part: str
    value: Decimal | None
    before: Decimal | None
    printed: str
    printed_before: str
    entries: tuple[Entry, ...]
    lacking: tuple[Lacking, ...]
    subtotals: tuple[Decimal | None, ...]
    difference: str
    """This year less last year, signed; "" where either is not known."""
    rate: str
    """The same in percent of last year; "" where that says nothing."""
    formula: str = ""
    parts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    """Where the narrative prints it (第12段)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage: its text, the figures it rests on (none for typed words), what printed it.

    ``marked`` says that a finding quotes these very words.
    """

    text: str
    addresses: tuple[str, ...] = ()
    source: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage of the narrative as printed, where it stands in the file, and what was found in it."""

    level: int
    origin: str
    pieces: tuple[Piece, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the report: its title, and its passages."""

    title: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """How a rule was tried: its number in the law's list ("" for none) and title, ``each`` identities in each
    of ``bodies`` agencies ("40 × 52"); of all, the sums' too, how many were tried, failed, were not tried.
    """

    reference: str
    title: str
    each: int
    bodies: int
    made: int
    broken: int
    left: int


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of a divided review on the overview: its page, whose agencies, and how they stand.

    ``errors`` and ``warnings`` are findings that nobody has accepted, ``accepted`` those a person stands by.
    """

    number: int
    label: str
    words: str
    link: str
    states: Mapping[State, int]
    errors: int
    warnings: int
    accepted: int

    @property
    def expected(self) -> int:
        """How many agencies it has."""
        return sum(self.states.values())

    @property
    def counted(self) -> int:
        """How many of them are in the sums."""
        return sum(number for state, number in self.states.items() if state.counts)


@dataclass(frozen=True, slots=True)
class Marks:
    """The open findings of a figure that are listed on other pages: how many, and the heaviest's weight."""

    count: int
    heaviest: Severity


@dataclass(frozen=True, slots=True)
class Division:
    """How a review is divided, as one of its pages says it.

    On the overview ``parts`` are all parts and ``number`` is 0, ``pages`` are where the agencies of its board
    are found and ``marked`` the figures with findings on parts' pages. On a part's page ``parts`` is that part
    alone, ``number`` which of ``count`` it is. ``folder`` is the common folder of all files that arrived.
    """

    parts: tuple[PartLine, ...]
    number: int
    count: int
    folder: str
    pages: Mapping[str, str] = field(default_factory=dict)
    marked: Mapping[str, Marks] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """All that the review page says. ``agencies`` are those that count, in the roster's order.

    On the overview of a divided one they are its parts, and ``workbooks`` their pages.
    """

    organ: str
    year: int
    edition: str
    deadline: str
    """The day by which agencies had to submit (2021-01-15), "" where none is set."""
    hurdles: tuple[str, ...]
    """What keeps a final report from being made, in words; none where it can be made."""
    agencies: tuple[str, ...]
    workbooks: tuple[str, ...]
    """The workbook of each agency that counts."""
    groups: tuple[str, ...]
    member: tuple[int, ...]
    """The number of each agency's group."""
    board: tuple[BoardLine, ...]
    strangers: tuple[Version, ...]
    """Files that could not be given to any agency."""
    topics: tuple[Topic, ...]
    grids: tuple[Grid, ...]
    accounts: Mapping[str, Account]
    last_year: str
    """Where last year's figures come from, in words."""
    moves: tuple[Move, ...]
    news: tuple[str, ...]
    """What else is not as in the run before, in sentences: agencies that came or went, files sent anew."""
    narrative: str
    """The narrative's file, "" where it could not be read."""
    chapters: tuple[Chapter, ...]
    beside: tuple[Item, ...]
    """What was found in the narrative that belongs to no one passage."""
    keys: tuple[str, ...]
    """Addresses of the key figures to sign off."""
    tally: tuple[Checked, ...]
    division: Division | None = None
    """How it is divided; None where it is one page."""

    @property
    def states(self) -> Mapping[State, int]:
        """How many agencies stand where."""
        told: Counter[State] = Counter()
        for part in self.division.parts if self.division else ():
            told.update(part.states)
        return told if self.division else Counter(line.state for line in self.board)
