"""An identity made ready adds up as the identity itself does."""

from decimal import Decimal

import pytest

from pipeline.check.adding import Prepared, Side
from pipeline.model.rule import Identity, Relation, Term
from pipeline.model.tally import State

VALUES = {"a": Decimal(3), "b": Decimal("1.50"), "c": Decimal(-4)}
BEFORE = {"a": Decimal(2)}
TOTAL = Identity((Term("a"),), Relation.EQUAL, (Term("b"), Term("c")))
CARRIED = Identity((Term("a"), Term("b", -1)), Relation.AT_MOST, (Term("a", last_year=True),))


@pytest.mark.parametrize("identity", [TOTAL, CARRIED, Identity((Term("c"),), Relation.AT_LEAST, ())])
def test_both_sides_are_those_of_the_identity(identity):
    def lookup(term):
        return (BEFORE if term.last_year else VALUES).get(term.address)

    assert Prepared.of(identity).sums(VALUES, BEFORE) == identity.sums(lookup)


@pytest.mark.parametrize("address", ["a", "b", "c"])
@pytest.mark.parametrize("identity", [TOTAL, CARRIED])
def test_a_figure_moves_the_gap_by_its_weight(identity, address):
    one = Prepared.of(identity)
    moved = {**VALUES, address: VALUES[address] + 10}
    assert one.gap(moved, BEFORE) - one.gap(VALUES, BEFORE) == 10 * one.weights.get(address, 0)


def test_without_a_figure_there_is_no_gap():
    assert Prepared.of(TOTAL).gap({"a": Decimal(3)}, {}) is None


def test_only_a_plain_sum_of_this_year_is_added_up_by_addresses():
    assert Side.of((Term("a"), Term("b"))).plain == ("a", "b")
    assert Side.of((Term("a"), Term("b", -1))).plain is None
    assert Side.of((Term("a", last_year=True),)).plain is None


@pytest.mark.parametrize(
    ("identity", "values", "before", "state"),
    [
        (CARRIED, VALUES, BEFORE, State.HELD),
        (TOTAL, VALUES, {}, State.BROKEN),
        (TOTAL, {"a": Decimal(3)}, {}, State.WITHOUT_FIGURE),
        (CARRIED, VALUES, {}, State.WITHOUT_LAST_YEAR),
        (CARRIED, {}, {}, State.WITHOUT_FIGURE),
    ],
)
def test_what_became_of_it(identity, values, before, state):
    assert Prepared.of(identity).state(values, before) is state
