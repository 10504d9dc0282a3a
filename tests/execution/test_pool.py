"""The processes of this computer: how many, forked and spawned, what they start with and how they end."""

import gc
import multiprocessing
import os
import select
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from kit.kitchen import AT_A_LOCK, KITCHEN, cut, no_tools, patience, sharpened, started, weigh
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import Failure, Work, cores, over_all, pool
from pipeline.execution.pool import MOST, WORTH, enough

STARTS = [way for way in ("fork", "spawn") if way in multiprocessing.get_all_start_methods()]
FORKED = pytest.mark.skipif("fork" not in STARTS, reason="no process is ever a copy here")
MANY = [f"dish {number}" for number in range(3 * WORTH)]
PLAIN, WARY = Work(no_tools, cut), Work(no_tools, cut, wary=True)


def results(folder, items, jobs, start=""):
    with started(start):
        return list(over_all(Work(partial(sharpened, str(folder)), cut), items, jobs))


@pytest.mark.parametrize("start", STARTS)
def test_tools_are_made_ready_once_a_process_and_forked_ones_have_them_from_the_start(tmp_path, start):
    results(tmp_path, MANY, 2, start)
    by_process = [mark.name.split("-")[0] for mark in tmp_path.iterdir()]
    assert len(set(by_process)) == len(by_process)
    assert str(os.getpid()) in by_process
    assert len(by_process) == 1 if start == "fork" else 2 <= len(by_process) <= 3


@pytest.mark.parametrize("start", STARTS)
def test_a_worker_looks_for_garbage_as_seldom_as_the_program(start):
    usual = gc.get_threshold()
    gc.set_threshold(4321)
    try:
        with started(start):
            assert set(over_all(Work(no_tools, patience), MANY, 2)) == {4321}
    finally:
        gc.set_threshold(*usual)


@FORKED
def test_a_copy_of_this_process_starts_at_once_so_two_items_are_worth_two():
    with started("fork"):
        assert enough(PLAIN, ["a", "b", "c"], 2) == 2
        assert enough(PLAIN, ["a", "b"], 8) == 2
        assert enough(PLAIN, iter([]), 8) == 8
        assert enough(PLAIN, range(1000), 1000) == MOST
        assert enough(PLAIN, ["a"], 8) == enough(PLAIN, MANY, 1) == enough(PLAIN, MANY, 0) == 0


def test_a_process_that_starts_anew_must_be_worth_it():
    with started("spawn"):
        assert enough(PLAIN, MANY, 2) == 2
        assert enough(PLAIN, MANY, 8) == 3
        assert enough(PLAIN, MANY[: WORTH + 1], 2) == enough(WARY, MANY[: WORTH - 1], 2) == 0
        assert enough(WARY, MANY[:WORTH], 2) == enough(WARY, MANY, 1) == 1
        assert enough(WARY, MANY, 0) == 0


@FORKED
@pytest.mark.parametrize("items", [["a", "bomb", "b"], ["bomb"]])
def test_a_hostile_file_takes_down_no_run_even_with_one_job(items):
    with started("fork"):
        found = list(over_all(WARY, items, 1))
    assert [one.code for one in found if isinstance(one, Failure)] == [ExitCode.WORKER]
    assert [one for one in found if isinstance(one, str)] == [
        f"{one} by None" for one in items if one != "bomb"
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of memory")
def test_a_file_that_takes_more_memory_than_a_reader_may_have_costs_itself_alone():
    eaten = list(over_all(Work(no_tools, weigh, wary=True), [1, 2 * pool.ROOM, 1], 1))
    assert [one if isinstance(one, int) else one.code for one in eaten] == [1, ExitCode.WORKER, 1]
    assert list(over_all(Work(no_tools, weigh), [1, 2 * pool.ROOM], 2))[1] == 2 * pool.ROOM


def test_an_item_that_cannot_be_sent_is_its_own_bug(tmp_path):
    with started(STARTS[0]):
        found = results(tmp_path, ["a", lambda: "b", "c"], 2, STARTS[0])
    assert (found[0], found[1].code, found[2]) == ("a by knife", ExitCode.BUG, "c by knife")


def test_a_system_that_gives_no_process_is_an_operator_s_matter(tmp_path, monkeypatch):
    def refused(*_):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(pool.ProcessPoolExecutor, "submit", refused)
    with pytest.raises(OperatorError, match="--jobs 1") as told:
        results(tmp_path, ["a", "b"], 2)
    assert told.value.code is ExitCode.WORKER


def test_whoever_stops_asking_leaves_no_process_behind(tmp_path):
    running = over_all(Work(partial(sharpened, str(tmp_path)), cut), [*"abcdefgh"], 2)
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


def test_ctrl_c_in_the_midst_of_a_future_and_again_while_all_end_ends_all_too():
    """A lock that is taken when it comes is given back: else the pool would wait for it for ever."""
    cook = subprocess.run(
        [sys.executable, KITCHEN, AT_A_LOCK], check=False, capture_output=True, text=True, timeout=30
    )
    assert (cook.stdout, cook.stderr, cook.returncode) == ("begun\nstopped\n", "", 0)


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


@pytest.mark.parametrize(("weight", "size"), [(1, 4), (2, 1)])
def test_heavy_items_go_alone_however_quick_they_are(weight, size):
    """Two parts of a review in one batch held so much that a run of 4,000 agencies took 4 MiB more."""
    crew = pool.Pool(Work(no_tools, cut, weight=weight), 2)
    crew.batches.learn(0.001, 1)
    assert crew.batches.size(100, 2) == size


def test_there_is_a_core():
    assert cores() >= 1
