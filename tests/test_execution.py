"""Many items, one task: in order, whatever fails or dies, in this process and in several, forked and spawned."""

import multiprocessing
import os
import select
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from kit import kitchen
from kit.kitchen import cut, no_tools, notes_seen, sharpened, started
from pipeline import execution
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import Failure, Work, cores, over_all, starts_at_once, values

STARTS = [way for way in ("fork", "spawn") if way in multiprocessing.get_all_start_methods()]
KITCHEN = Path(__file__).parent / "kit" / "kitchen.py"


def results(folder, items, jobs, start=""):
    with started(start):
        return list(over_all(Work(partial(sharpened, folder), cut), items, jobs))


@pytest.mark.parametrize(("jobs", "start"), [(1, ""), *((2, way) for way in STARTS)])
def test_results_come_in_order_and_a_failing_item_stops_no_other(tmp_path, jobs, start):
    items = [*"abc", "stone", *"de", "glass", *"fg"]
    found = results(tmp_path, items, jobs, start)
    assert [one for one in found if isinstance(one, str)] == [f"{name} by knife" for name in "abcdefg"]
    assert found[3] == Failure(ExitCode.INPUT, "这是石头，切不动。")
    assert found[6].code is ExitCode.BUG
    assert "ZeroDivisionError: splinters" in found[6].words


@pytest.mark.parametrize("start", STARTS)
def test_tools_are_made_ready_once_a_process_and_not_for_each_item(tmp_path, start):
    results(tmp_path, [str(number) for number in range(12)], 2, start)
    by_process = [mark.name.split("-")[0] for mark in tmp_path.iterdir()]
    assert 2 <= len(by_process) <= 3
    assert len(set(by_process)) == len(by_process)


@pytest.mark.parametrize("start", STARTS)
def test_a_process_that_dies_costs_the_item_it_died_of_and_no_other(tmp_path, start):
    items = ["a", "bomb", "b", "c", "d", "bomb"]
    found = results(tmp_path, items, 2, start)
    assert [one if isinstance(one, str) else one.code for one in found] == [
        "a by knife", ExitCode.WORKER, "b by knife", "c by knife", "d by knife", ExitCode.WORKER,
    ]  # fmt: skip


def test_a_value_that_cannot_be_sent_back_is_that_item_s_bug(tmp_path):
    found = results(tmp_path, ["secret", "a"], 2)
    assert (found[0].code, found[1]) == (ExitCode.BUG, "a by knife")


@pytest.mark.parametrize("jobs", [1, 2])
def test_tools_that_cannot_be_made_ready_are_said_once(jobs):
    def missing():
        raise OperatorError(ExitCode.DEPENDENCY, "没有刀。")

    with pytest.raises(OperatorError, match="没有刀") as refused:
        list(over_all(Work(missing, cut), ["a", "b"], jobs))
    assert refused.value.code is ExitCode.DEPENDENCY


def test_nothing_to_do_needs_no_tools():
    assert list(over_all(Work(pytest.fail, cut), [], 4)) == []


def test_a_system_that_gives_no_process_is_an_operator_s_matter(tmp_path, monkeypatch):
    def refused(*_):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(execution.ProcessPoolExecutor, "submit", refused)
    with pytest.raises(OperatorError, match="--jobs 1") as told:
        results(tmp_path, ["a", "b"], 2)
    assert told.value.code is ExitCode.WORKER


def test_whoever_stops_asking_leaves_no_process_behind(tmp_path):
    running = over_all(Work(partial(sharpened, tmp_path), cut), [*"abcdefgh"], 2)
    next(running)
    running.close()
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to another process")
def test_ctrl_c_ends_all_processes_without_their_tracebacks():
    import signal

    # In a group of its own, as a shell starts it, so that Ctrl+C reaches the workers as well.
    cook = subprocess.Popen(
        [sys.executable, KITCHEN],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    assert cook.stdout.readline() == "begun\n"
    os.killpg(cook.pid, signal.SIGINT)
    said, complained = cook.communicate(timeout=30)
    assert (said, complained, cook.returncode) == ("stopped\n", "", 0)
    with pytest.raises(ProcessLookupError):
        os.killpg(cook.pid, 0)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_a_parent_that_is_killed_takes_its_workers_with_it():
    cook = subprocess.Popen([sys.executable, KITCHEN], stdout=subprocess.PIPE, text=True)
    assert cook.stdout.readline() == "begun\n"
    workers = Path(f"/proc/{cook.pid}/task/{cook.pid}/children").read_text(encoding="utf-8").split()
    assert workers
    cook.kill()
    assert cook.communicate(timeout=30) == ("", None)
    assert [one for one in workers if not _ends(int(one))] == []


def _ends(number):
    """Whether a process that is no child of ours ends within half a minute."""
    try:
        watched = os.pidfd_open(number)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 30)[0])
    finally:
        os.close(watched)


def test_where_nothing_may_fail_a_failure_is_raised_as_what_it_was(tmp_path):
    assert list(values(iter(["a", "b"]))) == ["a", "b"]
    with pytest.raises(OperatorError, match="切不动") as refused:
        list(values(results(tmp_path, ["a", "stone"], 1)))
    assert refused.value.code is ExitCode.INPUT
    with pytest.raises(RuntimeError, match="ZeroDivisionError: splinters"):
        list(values(results(tmp_path, ["glass"], 1)))


def test_a_copy_of_this_process_starts_at_once(monkeypatch):
    for way in ("fork", "spawn"):
        monkeypatch.setattr(execution, "get_start_method", lambda way=way: way)
        assert starts_at_once() == (way == "fork")


def test_there_is_a_core():
    assert cores() >= 1


@pytest.mark.skipif("fork" not in STARTS, reason="no process is ever a copy here")
@pytest.mark.parametrize(("anew", "seen"), [(False, 1), (True, 0)])
def test_work_done_anew_is_done_by_no_copy_of_this_process(monkeypatch, anew, seen):
    monkeypatch.setattr(kitchen, "NOTES", ["only here"])
    with started("fork"):
        assert list(over_all(Work(no_tools, notes_seen, anew=anew), ["a", "b"], 2)) == [seen, seen]
