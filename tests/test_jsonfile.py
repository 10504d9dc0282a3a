"""JSON files: readable Chinese, the same bytes whatever the order things were put in."""

import hashlib
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.jsonfile import AT_ONCE, PIECE, JsonFile, as_json

PLAIN = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text()
TRICKY = some.text('a"\\{}[],: \n\u2028')
ENTRIES = some.dictionaries(TRICKY, PLAIN | TRICKY, max_size=3)
VALUES = some.recursive(
    PLAIN | TRICKY | ENTRIES | some.lists(ENTRIES),
    lambda inside: some.lists(inside) | some.tuples(inside) | some.dictionaries(TRICKY, inside),
)


def by_the_library(content):
    """The bytes as the first versions wrote them, with the library's own encoder."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def test_the_order_of_keys_does_not_matter_and_chinese_stays_readable():
    assert (
        as_json({"乙": [1], "甲": ""})
        == as_json({"甲": "", "乙": [1]})
        == '{\n "乙": [\n  1\n ],\n "甲": ""\n}\n'.encode()
    )


@given(VALUES)
def test_whatever_stands_in_it_the_bytes_are_those_of_earlier_versions(content):
    """The outbox knows what has been sent by a digest of such bytes: other ones, and all goes out twice."""
    assert as_json(content) == by_the_library(content)


@pytest.mark.parametrize("key", [1, 1.5, True, None])
@pytest.mark.parametrize("value", ["甲", {"乙": ["丙", {}]}])
def test_a_key_that_is_no_text_becomes_one(key, value):
    for content in ({key: value}, [{key: value}], [{"甲": [{key: value}]}]):
        assert as_json(content) == by_the_library(content)


def test_a_key_that_json_has_not_is_refused():
    for key in ((1, 2), b"1", Decimal(1)):
        for content in ({key: {"a": []}}, [{"a": {key: [1]}}], [[{key: {}}]]):
            with pytest.raises(TypeError):
                as_json(content)


def test_a_decimal_is_refused_and_not_turned_into_a_float():
    for value in (Decimal("0.1"), [{"sum": Decimal("0.1")}], {"sums": [[Decimal("0.1")], {}]}):
        with pytest.raises(TypeError):
            as_json({"value": value})


def test_a_long_record_comes_in_pieces_that_are_the_same_bytes():
    entry = {"path": "甲" * 50, "sha256": "乙"}
    record = {
        "agencies": [{**entry, "files": ["甲", "乙"]}] * 2000,
        "counts": {str(number): [number] for number in range(2000)},
        "snapshot": {"submitted": [entry] * (20 * AT_ONCE + 1)},
    }
    file = JsonFile("run", "run.json", record)
    pieces = list(file.pieces)
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 2 * PIECE
    assert b"".join(pieces) == file.content == as_json(record) == by_the_library(record)
    assert (file.size, file.sha256) == (len(file.content), hashlib.sha256(file.content).hexdigest())
