"""Values as a clerk types them: nothing is lost when they are read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.offices import roster_of
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.number import NumberKind, plain
from pipeline.model.submission import Cover
from pipeline.workbooks.filling import Filling, typed


@pytest.mark.parametrize(
    ("kind", "value", "entry"),
    [
        (NumberKind.COUNT, "12", Decimal(12)),
        (NumberKind.CHANGE, "-13", Decimal(-13)),
        (NumberKind.YUAN, "3117000000", "31.17亿元"),
        (NumberKind.YUAN, "0", "0元"),
        (NumberKind.WAN, "0.092", Decimal("0.092")),
        (NumberKind.WAN, "18.8710", "18.8710"),
        (NumberKind.WAN, "1234567890.1234567", "1234567890.1234567"),
        (NumberKind.WAN, "316441", Decimal(316441)),
    ],
)
def test_an_entry_is_what_a_clerk_types(kind: NumberKind, value: str, entry: object) -> None:
    found = typed(kind, Decimal(value))
    assert (type(found), found) == (type(entry), entry)


@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=4))
def test_every_digit_of_an_amount_survives_the_workbook(value: Decimal) -> None:
    entry = typed(NumberKind.WAN, value)
    kept = entry if isinstance(entry, str) else plain(Decimal(repr(float(entry))).normalize())
    assert kept == plain(value)


def test_a_ratio_is_not_asked(form: StatutoryForm, indicators: tuple[Indicator, ...]) -> None:
    filling = Filling(roster_of(1).agencies[0], 2020, form, indicators, {}, {}, Cover())
    asked = [one.id for one in filling.asked]
    assert "non_text_share" not in asked
    assert len(asked) == len(indicators) - 1
