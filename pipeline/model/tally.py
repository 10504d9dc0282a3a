"""How often each rule was tried in a year, and how it went: counted where the checking is done."""

from collections.abc import Iterable, Mapping
from enum import Enum

from msgspec import Struct


class State(Enum):
    """What became of one identity at one body; each value is its field of ``Checks``, in their order."""

    HELD = "held"
    BROKEN = "broken"
    FOLLOWING = "following"
    WITHOUT_LAST_YEAR = "without_last_year"
    WITHOUT_FIGURE = "without_figure"
    WITHOUT_PEERS = "without_peers"

    __hash__ = object.__hash__  # there is one of each: by the name, as enums do it, takes twice as long


_IN_ORDER = tuple(State)
"""The states in the order of the fields of ``Checks``."""


class Checks(Struct, frozen=True):
    """The identities of one rule over some bodies, each counted once: ``made`` were tried, ``left`` not."""

    held: int = 0
    broken: int = 0
    """Does not hold, and is a finding."""
    following: int = 0
    """Does not hold, but only because of what another finding says already."""
    without_last_year: int = 0
    """Not tried: nothing of last year to compare with."""
    without_figure: int = 0
    """Not tried: a figure of this year is missing or in doubt."""
    without_peers: int = 0
    """Not tried: too few others, or too few figures, to compare with."""

    @classmethod
    def of(cls, states: Iterable[State]) -> "Checks":
        """The checks of which these are the outcomes."""
        listed = list(states)
        held = listed.count(State.HELD)
        if held == len(listed):  # as almost always
            return cls(held)
        return cls(*map(listed.count, _IN_ORDER))

    @classmethod
    def counted(cls, states: Mapping[State, int]) -> "Checks":
        """The checks that came out so, so often."""
        return cls(*(states.get(state, 0) for state in _IN_ORDER))

    @property
    def made(self) -> int:
        """How many were tried."""
        return self.held + self.broken + self.following

    @property
    def left(self) -> int:
        """How many could not be tried."""
        return self.without_last_year + self.without_figure + self.without_peers

    def __add__(self, other: "Checks") -> "Checks":
        return Checks(
            self.held + other.held,
            self.broken + other.broken,
            self.following + other.following,
            self.without_last_year + other.without_last_year,
            self.without_figure + other.without_figure,
            self.without_peers + other.without_peers,
        )


LAW = ("H1", "H2", "H3", "H4")
"""The 勾稽关系 that the form itself prints or implies: 40 a body in edition 2019, 42 in 2021."""


class RuleTally(Struct, frozen=True):
    """One rule's year: ``code`` is its finding code, ``reference`` its number in the law's list (H1, S5).

    ``each`` identities for each of ``bodies`` agencies ("23 × 52"); ``agencies`` and ``sums`` say what became
    of them at the agencies and at the consolidated figures.
    """

    code: str
    reference: str
    each: int
    bodies: int
    agencies: Checks = Checks()
    sums: Checks = Checks()

    @property
    def broken(self) -> int:
        """Findings of this rule."""
        return self.agencies.broken + self.sums.broken


def in_law_s_order(tally: RuleTally) -> tuple[bool, str, int]:
    """A sorting key: H1 to H8, S1 to S9, then what has no number in the law's list."""
    letter, number = tally.reference[:1], tally.reference[1:]
    return not letter, letter, int(number or 0)
