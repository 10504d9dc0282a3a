"""Ctrl+C, answered where nothing is left half done."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

MOMENT = 0.25
"""Seconds for which, at most, a future is waited for without looking up: then Ctrl+C is answered."""


@contextmanager
def put_off() -> Iterator[None]:
    """Ctrl+C meanwhile is answered at the end, with KeyboardInterrupt as ever.

    Raised inside a future it can leave the future's lock taken (python/cpython#74174), and whoever asks for
    that lock next, the thread that is to end the pool's processes among them, waits for ever.
    A Ctrl+C that somebody else answers, or nobody, is left alone, and so is every thread but the main one,
    which alone is ever interrupted.
    """
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not ours or current_thread() is not main_thread():
        yield
        return
    asked: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if asked:
            raise KeyboardInterrupt
