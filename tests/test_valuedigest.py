"""A digest is the same for equal values alone: no two that differ anywhere share one."""

import datetime
from collections import UserDict
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import combinations

import pytest
from msgspec import Struct

from pipeline.valuedigest import digest_of


class Colour(Enum):
    RED = "red"


class Pair(Struct):
    one: object
    other: object = ""


class Couple(Struct):
    one: object
    other: object = ""


@dataclass(frozen=True)
class Listing(UserDict):
    """A mapping made of fields, as cells in columns are: its fields are told, and not what it lists."""

    one: object

    def __getitem__(self, key):
        raise AssertionError("nobody asks for what is listed")


ALL = [
    None, 0, 1, True, "", "1", b"1", b"", Decimal(1), Decimal("1.0"), Colour.RED, "red", (), ((),), ("",), ("1", "2"),
    ("12",), ["12"], (b"1", b"2"), (b"12",), (b"1\nint 2\n",), (b"1", 2), {}, {"1": "2"}, {"1": 2}, {"a": 1, "b": 2}, {"b": 2, "a": 1},
    Pair(1), Pair(1, 2), Couple(1), Listing(1), Listing(2), Pair((1, 2)), (Pair(1), 2), "'", "\\n", "\n", "\ud800", "甲", datetime.date(2020, 1, 1),
]  # fmt: skip


def test_values_that_differ_have_digests_that_differ():
    for one, other in combinations(ALL, 2):
        assert digest_of(one) != digest_of(other), (one, other)
    assert digest_of(1, 2) != digest_of((1, 2)) != digest_of(12)


def test_equal_values_have_the_same():
    assert digest_of(Pair(("甲", Decimal("1.50")), {"a": b"x"})) == digest_of(
        Pair(("甲", Decimal("1.50")), {"a": b"x"})
    )


@pytest.mark.parametrize(
    "value", [len, {1}, object(), 1.5, Pair], ids=["a function", "a set", "an object", "a float", "a class"]
)
def test_what_cannot_be_told_apart_has_none(value):
    with pytest.raises(TypeError):
        digest_of((value,))
