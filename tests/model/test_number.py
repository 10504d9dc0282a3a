"""Numbers as the report prints them: exact, and in the law's own way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.number import NumberKind, plain, printed


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (NumberKind.COUNT, "512366", "512366"),
        (NumberKind.COUNT, "0", "0"),
        (NumberKind.CHANGE, "12", "增12"),
        (NumberKind.CHANGE, "-13", "减13"),
        (NumberKind.CHANGE, "0", "0"),
        (NumberKind.YUAN, "3117000000", "31.17亿元"),
        (NumberKind.YUAN, "251000", "25.1万元"),
        (NumberKind.YUAN, "80618", "8.0618万元"),
        (NumberKind.YUAN, "80618.5", "80618.5元"),
        (NumberKind.YUAN, "123456789", "12345.6789万元"),
        (NumberKind.YUAN, "9999", "9999元"),
        (NumberKind.YUAN, "0", "0元"),
        (NumberKind.WAN, "18.8710", "18.8710"),
        (NumberKind.WAN, "0.092", "0.092"),
    ],
)
def test_each_kind_of_number_is_printed_in_its_own_way(kind, value, text):
    assert printed(kind, Decimal(value)) == text


def test_a_large_number_is_never_printed_in_exponent_form():
    assert plain(Decimal("1E+6")) == "1000000"


@given(st.decimals(min_value=0, max_value=10**13, places=2))
def test_an_amount_is_printed_exactly_whatever_its_unit(amount):
    text = printed(NumberKind.YUAN, amount)
    scale = {"亿元": 10**8, "万元": 10**4}.get(text[-2:], 1)
    assert Decimal(text.rstrip("亿万元")) * scale == amount


@given(st.decimals(allow_nan=True, allow_infinity=True) | st.decimals(-(10**9), 10**9, places=4))
def test_plain_digits_are_those_of_the_number_without_an_exponent(value):
    assert plain(value) == format(value, "f")
