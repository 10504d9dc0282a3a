"""What is still plausible: the limits beyond which a person must look at a figure, as data."""

import re
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from pipeline.model.number import MONEY, NumberKind


class Limit(Struct, frozen=True):
    """How far two figures of one kind may lie apart: from ``ratio`` on, and ``least`` between them.

    Beyond ``most`` times (0: no such end) another limit speaks.
    """

    ratio: Decimal
    least: Decimal
    most: Decimal = Decimal(0)


class Comparison(Struct, frozen=True):
    """Which cells are held against another figure, and the limit for each kind of number.

    ``bodies`` is how many others with a figure above 0 it takes to compare with a group; 0 for none needed.
    """

    cells: tuple[str, ...]
    limits: Mapping[NumberKind, Limit]
    bodies: int = 0

    def exceeded(self, kind: NumberKind, one: Decimal, other: Decimal) -> bool:
        """Whether two figures of a kind, neither negative, lie too far apart.

        A count of 0 is taken for 1; an amount of 0 has no magnitude to compare.
        """
        limit = self.limits.get(kind)
        low, high = min(one, other), max(one, other)
        if limit is None or (kind in MONEY and low == 0):
            return False
        times = high / max(low, Decimal(1)) if kind not in MONEY else high / low
        return times >= limit.ratio and high - low >= limit.least and not 0 < limit.most < times


class Likeness(Struct, frozen=True):
    """From how many cells above 0, and how great a number among them, likeness is no accident."""

    filled: int
    largest: Decimal


class FeeWords(Struct, frozen=True):
    """How a text speaks of fees: patterns that mention them, deny them, or explain one left unpaid."""

    cells: tuple[str, ...]
    mentions: re.Pattern[str]
    none: re.Pattern[str]
    explained: re.Pattern[str]


class Quiet(Struct, frozen=True):
    """The cells of disputes that want a request to quarrel about, and the cells of requests."""

    disputes: tuple[str, ...]
    requests: tuple[str, ...]


class Plausibility(Struct, frozen=True):
    """All limits of templates/plausibility.toml, each named by its finding code; cells of all editions."""

    magnitude_jump: Comparison
    unit_mixed: Comparison
    group_outlier: Comparison
    group_extreme: Comparison
    identical_bodies: Likeness
    disputes_without_requests: Quiet
    no_decisions: tuple[str, ...]
    fee_unstated: FeeWords
