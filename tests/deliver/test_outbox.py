"""The outbox's record: told from its lines alone, whatever moment the program was killed at."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.post import NOW, letter
from pipeline.deliver.dispatch import entry
from pipeline.deliver.outbox import (
    DamagedError,
    Event,
    Standing,
    as_line,
    deciding,
    entries,
    leading,
    standing,
    whole_lines,
)

ONE, OTHER = letter("a@example.cn"), letter("b@example.cn")


def told(*events, one=ONE):
    return [entry(one, event, NOW, "250 好") for event in events]


def where(*events):
    return standing(ONE.key, deciding(told(*events)))


@pytest.mark.parametrize(
    ("events", "stands"),
    [
        ((), Standing.DUE),
        ((Event.BEGUN,), Standing.UNKNOWN),
        ((Event.BEGUN, Event.UNKNOWN), Standing.UNKNOWN),
        ((Event.BEGUN, Event.ACCEPTED), Standing.SENT),
        ((Event.DEFERRED,), Standing.DUE),
        ((Event.BEGUN, Event.DEFERRED, Event.BEGUN), Standing.UNKNOWN),
        ((Event.REFUSED,), Standing.REFUSED),
        ((Event.BEGUN, Event.UNKNOWN, Event.ARRIVED), Standing.SENT),
        ((Event.BEGUN, Event.UNKNOWN, Event.BEGUN, Event.ACCEPTED), Standing.SENT),
        ((Event.ACCEPTED, Event.BEGUN), Standing.SENT),
    ],
)
def test_where_a_message_stands(events, stands):
    assert where(*events) is stands


def test_a_line_reads_back_and_holds_what_a_person_asks_for():
    line = as_line(told(Event.ACCEPTED)[0])
    assert entries(line) == tuple(told(Event.ACCEPTED))
    words = line.decode()
    for wanted in (
        "市教育局",
        "a@example.cn",
        ONE.message_id,
        "2020-01-08T09:30:00+08:00",
        "250 好",
        ONE.enclosures[0].sha256,
    ):
        assert wanted in words


def test_messages_do_not_disturb_each_other():
    record = deciding([*told(Event.ACCEPTED), *told(Event.BEGUN, one=OTHER)])
    assert standing(ONE.key, record) is Standing.SENT
    assert standing(OTHER.key, record) is Standing.UNKNOWN


@given(st.data())
def test_a_record_torn_at_any_byte_tells_all_whole_lines(data):
    lines = [as_line(one) for one in told(Event.BEGUN, Event.DEFERRED, Event.BEGUN, Event.ACCEPTED)]
    content = b"".join(lines)
    cut = data.draw(st.integers(0, len(content)))
    whole = sum(len(b"".join(lines[: number + 1])) <= cut for number in range(len(lines)))
    assert len(entries(content[:cut])) == whole
    assert whole_lines(content[:cut]) == len(b"".join(lines[:whole]))


@pytest.mark.parametrize(
    "damage", [b"{}\n", b"x\n", b"[]\n", b"\n", b'{"event": "begun"}\n', b"\xff\n", b'{"files": 1}\n']
)
def test_a_line_that_is_not_ours_is_not_guessed_at(damage):
    with pytest.raises(DamagedError) as found:
        entries(as_line(told(Event.BEGUN)[0]) + damage)
    assert found.value.line == 2


@pytest.mark.parametrize("field", ["at", "key", "message_id", "what", "name", "address", "words"])
@pytest.mark.parametrize("value", [None, 7, [], {}])
def test_a_line_whose_values_are_no_texts_is_not_ours(field, value):
    line = {**json.loads(as_line(told(Event.BEGUN)[0])), field: value}
    with pytest.raises(DamagedError):
        entries(json.dumps(line).encode() + b"\n")


def test_what_can_be_read_of_a_copy_ends_at_the_first_line_that_is_none():
    one, two = told(Event.BEGUN, Event.ACCEPTED)
    assert leading(as_line(one) + b"x\n" + as_line(two)) == (one,)
    assert leading(as_line(one) + as_line(two) + b"torn") == (one, two)


def test_times_keep_their_zone():
    later = NOW + datetime.timedelta(days=1)
    assert entry(ONE, Event.BEGUN, later).at == "2020-01-09T09:30:00+08:00"
