"""Many letters over a server with moods: rounds, pauses, pace, and a record of each step."""

import pytest

from kit.mailserver import AT_DATA, AT_RCPT, DROP_BEFORE_ANSWER, mailroom
from kit.post import NOW, letter
from pipeline.deliver.dispatch import PAUSES, Pace, Post, dispatch
from pipeline.deliver.outbox import Event
from pipeline.deliver.smtp import Connection, Server, UnreachableError

A, B, C, D = (f"{name}@example.cn" for name in "abcd")


class Watch:
    """A clock that only sleeping moves on."""

    def __init__(self):
        self.time, self.slept, self.told = 100.0, [], []

    def clock(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


def send(room, *addresses, rate=0, connect=None):
    """Send a letter to each address; what became of each, the record's events, the watch."""
    watch, record = Watch(), []
    place = Server("127.0.0.1", room.port, "none", timeout=5)
    post = Post(
        connect or (lambda: Connection(place, None)),
        Pace(watch.clock, watch.sleep, rate, tell=lambda *told: watch.told.append(told)),
        record.append,
        lambda: NOW,
    )
    results = [
        (one.letter.to.address, one.answer.event) for one in dispatch([letter(a) for a in addresses], post)
    ]
    return results, [(one.address, one.event) for one in record], watch


def test_all_go_over_one_connection_and_every_step_is_recorded():
    with mailroom() as room:
        results, record, watch = send(room, A, B)
    assert results == [(A, Event.ACCEPTED), (B, Event.ACCEPTED)]
    assert record == [(A, Event.BEGUN), (A, Event.ACCEPTED), (B, Event.BEGUN), (B, Event.ACCEPTED)]
    assert room.connections == 1
    assert watch.slept == []


def test_who_is_deferred_comes_again_after_a_pause_and_holds_up_nobody():
    with mailroom() as room:
        room.orders[A] = [f"{AT_RCPT}451 later", f"{AT_DATA}451 later"]
        results, record, watch = send(room, A, B)
    assert results == [(B, Event.ACCEPTED), (A, Event.ACCEPTED)]
    assert [event for address, event in record if address == A] == [
        Event.DEFERRED,
        Event.BEGUN,
        Event.DEFERRED,
        Event.BEGUN,
        Event.ACCEPTED,
    ]
    assert watch.slept == list(PAUSES[:2])
    assert watch.told == [(1, pause, "451 later") for pause in PAUSES[:2]]
    assert room.connections == 3, "none is kept open through a pause"


def test_who_is_deferred_to_the_end_is_told_of_and_who_is_refused_is_not_tried_again():
    with mailroom() as room:
        room.orders[A] = [f"{AT_RCPT}451 later"] * 9
        room.orders[B] = [f"{AT_RCPT}550 no"] * 9
        results, _, watch = send(room, A, B, C)
    assert results == [(B, Event.REFUSED), (C, Event.ACCEPTED), (A, Event.DEFERRED)]
    assert watch.slept == list(PAUSES)
    assert len(room.orders[B]) == 8
    assert len(room.orders[A]) == 9 - 1 - len(PAUSES)


def test_a_server_down_for_three_tries_is_reached_by_the_fourth():
    with mailroom() as room:
        place, tries = Server("127.0.0.1", room.port, "none", timeout=5), []

        def connect():
            tries.append(1)
            return (
                Connection(place, None)
                if len(tries) > 3
                else Connection(Server("127.0.0.1", 1, "none"), None)
            )

        results, record, watch = send(room, A, B, connect=connect)
    assert results == [(A, Event.ACCEPTED), (B, Event.ACCEPTED)]
    assert len(record) == 4
    assert watch.slept == list(PAUSES[:3])


def test_a_server_that_stays_down_leaves_all_due():
    def connect():
        raise UnreachableError("连不上")

    with mailroom() as room:
        results, record, _ = send(room, A, B, connect=connect)
    assert results == [(A, Event.DEFERRED), (B, Event.DEFERRED)]
    assert record == []


def test_after_one_of_unknown_outcome_nothing_further_goes():
    with mailroom() as room:
        room.orders[A] = [f"{AT_RCPT}451 later"]
        room.orders[B] = [DROP_BEFORE_ANSWER]
        results, record, _ = send(room, A, B, C, D)
    assert results == [(B, Event.UNKNOWN), (A, Event.DEFERRED)]
    assert record[-1] == (B, Event.UNKNOWN)
    assert room.addresses == [B]


def test_letters_leave_at_the_rate_asked_for():
    with mailroom() as room:
        _, _, watch = send(room, A, B, C, rate=30)
    assert watch.slept == [2.0, 2.0]


def test_a_record_that_cannot_be_written_stops_before_the_text_goes():
    def full(entry):
        raise OSError(28, "disk full")

    with mailroom() as room:
        place = Server("127.0.0.1", room.port, "none", timeout=5)
        post = Post(lambda: Connection(place, None), Pace(Watch().clock, Watch().sleep), full, lambda: NOW)
        with pytest.raises(OSError, match="disk full"):
            list(dispatch([letter(A)], post))
    assert room.taken == []
