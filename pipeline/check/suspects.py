"""Which one figure is most likely wrong: the only one whose change would put several identities right.

An addend typed wrongly breaks its row and its column alike, and by the same amount; each breach by itself
only points at its own total.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from pipeline.check.body import Body
from pipeline.model.rule import Identity, Relation, Rule, Scope

Breach: TypeAlias = tuple[str, str]
"""A broken identity as a finding names it: the rule's id and the address of its focus."""

FEWEST = 2
"""One breach alone points at any of its figures."""

MOST = 30
"""More breaches are no one figure's doing; a table filled with anything would be searched for long."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure, what it would have to be, and the breaches that this would mend."""

    address: str
    found: Decimal
    expected: Decimal
    mends: frozenset[Breach]


def suspects(body: Body, rules: Sequence[Rule]) -> tuple[Suspect, ...]:
    """The figures that are most likely wrong, each found with those before it put right.

    Only where one figure mends at least FEWEST breaches, more than any other that could mend one of them, and
    breaks nothing else.
    """
    named = [
        ((rule.id, identity.focus), identity)
        for rule in rules
        if body.ordinary or rule.scope is Scope.ALL
        for identity in rule.identities
        if identity.sums(body.value) is not None
    ]
    found: list[Suspect] = []
    while suspect := _likeliest(body, named):
        found.append(suspect)
        body = _changed(body, suspect.address, suspect.expected)
    return tuple(found)


def _likeliest(body: Body, named: Sequence[tuple[Breach, Identity]]) -> Suspect | None:
    broken = [one for one in named if not _holds(one[1], body)]
    if len(broken) > MOST:
        return None
    addresses = dict.fromkeys(
        term.address for _, identity in broken for term in identity.terms if not term.last_year
    )
    mending = [found for address in addresses for found in _mendings(address, body, named, broken)]
    return next((one for one in mending if len(one.mends) >= FEWEST and _is_alone(one, mending)), None)


def _is_alone(suspect: Suspect, others: Sequence[Suspect]) -> bool:
    """Whether nothing else mends as much of what it mends."""
    rivals = (one for one in others if one is not suspect and one.mends & suspect.mends)
    return all(len(one.mends) < len(suspect.mends) for one in rivals)


def _mendings(
    address: str,
    body: Body,
    named: Sequence[tuple[Breach, Identity]],
    broken: Sequence[tuple[Breach, Identity]],
) -> Iterator[Suspect]:
    """For each value of the figure that mends a breach: all that it mends, where it breaks nothing."""
    now = body.values[address]
    wanted = {now + step for _, identity in broken if (step := _step(identity, address, body)) is not None}
    for value in wanted:
        if value < 0 <= now:
            continue
        after = _changed(body, address, value)
        about = [one for one in named if any(term.address == address for term in one[1].terms)]
        mends = frozenset(
            breach for breach, identity in about if not _holds(identity, body) and _holds(identity, after)
        )
        if all(_holds(identity, after) for _, identity in about if _holds(identity, body)):
            yield Suspect(address, now, value, mends)


def _step(identity: Identity, address: str, body: Body) -> Decimal | None:
    """By how much the figure would have to change for the identity to hold; None where it cannot mend it."""
    sums = identity.sums(body.value)
    weight = sum(
        term.sign * side
        for side, terms in ((1, identity.left), (-1, identity.right))
        for term in terms
        if term.address == address and not term.last_year
    )
    if sums is None or abs(weight) != 1 or identity.relation is not Relation.EQUAL:
        return None
    return (sums[1] - sums[0]) * weight


def _holds(identity: Identity, body: Body) -> bool:
    sums = identity.sums(body.value)
    return sums is None or identity.relation.holds(*sums)


def _changed(body: Body, address: str, value: Decimal) -> Body:
    values: Mapping[str, Decimal] = {**body.values, address: value}
    return replace(body, values=values)
