"""Batches handed out and results given in order, whoever does the work; what was lost is done singly."""

import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import islice
from operator import length_hint
from typing import Any, Protocol

from msgspec import Struct

from pipeline.errors import ExitCode
from pipeline.execution.batches import Batches
from pipeline.execution.interrupt import put_off
from pipeline.execution.work import DIED, Failure, Turn

AHEAD = 2
"""As many as are handed out at a time for a hand: the next lies ready, and few are in doubt when one dies."""
WAITING = 8
"""Batches for each hand, done ones included, that may wait for one before them: no hand waits for it."""


class Crew(Protocol):
    """Those who do the work elsewhere."""

    batches: Batches
    ahead: int
    """How many batches are handed out at a time for each hand."""
    losses: tuple[type[BaseException], ...]
    """What a batch's future raises where its worker died."""

    def hands(self) -> int:
        """How many batches can be done at once."""

    def send(self, items: Sequence[Any], *, alone: bool = False) -> "Future[Turn]":
        """Hand out a batch; ``alone`` where it may kill its worker and nothing else is in the air."""

    def wait(self, futures: "Sequence[Future[Turn]]") -> None:
        """Come back when one is done, or in a MOMENT; OperatorError (worker) where none can be any more."""

    def close(self) -> None:
        """End what is being done."""


class _Batch(Struct, frozen=True):
    items: tuple[Any, ...]
    future: "Future[Turn]"


class _Waiting:
    """Items not handed out yet; of those whose number is known it is known how many are left."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = iter(items)
        self._left = length_hint(items)

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        item = next(self._items)
        self._left -= 1
        return item

    def __length_hint__(self) -> int:
        return max(self._left, 0)


def in_order(crew: Crew, items: Iterable[Any]) -> Iterator[Any]:
    """Every item's result, in the items' order."""
    waiting = _Waiting(items)
    flight: deque[_Batch] = deque()
    try:
        while True:
            _hand_out(crew, waiting, flight)
            if not flight:
                return
            _wait(crew, flight)
            if not _undone([flight[0]]):
                yield from _results(crew, flight.popleft())
    finally:
        crew.close()


def _wait(crew: Crew, flight: deque[_Batch]) -> None:
    first = flight[0]
    crew.wait(_undone(flight) if _undone([first]) else [first.future])


def _hand_out(crew: Crew, waiting: Iterator[Any], flight: deque[_Batch]) -> None:
    """Keep all hands busy; but nobody anew while some batch is lost, so that its items can be tried alone."""
    hands = crew.hands()
    while not _any_lost(crew, flight):
        busy = len(_undone(flight))
        if busy >= hands * crew.ahead or len(flight) >= hands * WAITING:
            return
        items = tuple(islice(waiting, crew.batches.size(length_hint(waiting), hands)))
        if not items:
            return
        flight.append(_Batch(items, crew.send(items)))


def _undone(batches: Iterable[_Batch]) -> "list[Future[Turn]]":
    """The futures of those that are not done."""
    with put_off():
        return [batch.future for batch in batches if not batch.future.done()]


def _any_lost(crew: Crew, batches: Iterable[_Batch]) -> bool:
    with put_off():
        return any(_is_lost(crew, batch.future) for batch in batches)


def _is_lost(crew: Crew, future: "Future[Turn]") -> bool:
    return future.done() and not future.cancelled() and isinstance(future.exception(), crew.losses)


def _results(crew: Crew, batch: _Batch) -> Iterable[Any]:
    """A batch's results, the batch no more held; where it was lost or not sent, each item's by itself."""
    if batch.future.exception() is None:
        done = batch.future.result()
        results = done.results()
        crew.batches.learn(done.seconds, len(batch.items))
        return results
    lost = _is_lost(crew, batch.future)
    return (_single(crew, item, alone=lost) for item in batch.items)


def _single(crew: Crew, item: Any, *, alone: bool) -> Any:
    """One item's result; a Failure (worker) where its worker dies though nothing else was in the air."""
    batch = _Batch((item,), crew.send((item,), alone=alone))
    while undone := _undone([batch]):
        crew.wait(undone)
    try:
        done = batch.future.result()
    except crew.losses:
        return Failure(ExitCode.WORKER, DIED) if alone else _single(crew, item, alone=True)
    except Exception:  # an item that cannot be pickled is a bug, and one item's alone
        return Failure(ExitCode.BUG, traceback.format_exc())
    return done.results()[0]
