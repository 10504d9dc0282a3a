"""Limits: both a proportion and a distance must be passed."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.number import NumberKind
from pipeline.model.plausibility import Comparison, Limit

COUNT, YUAN = NumberKind.COUNT, NumberKind.YUAN
FAR = Comparison(("a",), {COUNT: Limit(Decimal(10), Decimal(500))})
MIXED = Comparison(("a",), {YUAN: Limit(Decimal(2000), Decimal(0), most=Decimal(50000))})
NUMBERS = st.integers(0, 10**9).map(Decimal)


def test_both_limits_must_be_passed():
    assert FAR.exceeded(COUNT, Decimal(1000), Decimal(100))
    assert not FAR.exceeded(COUNT, Decimal(1000), Decimal(101))
    assert not FAR.exceeded(COUNT, Decimal(499), Decimal(0))
    assert FAR.exceeded(COUNT, Decimal(500), Decimal(0))


def test_a_kind_without_limit_is_never_far():
    assert not FAR.exceeded(YUAN, Decimal(10**9), Decimal(1))


def test_beyond_the_end_another_limit_speaks_and_nothing_has_no_magnitude():
    assert MIXED.exceeded(YUAN, Decimal(10000), Decimal(1))
    assert not MIXED.exceeded(YUAN, Decimal(60000), Decimal(1))
    assert not MIXED.exceeded(YUAN, Decimal(10000), Decimal(0))


@given(NUMBERS, NUMBERS)
def test_it_does_not_matter_which_comes_first(one, other):
    assert FAR.exceeded(COUNT, one, other) == FAR.exceeded(COUNT, other, one)
    assert MIXED.exceeded(YUAN, one, other) == MIXED.exceeded(YUAN, other, one)
