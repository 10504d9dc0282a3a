"""Batches among hands that may drop them: order, and what is done again; the hands here are this process's own."""

from concurrent.futures import Future

import pytest
from msgspec import field

from kit.kitchen import cut, no_tools
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution.batches import Batches
from pipeline.execution.flow import AHEAD, WAITING, in_order
from pipeline.execution.work import Failure, Work, stopped, turn


class DroppedError(Exception):
    """A worker died."""


class Alike(Batches):
    """Batches that all have one size."""

    count: int = 1

    def size(self, rest, hands):
        return self.count


class Telling(Alike):
    """The same, and it keeps what it was told to be left."""

    count: int = 3
    told: list[int] = field(default_factory=list)

    def size(self, rest, hands):
        self.told.append(rest)
        return self.count


class Menu:
    """Dishes that are made as they are asked for, like the copies of agencies; ``promised`` is its length."""

    def __init__(self, count, promised):
        self.count, self.promised = count, promised

    def __len__(self):
        return self.promised

    def __iter__(self):
        return (f"dish {number}" for number in range(self.count))


class Crew:
    """Two hands that do what they are given when they are waited for; a batch with a bomb in it is dropped."""

    losses = (DroppedError,)
    ahead = AHEAD

    def __init__(self, last_first=False):
        self.batches = Batches(0.15, 0.3)
        self.sent, self.alone, self.open, self.closed = [], [], [], False
        self.last_first = last_first

    def hands(self):
        return 2

    def send(self, items, *, alone=False):
        future = Future()
        self.open.append((future, items))
        (self.alone if alone else self.sent).append(items)
        assert not alone or len(self.open) == 1, "something else is in the air"
        return future

    def wait(self, futures):
        while not any(future.done() for future in futures):
            self.work(*self.open.pop(-1 if self.last_first else 0))

    def work(self, future, items):
        if "bomb" in items:
            future.set_exception(DroppedError())
            for other, _ in self.open:
                other.set_exception(DroppedError())
            self.open.clear()
        else:
            future.set_result(turn(Work(no_tools, cut), "knife", items))

    def close(self):
        self.closed = True


def named(numbers):
    return [f"dish {number}" for number in numbers]


def cooked(items):
    return [f"{item} by knife" for item in items]


@pytest.mark.parametrize(("promised", "told"), [(8, [8, 5, 2, 0]), (6, [6, 3, 0, 0]), (10, [10, 7, 4, 2])])
def test_how_many_are_left_is_known_though_each_is_made_when_its_turn_comes(promised, told):
    crew = Crew()
    crew.batches = Telling(0.15, 0.3)
    assert list(in_order(crew, Menu(8, promised))) == cooked(named(range(8)))
    assert crew.batches.told[:4] == told


def test_of_what_nobody_counted_nothing_is_told_to_be_left():
    crew = Crew()
    crew.batches = Telling(0.15, 0.3)
    assert list(in_order(crew, (dish for dish in named(range(8))))) == cooked(named(range(8)))
    assert set(crew.batches.told) == {0}


@pytest.mark.parametrize("last_first", [False, True])
def test_results_come_in_the_items_order_whichever_batch_is_done_first(last_first):
    crew, items = Crew(last_first), named(range(600))
    assert list(in_order(crew, items)) == cooked(items)
    assert [item for batch in crew.sent for item in batch] == items
    assert len(crew.sent[0]) == 1
    assert len(crew.sent) < len(items) / 10
    assert crew.closed


def test_what_a_lost_batch_held_is_done_alone_before_anything_new_begins():
    crew = Crew()
    found = list(in_order(crew, [*named(range(20)), "bomb", *named(range(20, 40))]))
    assert found[20] == Failure(ExitCode.WORKER, found[20].words)
    assert [one for one in found if isinstance(one, str)] == cooked(named(range(40)))
    assert ("bomb",) in crew.alone


def test_no_more_is_in_the_air_or_waits_than_hands_can_take():
    crew, taken = Crew(last_first=True), []
    crew.batches = Alike(0, 0, count=1)
    running = in_order(crew, (taken.append(item) or item for item in named(range(1000))))
    assert next(running) == "dish 0 by knife"
    assert len(taken) <= 2 * WAITING
    running.close()
    assert crew.closed
    patient = Crew()
    patient.wait([patient.send(("a",))])
    next(in_order(patient, named(range(1000))))
    assert len(patient.sent) <= 2 * AHEAD + 2


def test_a_batch_that_was_not_begun_stops_all_with_its_sentence():
    class Refusing(Crew):
        def work(self, future, items):
            future.set_result(stopped(Failure(ExitCode.DEPENDENCY, "没有刀。")))

    crew = Refusing()
    with pytest.raises(OperatorError, match="没有刀"):
        list(in_order(crew, named(range(3))))
    assert crew.closed


def test_a_batch_that_could_not_be_sent_is_sent_item_by_item():
    class Unable(Crew):
        def send(self, items, *, alone=False):
            future = super().send(items, alone=alone)
            if "lead" in items:
                self.open.remove((future, items))
                future.set_exception(TypeError("cannot pickle lead"))
            return future

    crew = Unable()
    crew.batches = Alike(0, 0, count=3)
    found = list(in_order(crew, ["a", "lead", "b", "c"]))
    assert (found[0], found[2], found[3]) == ("a by knife", "b by knife", "c by knife")
    assert found[1].code is ExitCode.BUG
    assert "cannot pickle lead" in found[1].words
    assert crew.alone == []
