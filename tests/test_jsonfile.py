"""JSON files: readable Chinese, the same bytes whatever the order things were put in."""

from decimal import Decimal

import pytest

from pipeline.jsonfile import as_json


def test_the_order_of_keys_does_not_matter_and_chinese_stays_readable():
    assert (
        as_json({"乙": [1], "甲": ""})
        == as_json({"甲": "", "乙": [1]})
        == '{\n "乙": [\n  1\n ],\n "甲": ""\n}\n'.encode()
    )


def test_a_decimal_is_refused_and_not_turned_into_a_float():
    with pytest.raises(TypeError):
        as_json({"value": Decimal("0.1")})
