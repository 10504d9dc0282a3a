"""Work that every process can import: a cook's, whose items may fail in every way. As a program: until Ctrl+C."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))


from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import Work, over_all

KITCHEN = Path(__file__)
AT_A_LOCK = "at-a-lock"
"""Its word: it is interrupted by itself, and where that hurts most."""


def sharpened(folder: str) -> str:
    """The tools of a cook: a mark is left each time they are made ready."""
    (Path(folder) / f"{os.getpid()}-{time.monotonic_ns()}").touch()
    return "knife"


def cut(tools: str, item: str) -> str | Callable[[], str]:
    """The item cut; a stone is refused, glass is a bug, a bomb kills the process, a secret cannot be sent.

    A melon takes more memory than there is, a dud (with the path of its fuse) kills only the first process.
    """
    if item == "stone":
        raise OperatorError(ExitCode.INPUT, "这是石头，切不动。")
    if item == "glass":
        raise ZeroDivisionError("splinters")
    if item == "bomb":
        os._exit(3)
    if item == "melon":
        raise MemoryError
    if item.startswith("dud"):
        fuse = Path(item.removeprefix("dud "))
        if not fuse.exists():
            fuse.touch()
            os._exit(3)
        return f"dud by {tools}"
    if item == "secret":
        return lambda: "cannot be sent"
    return f"{item} by {tools}"


def patience(_: object, __: object) -> int:
    """After how many new objects this process looks for garbage."""
    return gc.get_threshold()[0]


@contextmanager
def started(way: str) -> Iterator[None]:
    """Meanwhile processes start this way: fork or spawn, "" for the system's."""
    usual = multiprocessing.get_start_method()
    multiprocessing.set_start_method(way or usual, force=True)
    try:
        yield
    finally:
        multiprocessing.set_start_method(usual, force=True)


def no_tools() -> None:
    """Nothing to make ready."""


def weigh(_: None, mebibytes: int) -> int:
    """Take so much memory, untouched, and say how much it was."""
    return len(bytes(mebibytes << 20)) >> 20


def stir(_: None, seconds: float) -> None:
    """A dish that takes so many seconds of work."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def simmer(_: None, seconds: float) -> None:
    """A dish that takes its time."""
    time.sleep(seconds)


def interrupt_while_a_lock_is_taken() -> None:
    """From now on Ctrl+C comes whenever the main thread has just taken a lock, or waits for another thread."""
    usual, wait = threading.Condition.__enter__, threading.Thread.join

    def taken(lock: threading.Condition) -> bool:
        held = usual(lock)
        if threading.current_thread() is threading.main_thread():
            signal.raise_signal(signal.SIGINT)
        return held

    def waiting(thread: threading.Thread, timeout: float | None = None) -> None:
        signal.raise_signal(signal.SIGINT)
        threading.Thread.join = wait
        wait(thread, timeout)

    threading.Condition.__enter__, threading.Thread.join = taken, waiting


if __name__ == "__main__":
    try:
        for number, _ in enumerate(over_all(Work(no_tools, simmer), [0, 0, *[0.2] * 500], 2)):
            if number == 4:  # by now both processes are at it
                print("begun", flush=True)
                if AT_A_LOCK in sys.argv:
                    interrupt_while_a_lock_is_taken()
    except KeyboardInterrupt:
        print("stopped")
