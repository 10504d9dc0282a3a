"""A row of the table: what is compared with what, how far it must go, and what was measured."""

import statistics
from collections.abc import Callable, Sequence

from msgspec import Struct

from benchmarks.clock import Cost

UNITS = {"wall": 1000.0, "cpu": 1000.0, "mebibytes": 1.0}


class Target(Struct, frozen=True):
    """The most that ours may take, as a share of the peer's or, without a peer, in the row's unit."""

    most: float
    words: str
    inverse: bool = False

    def told(self, value: float) -> str:
        """A value in the target's own way."""
        return f"{1 / value:.1f} × faster" if self.inverse else f"{value:.2f} ×"


def faster(times: float) -> Target:
    """So many times faster than the peer."""
    return Target(1 / times, f"≥ {times:g} × faster", inverse=True)


def within(times: float) -> Target:
    """At most so many times the peer's."""
    return Target(times, f"≤ {times:g} ×")


def at_most(limit: float, unit: str) -> Target:
    """At most so much, with no peer to compare."""
    return Target(limit, f"≤ {limit:g} {unit}")


class Pairs(Struct, frozen=True):
    """Ours and the peer's figures, pair by pair, in ``unit``; without a peer ours alone."""

    ours: Sequence[float]
    peer: Sequence[float] = ()
    unit: str = "ms CPU"

    @property
    def value(self) -> float:
        """What is held against the target: the median of the pairs' ratios, or ours alone."""
        if not self.peer:
            return statistics.median(self.ours)
        return statistics.median(one / other for one, other in zip(self.ours, self.peer, strict=True))


def pairs(rounds: Sequence[Sequence[Cost]], by: str = "cpu", each: Sequence[float] = (1, 1)) -> Pairs:
    """Rounds of two costs by ``wall``, ``cpu`` or ``mebibytes``; ``each`` says how many items each run did."""
    ours, peer = (
        [getattr(costs[place], by) * UNITS[by] / each[place] for costs in rounds] for place in (0, 1)
    )
    unit = {"wall": "ms", "cpu": "ms CPU", "mebibytes": "MiB"}[by]
    return Pairs(ours, peer, unit)


class Row(Struct, frozen=True):
    """A comparison; ``measure`` does it."""

    name: str
    what: str
    peer: str
    must: Target | None
    stretch: Target | None
    measure: Callable[..., Pairs]

    def cells(self, found: Pairs) -> list[str]:
        """The row as it stands in the table, from what was measured."""
        ours = f"{digits(statistics.median(found.ours))} {found.unit}"
        peer = f"{self.peer}: {digits(statistics.median(found.peer))}" if found.peer else self.peer
        target = self.must or self.stretch or within(1)
        ratio = target.told(found.value) if found.peer else ""
        words = [one.words if one else "" for one in (self.must, self.stretch)]
        return [self.what, ours, peer, ratio, *words, self.verdict(found)]

    def verdict(self, found: Pairs) -> str:
        """met, stretch (met as well), missed, or nothing where there is no must."""
        if self.stretch and found.value <= self.stretch.most:
            return "stretch"
        if self.must is None:
            return ""
        return "met" if found.value <= self.must.most else "**missed**"

    def missed(self, found: Pairs) -> bool:
        """Whether the must is missed."""
        return self.must is not None and found.value > self.must.most


def digits(value: float) -> str:
    """A figure to three digits, or to the whole number where it has more."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


class Rows(list[Row]):
    """The rows of one part, in the order they are written down."""

    def add(
        self, what: str, peer: str = "", must: Target | None = None, stretch: Target | None = None
    ) -> Callable[[Callable[..., Pairs]], Callable[..., Pairs]]:
        """A decorator: the function measures the row, and its name is the row's."""

        def added(measure: Callable[..., Pairs]) -> Callable[..., Pairs]:
            self.append(Row(measure.__name__.replace("_", "-"), what, peer, must, stretch, measure))
            return measure

        return added
