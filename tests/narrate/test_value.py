"""A number in a narrative keeps its origin through plus and minus, and says when it has no value."""

from decimal import Decimal

import pytest

from pipeline.model.number import NumberKind
from pipeline.narrate.value import ExpressionError, Phrase, Value, value_of

COUNT, YUAN = NumberKind.COUNT, NumberKind.YUAN


def count(number, name="a"):
    return Value(None if number is None else Decimal(number), COUNT, name, (name,), f"甲.{name}")


def test_a_sum_rests_on_both_figures():
    total = count(224, "received") + count(1, "brought")
    assert (total.text, total.source, total.addresses) == (
        "225",
        "received + brought",
        ("received", "brought"),
    )
    difference = total - (count(3, "x") + 1)
    assert (difference.text, difference.source) == ("221", "received + brought - (x + 1)")
    assert (5 - count(2)).text == "3"
    assert (5 + count(2)).text == "7"


def test_money_is_printed_as_the_table_prints_it_and_never_added_to_counts():
    money = Value(Decimal(3117000000), YUAN, "amount")
    assert (money.text, (money + money).text) == ("31.17亿元", "62.34亿元")
    fee = Value(Decimal("18.8710"), NumberKind.WAN, "fees")
    assert (fee.text, (fee + fee).text) == ("18.8710万元", "37.7420万元"), (
        "a sentence has no label to give it"
    )
    with pytest.raises(ExpressionError, match="单位不同"):
        money + count(1)


def test_a_figure_without_value_prints_its_name_is_false_and_stays_without_value():
    gap = count(None)
    assert (gap.text, bool(gap), (gap + count(1)).number) == ("〔缺：甲.a〕", False, None)
    assert not any((gap > 0, gap < 0, gap >= 0, gap <= 0, gap == 0, count(1) > gap, count(1) == gap))


def test_figures_compare_by_number():
    assert count(2) > 1
    assert count(2) >= count(2)
    assert count(1) < count(2) <= count(2)
    assert count(2) == Value(Decimal("2.0"), YUAN, "b")
    assert not count(2) != Value(Decimal("2.0"), YUAN, "b")  # noqa: SIM202 - what a narrative asks with !=
    assert count(2) != 3
    assert not count(0)


@pytest.mark.parametrize("operand", ["呼伦贝尔市", Phrase("76.48%", "占比(1, 2)"), True])
def test_words_are_no_numbers(operand):
    with pytest.raises(ExpressionError, match="不是数"):
        value_of(operand)


def test_a_phrase_equals_its_text():
    assert Phrase("持平", "x") == "持平"
    assert not Phrase("持平", "x") != "持平"  # noqa: SIM202 - what a narrative asks with !=
    assert Phrase("持平", "x") != Phrase("增长", "x")
    assert len({Phrase("持平", "x"), Phrase("持平", "y")}) == 1
