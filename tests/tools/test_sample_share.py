"""Sharing whole numbers out: nothing is lost, nothing made up, nobody left below nought."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_share import changes, layered, proportional, shared

WEIGHTS = st.lists(st.integers(0, 500), min_size=1, max_size=60)
TOTALS = st.integers(0, 10**7)
SEEDS = st.integers(0, 2**32)


def test_ten_files_by_weights_of_one_two_and_one():
    assert proportional(10, [1, 2, 1]) == [3, 5, 2]


def test_whoever_has_no_such_work_gets_no_share():
    assert proportional(7, [0, 3, 0, 1]) == [0, 5, 0, 2]


def test_where_nobody_has_such_work_all_count_alike():
    assert proportional(5, [0, 0]) == [3, 2]


def test_less_than_nothing_cannot_be_shared():
    with pytest.raises(ValueError, match="-1"):
        proportional(-1, [1])


@given(TOTALS, WEIGHTS, SEEDS)
def test_shares_add_up_and_are_the_same_for_the_same_seed(total, weights, seed):
    shares = shared(total, weights, Random(seed))
    assert sum(shares) == total
    assert min(shares) >= 0
    assert shares == shared(total, weights, Random(seed))


@given(WEIGHTS, st.data())
def test_no_share_exceeds_its_weight_where_the_weights_are_enough(weights, data):
    total = data.draw(st.integers(0, sum(weights)))
    if any(weights):
        assert all(
            share <= weight for share, weight in zip(proportional(total, weights), weights, strict=True)
        )


@given(st.lists(TOTALS, min_size=3, max_size=3).map(sorted), WEIGHTS, SEEDS)
def test_made_published_and_public_rise_for_every_body(totals, weights, seed):
    layers = layered(totals, weights, Random(seed))
    assert [sum(layer) for layer in layers] == totals
    assert all(list(rising) == sorted(rising) for rising in zip(*layers, strict=True))


def test_totals_that_fall_are_refused():
    with pytest.raises(ValueError, match="-1"):
        layered([3, 2], [1, 1], Random(1))


@given(st.lists(st.integers(0, 300), min_size=1, max_size=60), SEEDS, st.data())
def test_changes_add_up_and_take_from_nobody_more_than_it_has(items, seed, data):
    total = data.draw(st.integers(-sum(items), 10**4))
    moved = changes(total, items, items, Random(seed))
    assert sum(moved) == total
    assert all(have + more >= 0 for have, more in zip(items, moved, strict=True))


def test_in_a_city_that_gains_some_body_still_loses():
    moved = changes(12, [30] * 20, [1] * 20, Random(1))
    assert min(moved) < 0 < max(moved)


def test_more_cannot_be_taken_than_there_is():
    with pytest.raises(ValueError, match="-4"):
        changes(-4, [1, 2], [1, 1], Random(1))
