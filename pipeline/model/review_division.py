"""How a review of many agencies is divided into an overview and a page a part, as values."""

from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.model.board import State
from pipeline.model.finding import Severity


class Beyond(Struct, frozen=True):
    """Findings that are listed on another page: how many, what it is called and where it lies."""

    count: int
    label: str
    link: str


class PartLine(Struct, frozen=True):
    """A part of a divided review on the overview: its page, whose agencies, by name, and how they stand.

    ``errors`` and ``warnings`` are findings that nobody has accepted, ``accepted`` those a person stands by.
    """

    number: int
    label: str
    words: str
    link: str
    agencies: tuple[str, ...]
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


class Marks(Struct, frozen=True):
    """The open findings of a figure that are listed on other pages: how many, and the heaviest's weight."""

    count: int
    heaviest: Severity


class Division(Struct, frozen=True):
    """How a review is divided, as one of its pages says it.

    On the overview ``parts`` are all parts and ``number`` is 0, ``pages`` are where the agencies of its
    board are found and ``marked`` the figures with findings on parts' pages. On a part's page ``parts`` is
    that part alone, ``number`` which of ``count`` it is. ``folder`` is the common folder of all that arrived.
    """

    parts: tuple[PartLine, ...]
    number: int
    count: int
    folder: str
    pages: Mapping[str, str] = field(default_factory=dict)
    marked: Mapping[str, Marks] = field(default_factory=dict)
