"""The same work by this process, by processes forked and spawned, and by a Dask cluster: the same results."""

import multiprocessing
import os
from functools import partial

import pytest

from kit.kitchen import cut, sharpened, started
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import Failure, Work, over_all
from pipeline.execution.cluster import joined
from pipeline.fingerprint import identity

STARTS = [way for way in ("fork", "spawn") if way in multiprocessing.get_all_start_methods()]
WAYS = ["here", *STARTS, "cluster"]
ORDERED = [f"dish {number}" for number in range(40)]
"""Enough to be worth a process that starts anew."""


@pytest.fixture(params=WAYS)
def done(request, tmp_path):
    """What becomes of items, by each of the ways."""
    way = request.param

    def all_of(items):
        work = Work(partial(sharpened, str(tmp_path)), cut)
        if way == "cluster":
            with joined(request.getfixturevalue("lan"), identity) as cluster:
                return list(over_all(work, items, cluster))
        with started(way if way in STARTS else ""):
            return list(over_all(work, items, 0 if way == "here" else 2))

    all_of.way = way
    return all_of


def test_results_come_in_order_and_a_failing_item_stops_no_other(done):
    found = done([*"abc", "stone", *"de", "glass", "melon", "secret", *"fg", *ORDERED])
    assert [one for one in found if isinstance(one, str)] == [
        f"{name} by knife" for name in [*"abcdefg", *ORDERED]
    ]
    assert found[3] == Failure(ExitCode.INPUT, "这是石头，切不动。")
    assert (found[6].code, found[7].code) == (ExitCode.BUG, ExitCode.WORKER)
    assert "ZeroDivisionError: splinters" in found[6].words
    if done.way != "here":
        assert found[8].code is ExitCode.BUG
        assert "pickle" in found[8].words


def test_a_process_that_dies_costs_the_item_it_died_of_and_no_other(done):
    if done.way == "here":
        return
    found = [one if isinstance(one, str) else one.code for one in done(["a", *ORDERED, "b", "bomb", "c"])]
    assert found == [
        "a by knife", *(f"{name} by knife" for name in ORDERED), "b by knife",
        ExitCode.WORKER, "c by knife",
    ]  # fmt: skip


def test_a_process_killed_midway_costs_nothing_where_another_can_do_its_work(done, tmp_path):
    if done.way == "here":
        return
    found = done([*ORDERED, f"dud {tmp_path / 'fuse'}", *ORDERED])
    assert found == [
        *(f"{name} by knife" for name in ORDERED),
        "dud by knife",
        *(f"{name} by knife" for name in ORDERED),
    ]


def test_an_iterator_s_items_are_taken_as_they_are_needed(done):
    assert done(iter(ORDERED)) == [f"{name} by knife" for name in ORDERED]


def test_nothing_to_do_is_done_at_once(done, tmp_path):
    assert done([]) == []
    assert [mark for mark in tmp_path.iterdir() if mark.name.split("-")[0] != str(os.getpid())] == []


def test_tools_that_cannot_be_made_ready_are_said_once(request):
    def missing():
        raise OperatorError(ExitCode.DEPENDENCY, "没有刀。")

    for jobs in (0, 2):
        with pytest.raises(OperatorError, match="没有刀") as refused:
            list(over_all(Work(missing, cut), ["a", "b"], jobs))
        assert refused.value.code is ExitCode.DEPENDENCY
