"""The rules of the indicator sheet, made from the indicators themselves."""

from collections.abc import Sequence

from pipeline.model.indicator import PREFIX, Aggregation, Indicator
from pipeline.model.rule import Identity, Relation, Rule, Scope, Term


def indicator_rules(indicators: Sequence[Indicator]) -> tuple[Rule, ...]:
    """The indicator sheet's totals, and parts that can be no more than their whole, as rules."""
    totals = [
        Identity((Term(one.address),), Relation.EQUAL, tuple(Term(PREFIX + part) for part in one.parts))
        for one in indicators
        if one.parts
    ]
    shares = [
        Identity((Term(PREFIX + one.over[0]),), Relation.AT_MOST, (Term(PREFIX + one.over[1]),))
        for one in indicators
        if one.aggregation is Aggregation.RATIO
    ]
    return (
        Rule(id="indicator-total", reference="", scope=Scope.ALL, computes=True, identities=tuple(totals)),
        Rule(id="indicator-share", reference="", scope=Scope.ALL, computes=False, identities=tuple(shares)),
    )
