"""The processes of this computer: forked with the tools where the system can, else anew (Windows)."""

import gc
import os
import signal
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, get_start_method, parent_process
from operator import length_hint
from threading import Thread
from typing import Any

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.execution.batches import Batches
from pipeline.execution.flow import AHEAD
from pipeline.execution.interrupt import MOMENT, put_off
from pipeline.execution.memory import bound_memory, give_back
from pipeline.execution.work import AnyWork, Turn, turn

WORTH = 12
"""Items, of weight 1, from which on one more process is worth its start, where that imports all again."""
MOST = 61
"""Windows waits for no more processes than this at once."""
ROOM = 1024
"""MiB that wary work may take beside what it starts with; the worst file that passes the guard takes 100."""
SECONDS = 0.02, 0.15
"""Of work in a batch, least and most: handing it out and taking it back takes us two thousandths."""
_KIT: dict[str, Any] = {}
"""In a worker: the work, and the tools once they are made ready."""


def cores() -> int:
    """How many processes this machine lets run at once."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def enough(work: AnyWork, items: Iterable[Any], jobs: int) -> int:
    """How many processes these items are worth, ``jobs`` at most; 0 where this one does them itself.

    Wary work is done here only where ``jobs`` is 0, or where its few items are not worth a start: the guard
    before the reader must then do.
    """
    known = length_hint(items)
    most = min(jobs, MOST, known or MOST)
    if get_start_method() == "fork":
        return most if most > 1 or work.wary else 0
    worth = min(most, int(known * work.weight / WORTH) if known else most)
    return worth if worth > 1 or (work.wary and worth) else 0


class Pool:
    """Processes that do a work, started when the first batch is handed out; one that dies takes all along.

    ``anew``: as new programs and not the system's way, for none may be copied where a thread runs.
    """

    losses: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, work: AnyWork, workers: int, *, anew: bool = False) -> None:
        self.heavy = work.weight > 1
        self.batches = Batches(0, 0) if self.heavy else Batches(*SECONDS)
        self.ahead = 1 if self.heavy else AHEAD
        self._work = work
        self._workers = workers
        self._way = "spawn" if anew else get_start_method()
        self._tools: tuple[Any, ...] = ()
        self._running: tuple[int, ProcessPoolExecutor] | None = None

    def hands(self) -> int:
        """As many as there are processes."""
        return self._workers

    def send(self, items: Sequence[Any], *, alone: bool = False) -> "Future[Turn]":
        """Hand out a batch, to a single process of its own where it goes alone."""
        count = 1 if alone else self._workers
        if self._running and self._running[0] == count:
            try:
                return self._submitted(self._running[1], items)
            except BrokenProcessPool:  # begun anew below
                pass
            except OSError as error:
                raise _refused(error) from error
        self.close()
        try:
            self._running = count, self._started(count)
            return self._submitted(self._running[1], items)
        except OSError as error:
            raise _refused(error) from error

    def _submitted(self, processes: ProcessPoolExecutor, items: Sequence[Any]) -> "Future[Turn]":
        with put_off():
            return processes.submit(_turn, items)

    def wait(self, futures: "Sequence[Future[Turn]]") -> None:
        """Come back when one of them is done, or in a MOMENT: a process that dies ends its futures too."""
        if self.heavy:
            give_back()  # what the last large items took on their way
        with put_off():
            wait(futures, MOMENT, return_when=FIRST_COMPLETED)

    def close(self) -> None:
        """End the processes, when they have done what they are at."""
        if self._running:
            with put_off():
                self._running[1].shutdown(cancel_futures=True)
                self._running = None
                gc.unfreeze()
                give_back()

    def _started(self, count: int) -> ProcessPoolExecutor:
        if not self._tools:  # here too, so that what is wrong with them is said once and not for every item
            self._tools = (self._work.prepare(),)
        if self.heavy:
            gc.collect()
        give_back()
        gc.freeze()  # what is here now is not searched for garbage again, here or in every forked worker
        tools = self._tools if self._way == "fork" else ()  # copies of this process have them
        way = get_context(self._way)
        return ProcessPoolExecutor(
            count, way, initializer=_begin, initargs=(self._work, tools, gc.get_threshold())
        )


def _refused(error: OSError) -> OperatorError:
    return OperatorError(
        ExitCode.WORKER, f"系统不让再开进程：{reason(error)}。请关掉别的程序，或加 --jobs 1 再运行。"
    )


def _begin(work: AnyWork, tools: tuple[Any, ...], garbage: tuple[int, int, int]) -> None:
    """In a worker, first of all: Ctrl+C is the parent's to answer, which then ends its workers.

    A parent that is killed takes its workers with it: else they would wait for work for ever.
    What a forked worker has from its parent is left alone by the garbage collector, and so stays shared;
    for what it makes itself the collector comes as often as the parent has it, ``garbage``.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.set_threshold(*garbage)
    if work.wary:
        bound_memory(ROOM)
    _KIT.update(work=work, tools=tools)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _turn(items: Sequence[Any]) -> Turn:
    """In a worker: do a batch, with the tools made ready before the first."""
    work: AnyWork = _KIT["work"]
    if not _KIT["tools"]:
        _KIT["tools"] = (work.prepare(),)
    return turn(work, _KIT["tools"][0], items)
