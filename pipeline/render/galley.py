"""Type before it is made up into pages: galleys of units (lines, table rows) that a page may part, or not."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

from msgspec import Struct, field

Canvas: TypeAlias = Any
"""A page.Sheet, which draws what is made up of galleys and so knows them, not they it."""


class Galley(Protocol):
    """A block set in type. Lengths are in points."""

    @property
    def block(self) -> int:
        """The number of the block it sets, from 1; 0 for the title."""

    @property
    def opens_page(self) -> bool:
        """Whether it begins on a page of its own."""

    @property
    def heights(self) -> Sequence[float]:
        """The height of each unit."""

    @property
    def head(self) -> int:
        """How many leading units are printed again where the galley goes on overleaf."""

    @property
    def space(self) -> float:
        """White space below; overleaf where the page has no room for it, as Word's blank line."""

    @property
    def keeps_next(self) -> bool:
        """Whether the last unit must stand on the page on which the next galley begins."""

    def may_part(self, unit: int, /) -> bool:
        """Whether a page may end before this unit (counted from 0; never asked for the first)."""

    def draw(self, canvas: Canvas, first: int, end: int, left: float, top: float, /) -> None:
        """Draw and mark units first..end-1 from that corner down; overleaf, under the head again."""


class Part(Struct, frozen=True):
    """Units first..end-1 of a galley on a page, ``top`` points below the top of the type area."""

    galley: Galley
    first: int
    end: int
    top: float


class _Unit(NamedTuple):
    galley: Galley
    number: int
    height: float
    space: float
    repeated: float
    """The height of the head that must be printed again if a page begins with this unit."""
    parts: bool
    """Whether a page may end before this unit."""
    opens: bool
    """Whether a page must."""


class _Page(Struct):
    height: float
    units: list[_Unit] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    filled: float = 0.0
    """How far down it is filled."""

    def take(self, unit: _Unit) -> bool:
        """Set the unit at the page's end if it fits; the first one always stands."""
        above = unit.space if self.units else unit.repeated
        if self.units and (unit.opens or self.filled + above + unit.height > self.height + 0.01):
            return False
        self.units.append(unit)
        self.tops.append(self.filled + above)
        self.filled += above + unit.height
        return True

    def end_after(self, count: int, following: Sequence[_Unit]) -> float:
        """Keep only the first units; how much white the next page begins with, given what follows there."""
        self.units, self.tops = self.units[:count], self.tops[:count]
        self.filled = self.tops[-1] + self.units[-1].height
        space = following[0].space if following else 0.0
        return space if self.filled + space > self.height else 0.0

    def parts(self) -> list[Part]:
        """The page's units, joined again galley by galley."""
        starts = [i for i, unit in enumerate(self.units) if i == 0 or unit.number == 0]
        return [
            Part(
                self.units[start].galley,
                self.units[start].number,
                self.units[end - 1].number + 1,
                self.tops[start] - (0 if start else self.units[start].repeated),
            )
            for start, end in zip(starts, [*starts[1:], len(self.units)], strict=True)
        ]


def make_up(galleys: Sequence[Galley], height: float) -> list[list[Part]]:
    """Divide galleys into pages whose type area is so many points high.

    Each page is filled as far as it goes and then ends at the last place where it may; galleys that may be
    parted nowhere on a page are parted at its end.
    """
    units = _units(galleys)
    pages: list[list[Part]] = []
    start, white = 0, 0.0
    while start < len(units):
        page = _Page(height, filled=white)
        end = start
        while end < len(units) and page.take(units[end]):
            end += 1
        if end < len(units):
            end = next((place for place in range(end, start, -1) if units[place].parts), end)
        white = page.end_after(end - start, units[end : end + 1])
        pages.append(page.parts())
        start = end
    return pages


def _units(galleys: Sequence[Galley]) -> list[_Unit]:
    units: list[_Unit] = []
    space, parts = 0.0, True
    for galley in galleys:
        head, heights, opens = galley.head, galley.heights, galley.opens_page
        again = sum(heights[:head])
        for number, height in enumerate(heights):
            if number:
                space, parts, opens = 0.0, galley.may_part(number), False
            repeated = again if number >= head else 0.0
            units.append(_Unit(galley, number, height, space, repeated, parts, opens))
        space, parts = galley.space, not galley.keeps_next
    return units
