"""Run the same task over many items: here, one after another, or in several processes at once.

Results come in the items' order, and no item stops the rest: a task that fails, and one whose process dies,
give a ``Failure`` in its item's place. How items are parted among processes is this module's own affair.
"""

import gc
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, get_start_method, parent_process
from threading import Thread
from typing import Any, Generic, TypeAlias, TypeVar

from pipeline.errors import ExitCode, OperatorError, reason

Tools = TypeVar("Tools")
Item = TypeVar("Item")
Value = TypeVar("Value")

AnyWork: TypeAlias = "Work[Any, Any, Any]"
Flight: TypeAlias = "deque[tuple[Any, Future[Any]]]"
"""The items handed out whose results have not been given yet, in order."""

AHEAD = 2
"""Tasks handed out at a time for each process: the next lies ready, and few are in doubt when one dies."""
MOST = 61
"""Windows waits for no more processes than this at once."""
_KIT: dict[str, Any] = {}
"""In a worker: the work, and the tools once they are made ready."""


@dataclass(frozen=True)
class Work(Generic[Tools, Item, Value]):
    """What is to be done: ``prepare`` makes the tools ready once a process, ``perform`` does one item.

    Both, the items and the values are pickled: functions of a module, or ``functools.partial`` of one.
    """

    prepare: Callable[[], Tools]
    perform: Callable[[Tools, Item], Value]
    anew: bool = False
    """Whether processes start as new programs, not the system's way: beside a thread none may be copied."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item has no value: an operator's sentence under its exit code, or a bug's traceback (70)."""

    code: ExitCode
    words: str


def cores() -> int:
    """How many processes this machine lets run at once."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def starts_at_once() -> bool:
    """Whether a process starts as a copy of this one (fork) and not anew, by importing everything again.

    Only then is a pool worth its while for what takes a tenth of a second or two.
    """
    return get_start_method() == "fork"


def over_all(work: Work[Tools, Item, Value], items: Sequence[Item], jobs: int) -> Iterator[Value | Failure]:
    """Every item's result, in order, by as many processes as ``jobs`` and the items allow.

    OperatorError where the tools cannot be made ready, (worker) where the
    system gives no process.
    """
    workers = min(jobs, len(items), MOST)
    return _parallel(work, items, workers) if workers > 1 else _serial(work, items)


def values(results: Iterable[Value | Failure]) -> Iterator[Value]:
    """The values, where none may fail: a Failure is raised as what it was, a bug as its traceback's words."""
    for result in results:
        if isinstance(result, Failure):
            is_bug = result.code is ExitCode.BUG
            raise RuntimeError(result.words) if is_bug else OperatorError(result.code, result.words)
        yield result


def _serial(work: AnyWork, items: Sequence[Any]) -> Iterator[Any]:
    tools = work.prepare() if items else None
    for item in items:
        yield _attempt(work, tools, item)


def _attempt(work: AnyWork, tools: Any, item: Any) -> Any:
    try:
        return work.perform(tools, item)
    except OperatorError as error:
        return Failure(error.code, error.message)
    except Exception:  # one item's bug is told with the others' results
        return Failure(ExitCode.BUG, traceback.format_exc())


def _parallel(work: AnyWork, items: Sequence[Any], workers: int) -> Iterator[Any]:
    """Pool after pool until all is done: a process that dies takes its whole pool with it.

    Which item it died of cannot be told, so each of the few then in the air is done again by itself.
    """
    work.prepare()  # here too, so that what is wrong with the tools is said once and not for every item
    waiting = deque(items)
    while waiting:
        in_doubt = yield from _until_one_dies(work, waiting, workers)
        for item, future in in_doubt:
            yield _alone(work, item) if _is_lost(future) else _result(future)


def _until_one_dies(work: AnyWork, waiting: deque[Any], workers: int) -> Generator[Any, None, Flight]:
    """Take from ``waiting`` and give results until it is empty or a process dies; return what is in doubt."""
    flight: Flight = deque()
    pool = _pool(work, workers)
    try:
        while waiting or flight:
            while waiting and len(flight) < workers * AHEAD:
                flight.append((waiting[0], _submitted(pool, waiting[0])))
                waiting.popleft()
            result = _result(flight[0][1])
            flight.popleft()
            yield result
    except BrokenProcessPool:
        pass
    finally:
        pool.shutdown(cancel_futures=True)
    return flight


def _alone(work: AnyWork, item: Any) -> Any:
    """The item's result from a process of its own; a Failure (worker) where that dies as well."""
    pool = _pool(work, 1)
    try:
        return _result(_submitted(pool, item))
    except BrokenProcessPool:
        return Failure(ExitCode.WORKER, "负责它的进程中途退出了，多半是内存不够。请关掉别的程序再运行一次。")
    finally:
        pool.shutdown(cancel_futures=True)


def _is_lost(future: Future[Any]) -> bool:
    return future.cancelled() or isinstance(future.exception(), BrokenProcessPool)


def _result(future: Future[Any]) -> Any:
    """What the process sent back; BrokenProcessPool where it died, a Failure where it could not be sent."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except Exception:  # an item or a value that cannot be pickled is a bug, and one item's alone
        return Failure(ExitCode.BUG, traceback.format_exc())


def _pool(work: AnyWork, workers: int) -> ProcessPoolExecutor:
    gc.freeze()  # what is here now is not searched for garbage again, here or in every forked worker
    try:
        way = get_context("spawn" if work.anew else None)
        return ProcessPoolExecutor(workers, way, initializer=_begin, initargs=(work,))
    except OSError as error:
        raise _refused(error) from error


def _submitted(pool: ProcessPoolExecutor, item: Any) -> Future[Any]:
    try:
        return pool.submit(_turn, item)
    except OSError as error:
        raise _refused(error) from error


def _refused(error: OSError) -> OperatorError:
    return OperatorError(
        ExitCode.WORKER, f"系统不让再开进程：{reason(error)}。请关掉别的程序，或加 --jobs 1 再运行。"
    )


def _begin(work: AnyWork) -> None:
    """In a worker, first of all: Ctrl+C is the parent's to answer, which then ends its workers.

    A parent that is killed takes its workers with it: else they would wait for work for ever.
    What a forked worker has from its parent is left alone by the garbage collector, and so stays shared.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    _KIT["work"] = work


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _turn(item: Any) -> Any:
    """In a worker: do one item, with the tools made ready before the first."""
    work: AnyWork = _KIT["work"]
    if "tools" not in _KIT:
        _KIT["tools"] = work.prepare()
    return _attempt(work, _KIT["tools"], item)
