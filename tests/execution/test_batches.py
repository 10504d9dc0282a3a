"""How many items travel together: by the time they take, within bounds, and the rest shared out."""

import pytest

from pipeline.execution.batches import GROWTH, MOST, Batches


def batches(each=None, count=MOST):
    sizes = Batches(0.15, 0.3)
    if each is not None:
        sizes.learn(each * count, count)
    return sizes


def test_single_items_go_until_one_has_been_timed():
    assert batches().size(1000, 2) == 1


@pytest.mark.parametrize(
    ("each", "size"), [(0.001, MOST), (0.002, 150), (0.009, 33), (0.29, 1), (4, 1), (0, MOST)]
)
def test_a_batch_is_worth_its_way(each, size):
    assert batches(each).size(0, 2) == size
    assert batches(each).size(100_000, 2) == size


def test_near_the_end_the_rest_is_shared_out_as_far_as_a_batch_is_worth_its_way():
    assert batches(0.009).size(52, 2) == 26
    assert batches(0.009).size(30, 2) == 17
    assert batches(0.009).size(30, 16) == 17


def test_what_takes_longer_than_before_goes_in_smaller_batches():
    sizes = batches(0.003)
    before = sizes.size(0, 2)
    sizes.learn(0.3, 10)
    assert sizes.size(0, 2) < before / 4


def test_the_first_items_may_have_been_easy_a_batch_grows_step_by_step():
    sizes = batches(0, 1)
    assert sizes.size(1000, 2) == GROWTH
    sizes.learn(0, GROWTH)
    sizes.learn(0, 1)
    assert sizes.size(1000, 2) == GROWTH**2
