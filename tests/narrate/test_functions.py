"""同比 and 占比: the two reckonings every report makes and offices get wrong."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.narrative import facts, last_year
from pipeline.model.number import NumberKind, percent
from pipeline.narrate.functions import functions
from pipeline.narrate.names import Names
from pipeline.narrate.value import ExpressionError, Value


def growth(now, before):
    names = Names(facts(before=last_year({"requests.received.total": before}), requests__received__total=now))
    return functions(names)["同比"](names.value("requests.received.total"))


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (224, 110, "增长103.64%"),
        (98, 112, "下降12.50%"),
        (110, 110, "持平"),
        (0, 5, "下降100.00%"),
        (1000001, 1000000, "基本持平"),
        (163, 100, "增长63.00%"),
    ],
)
def test_this_year_against_last(now, before, text):
    phrase = growth(now, before)
    assert phrase.text == text
    assert phrase.source == '同比("requests.received.total")'
    assert phrase.addresses == ("requests.received.total", "last_year.requests.received.total")


def test_nothing_is_reckoned_on_a_last_year_of_zero():
    with pytest.raises(ExpressionError, match="上一年是 0"):
        growth(3, 0)


def test_nothing_is_reckoned_where_last_year_is_unknown():
    names = Names(facts(before=last_year({})))
    with pytest.raises(ExpressionError, match=r"没有“依申请公开.新收.总计”上一年的数"):
        functions(names)["同比"](names.value("requests.received.total"))


@pytest.mark.parametrize("name", ["上年.requests.received.total", "年度"])
def test_only_this_years_figures_grow(name):
    names = Names(facts())
    with pytest.raises(ExpressionError, match="同比只能用一个数的名字"):
        functions(names)["同比"](names.value(name))


def test_a_share_of_two_numbers_or_two_figures():
    names = Names(facts())
    share = functions(names)["占比"]
    assert share(361, 472).text == "76.48%"
    figures = share(names.value("requests.received.natural_person"), names.value("requests.received.total"))
    assert figures.text == "86.16%"
    assert figures.source == '占比("requests.received.natural_person", "requests.received.total")'
    with pytest.raises(ExpressionError, match="是 0"):
        share(1, names.value("requests.received.research"))


def test_a_share_or_growth_of_a_missing_figure_is_a_gap_not_an_error():
    names = Names(facts())
    gap = Value(None, NumberKind.COUNT, "indicators.trainees", ("indicators.trainees",), "补充指标.培训人次")
    assert functions(names)["占比"](gap, 5).text == "〔缺：补充指标.培训人次的占比〕"


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_percentage_is_right_to_its_last_digit(part, whole):
    text = f"{percent(Decimal(part), Decimal(whole))}%"
    assert text.endswith("%")
    assert len(text.split(".")[1]) == 3
    assert abs(Decimal(text[:-1]) * whole - 100 * part) * 200 <= whole


def test_halves_are_rounded_up():
    assert percent(Decimal(1), Decimal(800)) == Decimal("0.13")


def test_a_share_larger_than_its_whole_says_which_number_is_the_part():
    names = Names(facts())
    whole, part = names.value("requests.received.total"), names.value("requests.disclosed.total")
    with pytest.raises(ExpressionError, match=r"前一个数“依申请公开.新收.总计 224”是部分.*写反"):
        functions(names)["占比"](whole, part)
    assert functions(names)["占比"](whole, whole).text == "100.00%"


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("requests.received.total", "indicators.disclosed_items"),
        ("indicators.new_media", "proactive.procurement.amount"),
        ("市直机关.requests.received.total", "indicators.disclosed_items"),
    ],
)
def test_no_share_is_reckoned_of_figures_that_count_different_things(part, whole):
    names = Names(facts())
    with pytest.raises(ExpressionError, match="不是同一类数"):
        functions(names)["占比"](names.value(part), names.value(whole))


def test_disputes_may_be_a_share_of_requests_and_a_typed_number_of_any_figure():
    names = Names(facts())
    share = functions(names)["占比"]
    disputes, requests = names.value("disputes.reconsideration.total"), names.value("requests.received.total")
    assert share(disputes, requests).text == "5.36%"
    assert share(56, requests).text == "25.00%"
