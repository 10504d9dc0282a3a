"""Identities made ready to be added up many times: a year's rules are the same for every body."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from pipeline.model.rule import Identity, Term, total
from pipeline.model.tally import State

Figures: TypeAlias = Mapping[str, Decimal]
"""Figures by address; those that are missing are not in it."""

_NOTHING = Decimal(0)


class Side(Struct, frozen=True, eq=False):
    """One side of an identity: its terms, and their addresses where all are this year's, none subtracted."""

    terms: tuple[Term, ...]
    plain: tuple[str, ...] | None

    @classmethod
    def of(cls, terms: tuple[Term, ...]) -> "Side":
        """A side made of these terms."""
        is_plain = all(term.sign == 1 and not term.last_year for term in terms)
        return cls(terms, tuple(term.address for term in terms) if is_plain else None)

    def sum(self, values: Figures, last_year: Figures) -> Decimal | None:
        """The sum of its figures; None where one is missing."""
        if self.plain is None:
            return total(self.terms, lambda term: (last_year if term.last_year else values).get(term.address))
        try:
            return sum(map(values.__getitem__, self.plain), _NOTHING)
        except KeyError:
            return None


class Prepared(Struct, frozen=True, eq=False):
    """An identity with both its sides ready.

    ``weights``: by how much its left side less its right grows with each of this year's figures.
    """

    identity: Identity
    left: Side
    right: Side
    weights: Mapping[str, int]

    @classmethod
    def of(cls, identity: Identity) -> "Prepared":
        """An identity made ready."""
        weights: dict[str, int] = {}
        for side, terms in ((1, identity.left), (-1, identity.right)):
            for term in terms:
                if not term.last_year:
                    weights[term.address] = weights.get(term.address, 0) + side * term.sign
        return cls(identity, Side.of(identity.left), Side.of(identity.right), weights)

    def sums(self, values: Figures, last_year: Figures) -> tuple[Decimal, Decimal] | None:
        """Both sides' sums; None where any figure is missing."""
        left = self.left.sum(values, last_year)
        right = None if left is None else self.right.sum(values, last_year)
        return None if left is None or right is None else (left, right)

    def gap(self, values: Figures, last_year: Figures) -> Decimal | None:
        """By how much the left side is more than the right; None where any figure is missing."""
        sums = self.sums(values, last_year)
        return sums[0] - sums[1] if sums else None

    def state(self, values: Figures, last_year: Figures) -> State:
        """Whether it holds, or why that cannot be told."""
        sums = self.sums(values, last_year)
        if sums:
            return State.HELD if self.identity.relation.holds(*sums) else State.BROKEN
        lacking = {
            term.last_year
            for term in self.identity.terms
            if term.address not in (last_year if term.last_year else values)
        }
        return State.WITHOUT_FIGURE if False in lacking else State.WITHOUT_LAST_YEAR
