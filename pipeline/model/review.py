"""The review page as values: who stands where, what was found, and where every figure comes from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from pipeline.model.alike import Alike
from pipeline.model.board import BoardLine, State, Version
from pipeline.model.finding import FindingKind, Severity
from pipeline.model.grid import Grid
from pipeline.model.movement import Move
from pipeline.model.review_division import Beyond, Division


class Approval(Struct, frozen=True):
    """Why a finding may stand: the reason, who says so, and until when ("" without end)."""

    reason: str
    by: str
    until: str


class Item(Struct, frozen=True):
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


class Topic(Struct, frozen=True):
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


class Entry(NamedTuple):
    """What one agency gave to a figure; ``agency`` is its number in ``Review.agencies``."""

    agency: int
    value: Decimal
    sheet: str
    cell: str
    raw: str
    reading: str
    before: Decimal | None
    """The same agency's figure last year."""


class Entries(Struct, frozen=True):
    """Entries field by field, in their order: there is one for every cell of every workbook."""

    agencies: tuple[int, ...] = ()
    values: tuple[Decimal, ...] = ()
    sheets: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    raws: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    befores: tuple[Decimal | None, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Entries":
        """These entries; all fields are empty where there are none."""
        return cls(*zip(*entries, strict=True))

    def __len__(self) -> int:
        """How many there are."""
        return len(self.agencies)

    def __iter__(self) -> Iterator[Entry]:
        """One after the other."""
        fields = (self.agencies, self.values, self.sheets, self.cells, self.raws, self.readings, self.befores)
        return map(Entry, *fields)


class Lacking(Struct, frozen=True):
    """An agency whose number a figure lacks, and why, in words."""

    agency: str
    reason: str


class Account(Struct, frozen=True):
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
    entries: Entries
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


class Piece(Struct, frozen=True):
    """A piece of a passage: its text, the figures it rests on (none for typed words), what printed it.

    ``marked`` says that a finding quotes these very words.
    """

    text: str
    addresses: tuple[str, ...] = ()
    source: str = ""
    marked: bool = False


class Reading(Struct, frozen=True):
    """A passage of the narrative as printed, where it stands in the file, and what was found in it."""

    level: int
    origin: str
    pieces: tuple[Piece, ...]
    items: tuple[Item, ...]


class Chapter(Struct, frozen=True):
    """A section of the report: its title, and its passages."""

    title: str
    readings: tuple[Reading, ...]


class Checked(Struct, frozen=True):
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


class Review(Struct, frozen=True):
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
