"""The one figure behind two breaches: where a row and a column are out by the same, they cross in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pipeline.model.rule import Identity, Lookup, Relation, Term


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that would mend two breaches were it ``right`` instead; ``gap`` is what they are out by."""

    address: str
    right: Decimal
    gap: Decimal


def suspects(broken: Sequence[Identity], lookup: Lookup) -> Mapping[Identity, Suspect]:
    """The suspect of each breach, where there is one and only one; what is added up is none itself."""
    pairs = [
        (one, other, suspect)
        for one, other in combinations([one for one in broken if one.relation is Relation.EQUAL], 2)
        if (suspect := _crossing(one, other, lookup))
    ]
    named: dict[Identity, set[Suspect]] = {}
    for one, other, suspect in pairs:
        named.setdefault(one, set()).add(suspect)
        named.setdefault(other, set()).add(suspect)
    return {
        identity: suspect
        for one, other, suspect in pairs
        if len(named[one]) == len(named[other]) == 1
        for identity in (one, other)
    }


def _crossing(one: Identity, other: Identity, lookup: Lookup) -> Suspect | None:
    """The one figure both relate, where the same number in its place would mend both."""
    totals = {identity.focus for identity in (one, other) if len(identity.left) == 1}
    crossing = (_addresses(one) & _addresses(other)) - totals
    if len(crossing) != 1:
        return None
    (address,) = crossing
    suspect = _needed(one, address, lookup)
    return suspect if suspect == _needed(other, address, lookup) else None


def _addresses(identity: Identity) -> set[str]:
    return {term.address for term in identity.terms if not term.last_year}


def _needed(identity: Identity, address: str, lookup: Lookup) -> Suspect | None:
    """What the figure would have to be for the identity to hold; None where that is below 0."""
    sides = identity.sums(lookup)
    value = lookup(Term(address))
    if sides is None or value is None:
        return None
    gap = sides[1] - sides[0]
    sign = sum(
        side * term.sign
        for side, terms in ((1, identity.left), (-1, identity.right))
        for term in terms
        if term.address == address and not term.last_year
    )
    right = value + gap * sign
    return Suspect(address, right, abs(gap)) if right >= 0 else None
