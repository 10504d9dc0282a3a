"""Which one figure is most likely wrong: the only one whose change would put several identities right.

An addend typed wrongly breaks its row and its column alike, and by the same amount; each breach by itself
only points at its own total.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.check.adding import Prepared
from pipeline.check.body import Body
from pipeline.model.rule import Relation, Rule, Scope

Breach: TypeAlias = tuple[str, str]
"""A broken identity as a finding names it: the rule's id and the address of its focus."""

FEWEST = 2
"""One breach alone points at any of its figures."""

MOST = 30
"""More breaches are no one figure's doing; a table filled with anything would be searched for long."""


class Suspect(Struct, frozen=True):
    """A figure, what it would have to be, and the breaches that this would mend."""

    address: str
    found: Decimal
    expected: Decimal
    mends: frozenset[Breach]


class _Claim(Struct, frozen=True, eq=False):
    """An identity of one body, as a finding names it, with the weights of its figures.

    ``gap`` is by how much its left side is more than its right.
    """

    breach: Breach
    relation: Relation
    weights: Mapping[str, int]
    gap: Decimal

    def holds(self, address: str = "", change: Decimal = Decimal(0)) -> bool:
        """Whether it holds, or would, were the figure of an address changed by so much."""
        return self.relation.holds(self.gap + self.weights.get(address, 0) * change, Decimal(0))

    def mended_by(self, address: str) -> Decimal | None:
        """By how much the figure would have to change for it to hold; None where it cannot mend it."""
        weight = self.weights.get(address, 0)
        return -self.gap * weight if abs(weight) == 1 and self.relation is Relation.EQUAL else None


def suspects(
    body: Body, rules: Sequence[Rule], prepared: Mapping[str, Sequence[Prepared]]
) -> tuple[Suspect, ...]:
    """The figures that are most likely wrong, each found with those before it put right.

    ``prepared`` has the rules' identities by rule id. Only where one figure mends at least FEWEST breaches,
    more than any other that could mend one of them, and breaks nothing else.
    """
    claims = [
        _Claim((rule.id, one.identity.focus), one.identity.relation, one.weights, gap)
        for rule in rules
        if body.ordinary or rule.scope is Scope.ALL
        for one in prepared[rule.id]
        if (gap := one.gap(body.values, body.last_year)) is not None
    ]
    values, found = dict(body.values), list[Suspect]()
    while suspect := _likeliest(values, claims):
        found.append(suspect)
        address, change = suspect.address, suspect.expected - suspect.found
        values[address] = suspect.expected
        claims = [
            replace(one, gap=one.gap + one.weights[address] * change) if address in one.weights else one
            for one in claims
        ]
    return tuple(found)


def _likeliest(values: Mapping[str, Decimal], claims: Sequence[_Claim]) -> Suspect | None:
    broken = [one for one in claims if not one.holds()]
    if len(broken) > MOST:
        return None
    addresses = dict.fromkeys(address for one in broken for address in one.weights)
    mending = [
        found for address in addresses for found in _mendings(address, values[address], claims, broken)
    ]
    return next((one for one in mending if len(one.mends) >= FEWEST and _is_alone(one, mending)), None)


def _is_alone(suspect: Suspect, others: Sequence[Suspect]) -> bool:
    """Whether nothing else mends as much of what it mends."""
    rivals = (one for one in others if one is not suspect and one.mends & suspect.mends)
    return all(len(one.mends) < len(suspect.mends) for one in rivals)


def _mendings(
    address: str, now: Decimal, claims: Sequence[_Claim], broken: Sequence[_Claim]
) -> Iterator[Suspect]:
    """For each value of the figure that mends a breach: all that it mends, where it breaks nothing."""
    about = [one for one in claims if address in one.weights]
    standing, fallen = [one for one in about if one.holds()], [one for one in about if not one.holds()]
    for value in {now + step for one in broken if (step := one.mended_by(address)) is not None}:
        if value < 0 <= now:
            continue
        change = value - now
        if all(one.holds(address, change) for one in standing):
            mends = frozenset(one.breach for one in fallen if one.holds(address, change))
            yield Suspect(address, now, value, mends)
