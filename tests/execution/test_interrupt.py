"""Ctrl+C while something must not be left half done: answered at the end, and only where it is ours to answer."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.execution.interrupt import put_off


def interrupted(then):
    """Ctrl+C in the midst of work that goes on to something."""
    with put_off():
        signal.raise_signal(signal.SIGINT)
        then()


def test_it_is_answered_at_the_end():
    done = []
    with pytest.raises(KeyboardInterrupt):
        interrupted(lambda: done.append("to the end"))
    assert done == ["to the end"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_it_is_answered_where_the_work_fails_as_well():
    with pytest.raises(KeyboardInterrupt) as stopped:
        interrupted(lambda: int("spoilt"))
    assert isinstance(stopped.value.__context__, ValueError)


def test_the_outermost_answers():
    done = []

    def within():
        with put_off():
            signal.raise_signal(signal.SIGINT)
        done.append("to the end")

    with pytest.raises(KeyboardInterrupt):
        interrupted(within)
    assert done == ["to the end"]


def test_without_ctrl_c_nothing_happens():
    with put_off():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_somebody_else_answers_is_answered_by_him_and_at_once():
    told = []
    usual = signal.signal(signal.SIGINT, lambda *_: told.append("asked"))
    try:
        with put_off():
            signal.raise_signal(signal.SIGINT)
            assert told == ["asked"]
    finally:
        signal.signal(signal.SIGINT, usual)


def test_another_thread_is_never_interrupted_and_changes_nothing():
    def elsewhere():
        with put_off():
            return signal.getsignal(signal.SIGINT)

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(elsewhere).result() is signal.default_int_handler
