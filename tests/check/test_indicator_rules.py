"""Indicators that are totals of others, and parts of a whole, become rules."""

from pipeline.check.indicator_rules import indicator_rules
from pipeline.model.indicator import PREFIX, Aggregation
from pipeline.model.rule import Relation


def test_every_total_and_every_ratio_has_its_rule(indicators):
    totals, shares = indicator_rules(indicators)
    assert {one.focus for one in totals.identities} == {one.address for one in indicators if one.parts}
    assert all(one.relation is Relation.EQUAL for one in totals.identities)
    assert totals.computes
    ratios = [one for one in indicators if one.aggregation is Aggregation.RATIO]
    assert [(one.focus, one.right[0].address) for one in shares.identities] == [
        (PREFIX + one.over[0], PREFIX + one.over[1]) for one in ratios
    ]
    assert all(one.relation is Relation.AT_MOST for one in shares.identities)
    assert not shares.computes
