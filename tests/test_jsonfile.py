"""JSON files: readable Chinese, the same bytes whatever the order things were put in."""

import hashlib
from decimal import Decimal

import pytest

from pipeline.jsonfile import JsonFile, as_json


def test_the_order_of_keys_does_not_matter_and_chinese_stays_readable():
    assert (
        as_json({"乙": [1], "甲": ""})
        == as_json({"甲": "", "乙": [1]})
        == '{\n "乙": [\n  1\n ],\n "甲": ""\n}\n'.encode()
    )


def test_a_decimal_is_refused_and_not_turned_into_a_float():
    with pytest.raises(TypeError):
        as_json({"value": Decimal("0.1")})


def test_a_long_record_comes_in_pieces_that_are_the_same_bytes():
    record = {str(number): "甲" * 50 for number in range(2000)}
    file = JsonFile("run", "run.json", record)
    pieces = list(file.pieces)
    assert len(pieces) > 3
    assert b"".join(pieces) == file.content == as_json(record)
    assert (file.size, file.sha256) == (len(file.content), hashlib.sha256(file.content).hexdigest())
