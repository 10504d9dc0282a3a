"""The numbers a line says, read as a person reads them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.narrative import Run
from pipeline.verify.said import numbers


def one(text):
    (said,) = numbers(text)
    return said


@pytest.mark.parametrize(
    ("text", "value", "unit", "way"),
    [
        ("收到224件", "224", "", 0),
        ("采购31.17亿元", "3117000000", "元", 0),
        ("采购311700万元", "3117000000", "元", 0),
        ("共33,649条", "33649", "", 0),
        ("共３３，６４９条", "33649", "", 0),
        ("共３３６４９．５条", "33649.5", "", 0),
        ("占61.45%", "61.45", "%", 0),
        ("占61.45％", "61.45", "%", 0),
        ("同比增长103.64%", "103.64", "%", 1),
        ("同比下降了12.50%", "12.5", "%", -1),
        ("本年减13项", "13", "", -1),
        ("结余-5件", "-5", "", 0),
        ("约2万件", "20000", "", 0),
    ],
)
def test_a_number_with_what_gives_it_its_meaning(text, value, unit, way):
    assert one(text).meaning == (Decimal(value), unit, way)


def test_no_change_is_said_in_words():
    assert one("同比持平，与去年一样").meaning == (None, "持平", 0)
    assert not one("同比持平").agrees(one("同比基本持平"))


def test_numbers_that_stand_side_by_side_stay_apart():
    assert [said.text for said in numbers("2019-2020年共5，123条，第3、4项12,34")] == [
        "2019", "2020", "5", "123", "3", "4", "12", "34",
    ]  # fmt: skip


def test_a_way_is_contradicted_only_by_the_other_way():
    up, plain, down = one("增长5%"), one("为5%"), one("下降5%")
    assert up.agrees(plain)
    assert plain.agrees(down)
    assert not up.agrees(down)


@pytest.mark.parametrize("other", ["2240件", "24件", "22件", "224万件", "224元", "224%", "-224件"])
def test_no_number_is_found_inside_another(other):
    assert not one("224件").agrees(one(other))


def test_a_number_knows_the_run_that_printed_it():
    runs = (
        Run("收到"),
        Run("224", "requests.received.total"),
        Run("件，同比"),
        Run("增长5%", '同比("x")'),
        Run("7"),
    )
    said = list(numbers("".join(run.text for run in runs), runs))
    assert [one.run and one.run.text for one in said] == ["224", "增长5%", None]


def test_a_digit_typed_against_a_printed_number_is_part_of_it():
    (said,) = numbers("1224件", (Run("1"), Run("224", "x"), Run("件")))
    assert (said.text, said.run.text) == ("1224", "224")


def test_nearness_is_what_stands_on_both_sides():
    first, second = numbers("市直机关5条、旗市区7条。")
    moved, _ = numbers("旗市区7条，市直机关5条。")
    assert first.nearness(second) == (0, 1)  # 条
    assert second.nearness(moved) == (3, 1)  # 旗市区 and 条
    assert first.nearness(one("市直机关9条、旗市区共几条。")) == (6, 5)


@given(st.decimals(0, 10**24, places=4), st.sampled_from(["", "万", "亿"]))
def test_however_long_a_number_is_none_of_it_is_rounded_away(value, scale):
    text = f"共{value:f}{scale}"
    assert one(text).agrees(one(text))
    assert not one(text).agrees(one(f"共{value:f}1{scale}"))
