"""A batch done item by item, and what each ends as."""

import pytest

from kit.kitchen import cut, no_tools
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution.work import Failure, Work, serial, stopped, turn, values

WORK = Work(no_tools, cut)


def test_a_batch_gives_each_item_s_result_and_the_seconds_it_took():
    done = turn(WORK, "knife", ["a", "stone", "b"])
    assert done.results() == ["a by knife", Failure(ExitCode.INPUT, "这是石头，切不动。"), "b by knife"]
    assert done.seconds > 0


def test_what_cannot_be_sent_back_is_that_item_s_bug():
    secret, a = turn(WORK, "knife", ["secret", "a"]).results()
    assert (secret.code, a) == (ExitCode.BUG, "a by knife")


def test_want_of_memory_is_the_machine_s_matter_and_no_bug():
    (melon,) = turn(WORK, "knife", ["melon"]).results()
    assert melon.code is ExitCode.WORKER
    assert "内存" in melon.words


def test_a_batch_that_was_not_begun_raises_why():
    with pytest.raises(OperatorError, match="没有刀") as refused:
        stopped(Failure(ExitCode.DEPENDENCY, "没有刀。")).results()
    assert refused.value.code is ExitCode.DEPENDENCY


def test_nothing_to_do_needs_no_tools():
    assert list(serial(Work(pytest.fail, cut), [])) == []


def test_where_nothing_may_fail_a_failure_is_raised_as_what_it_was():
    assert list(values(iter(["a", "b"]))) == ["a", "b"]
    with pytest.raises(OperatorError, match="切不动") as refused:
        list(values(serial(WORK, ["a", "stone"])))
    assert refused.value.code is ExitCode.INPUT
    with pytest.raises(RuntimeError, match="ZeroDivisionError: splinters"):
        list(values(serial(WORK, ["glass"])))
