"""A roster too long for one sheet or one page, divided into parts (册) that a spreadsheet and a browser bear.

A group is kept whole where it fits: small ones share a part, in the roster's order; one of more agencies than
a part holds has parts of its own, as even as can be.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from msgspec import Struct

from pipeline.model.roster import Agency, Roster

_LINES_OF_SUMS = 3
"""Lines that a group's sums take in a ledger: many small groups fill a sheet too."""

_NAMED = 3
"""Groups of a part that are named."""

UNGROUPED = "没有分组的"


class Sizes(Struct, frozen=True):
    """Agencies up to which a ledger or a review page is one file, and of a part at most.

    Measured: tests/benchmarks/README.md.
    """

    at_once: int = 500
    each: int = 250


SIZES = Sizes()


class Section(Struct, frozen=True):
    """A group's agencies in a part: all of them, or where ``pieces`` is above 1 the piece of this number."""

    group: str
    agencies: tuple[Agency, ...]
    piece: int = 1
    pieces: int = 1

    @property
    def words(self) -> str:
        """What it is called."""
        name = self.group or UNGROUPED
        return name if self.pieces == 1 else f"{name}（共{self.pieces}册之{self.piece}）"


class Part(Struct, frozen=True):
    """A part: its number, from 1, how many there are, and whose agencies stand in it."""

    number: int
    count: int
    sections: tuple[Section, ...]

    @property
    def label(self) -> str:
        """What it is called by its number."""
        return f"第{self.number}册"

    @property
    def words(self) -> str:
        """Whose agencies stand in it."""
        names = [section.words for section in self.sections]
        more = f"等{len(names)}个分组" if len(names) > _NAMED else ""
        return "、".join(names[:_NAMED]) + more

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Its agencies, section by section."""
        return tuple(agency for section in self.sections for agency in section.agencies)

    @property
    def divided(self) -> str | None:
        """The group that it holds a piece of; None where its groups are whole."""
        first = self.sections[0]
        return first.group if first.pieces > 1 else None


def divide(roster: Roster, sizes: Sizes = SIZES) -> tuple[Part, ...]:
    """The parts of a roster, in its groups' order; none where it need not be divided."""
    groups: dict[str, list[Agency]] = {}
    for agency in roster.agencies:
        groups.setdefault(agency.group, []).append(agency)
    if len(roster.agencies) <= sizes.at_once and _lines(groups.values()) <= 2 * sizes.at_once:
        return ()
    found = list(_packed(groups, sizes.each))
    return tuple(Part(number, len(found), sections) for number, sections in enumerate(found, start=1))


def _lines(groups: Iterable[Sequence[Agency]]) -> int:
    return sum(len(group) + _LINES_OF_SUMS for group in groups)


def _packed(groups: dict[str, list[Agency]], each: int) -> Iterator[tuple[Section, ...]]:
    """The sections that share a part."""
    waiting: list[Section] = []
    for name, agencies in groups.items():
        pieces = ceil(len(agencies) / each)
        taken = [*(section.agencies for section in waiting), agencies]
        if waiting and (sum(map(len, taken)) > each or _lines(taken) > 2 * each):
            yield tuple(waiting)
            waiting = []
        if pieces == 1:
            waiting.append(Section(name, tuple(agencies)))
            continue
        for piece in range(pieces):
            first, end = (len(agencies) * at // pieces for at in (piece, piece + 1))
            yield (Section(name, tuple(agencies[first:end]), piece + 1, pieces),)
    if waiting:
        yield tuple(waiting)
