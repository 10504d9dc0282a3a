"""A rule's tally: what was tried, what was not, and none of it lost in adding up."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from pipeline.model.tally import Checks, RuleTally, State

COUNTS = st.builds(Checks, *[st.integers(0, 999)] * 6)


@given(COUNTS, COUNTS)
def test_what_was_tried_and_what_was_not_add_up(one, other):
    both = one + other
    assert both.made == one.made + other.made
    assert both.left == one.left + other.left
    assert both.broken == one.broken + other.broken
    assert one + Checks() == one


@given(st.lists(st.sampled_from(State)))
def test_each_outcome_is_counted_in_its_own_field(states):
    counted = Checks.of(iter(states))
    assert Checks.counted(Counter(states)) == counted
    assert {one.name for one in fields(Checks)} == {state.value for state in State}
    assert all(getattr(counted, state.value) == states.count(state) for state in State)


def test_a_rule_s_findings_are_those_of_the_agencies_and_of_the_sums():
    tally = RuleTally("row-total", "H1", 23, 52, Checks(held=1190, broken=6), Checks(held=22, broken=1))
    assert tally.agencies.made == 23 * 52
    assert tally.broken == 7


@given(st.lists(st.sampled_from(State)))
def test_every_outcome_is_counted_once(states):
    checks = Checks.of(states)
    assert checks.made + checks.left == len(states)
    assert checks.broken == states.count(State.BROKEN)
