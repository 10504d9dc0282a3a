"""Numbers as clerks type them: read with the reading recorded, or refused with the reason."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.number import NumberKind, plain
from pipeline.workbooks.number import holds_number, is_blank, raw_text, read_number

COUNT, CHANGE, YUAN = NumberKind.COUNT, NumberKind.CHANGE, NumberKind.YUAN
WAN, DECIMAL = NumberKind.WAN, NumberKind.DECIMAL

READ = [
    (COUNT, 5.0, "5", ""),
    (COUNT, 5, "5", ""),
    (COUNT, "5", "5", ""),
    (COUNT, " 5 ", "5", ""),
    (COUNT, "\u3000５\u200b", "5", "全角数字"),
    (COUNT, 0.0, "0", ""),
    (COUNT, "0", "0", ""),
    (COUNT, "１２", "12", "全角数字"),
    (COUNT, "1,036", "1036", "去掉千分位"),
    (COUNT, "１，０３６", "1036", "全角数字，去掉千分位"),
    (COUNT, "12件", "12", "去掉单位“件”"),
    (COUNT, "12 条", "12", "去掉单位“条”"),
    (COUNT, "1,036人次", "1036", "去掉千分位，去掉单位“人次”"),
    (COUNT, "0012", "12", "去掉前面的0"),
    (COUNT, "+5", "5", "“+”读作正数"),
    (COUNT, "3.0", "3", ""),
    (CHANGE, 12.0, "12", ""),
    (CHANGE, -13.0, "-13", ""),
    (CHANGE, "增12", "12", "“增”读作正数"),
    (CHANGE, "增加 12 项", "12", "“增加”读作正数，去掉单位“项”"),
    (CHANGE, "+12", "12", "“+”读作正数"),
    (CHANGE, "＋１２", "12", "全角数字，“+”读作正数"),
    (CHANGE, "减13", "-13", "“减”读作负数"),
    (CHANGE, "-13", "-13", "“-”读作负数"),
    (CHANGE, "－13", "-13", "“-”读作负数"),
    (CHANGE, "减0", "0", "“减”读作负数"),
    (YUAN, "31.17亿元", "3117000000", "按“亿元”换算成元"),
    (YUAN, "251000元", "251000", "去掉单位“元”"),
    (YUAN, "80618.50元", "80618.50", "去掉单位“元”"),
    (YUAN, "15.2万元", "152000", "按“万元”换算成元"),
    (YUAN, "15.2万", "152000", "按“万”换算成元"),
    (YUAN, "¥251,000.00", "251000.00", "去掉千分位，去掉单位“元”"),
    (YUAN, "0", "0", ""),
    (YUAN, 0.0, "0", ""),
    (WAN, 0.0, "0", ""),
    (WAN, "18.8710万元", "18.8710", "去掉单位“万元”"),
    (WAN, "3万元", "3", "去掉单位“万元”"),
    (WAN, "30000元", "3", "按“元”换算成万元"),
    (WAN, "920元", "0.092", "按“元”换算成万元"),
    (DECIMAL, "95.20", "95.20", ""),
    (DECIMAL, 95.2, "95.2", ""),
]

REFUSED = [
    (COUNT, None, "cell-blank"),
    (COUNT, "", "cell-blank"),
    (COUNT, " \u3000\u200b", "cell-blank"),
    *((COUNT, text, "cell-not-applicable") for text in ("/", "-", "—", "－", "无", "N/A", "不适用", " / ")),
    *((COUNT, text, "cell-error-value") for text in ("#REF!", "#DIV/0!", "#N/A", "#NAME?")),
    *(
        (COUNT, text, "cell-not-a-number")
        for text in (
            "2000万", "约30", "三", "30余", "1 036 2", "1 036", "1,03", "1,0361", "12元", "12%", "1e3", "5+7",
            "3.", ".5", "增12", "十二件", "12件左右", "1/2", "²", "①", "9" * 16, "=1+1", "٣",
        )

    ),
    (COUNT, True, "cell-not-a-number"),
    (COUNT, datetime.date(2020, 1, 5), "cell-not-a-number"),
    (COUNT, datetime.timedelta(hours=3), "cell-not-a-number"),
    (COUNT, 1e15, "cell-not-a-number"),
    (COUNT, float("nan"), "cell-not-a-number"),
    (COUNT, -5.0, "cell-negative"),
    (COUNT, "-5", "cell-negative"),
    (COUNT, "减5", "cell-not-a-number"),
    (WAN, "增12", "cell-not-a-number"),
    (COUNT, 3.5, "cell-not-whole"),
    (COUNT, "3.5件", "cell-not-whole"),
    (CHANGE, "增-12", "cell-not-a-number"),
    (CHANGE, "增/减", "cell-not-a-number"),
    (CHANGE, "-", "cell-not-applicable"),
    (CHANGE, "减1.5", "cell-not-whole"),
    (YUAN, 15000000.0, "cell-unit-missing"),
    (YUAN, "80618", "cell-unit-missing"),
    (WAN, 18.871, "cell-unit-missing"),
    (YUAN, "12件", "cell-not-a-number"),
    (YUAN, "约3亿元", "cell-not-a-number"),
    (YUAN, "-3亿元", "cell-negative"),
    (WAN, "3美元", "cell-not-a-number"),
    (WAN, -1.5, "cell-negative"),
    (DECIMAL, -1.0, "cell-negative"),
    (DECIMAL, "95.2%", "cell-not-a-number"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "value", "reading"), READ)
def test_what_a_clerk_types_is_read(kind, typed, value, reading):
    found = read_number(kind, typed)
    assert (found.problem, found.reading) == ("", reading)
    assert found.value is not None
    assert plain(found.value) == value


@pytest.mark.parametrize(("kind", "typed", "problem"), REFUSED)
def test_what_leaves_a_doubt_is_refused_and_never_a_zero(kind, typed, problem):
    found = read_number(kind, typed)
    assert (found.value, found.problem) == (None, problem)
    assert found.expected


def test_a_unit_the_workbook_states_makes_a_bare_amount_certain():
    assert read_number(YUAN, 15.2, "万元").value == 152000
    assert read_number(YUAN, "80618", "元").value == 80618
    assert read_number(WAN, 30000, "元").value == 3
    assert read_number(YUAN, "3亿元", "万元").value == 300_000_000
    assert read_number(YUAN, 5, "件").problem == "cell-not-a-number"
    for typed, value in ((18.871, "18.871"), (316441.0, "316441"), ("18.8710", "18.8710")):
        assert str(read_number(WAN, typed, "万元").value) == value
    assert read_number(WAN, 0.1 + 0.2, "万元").reading == "取15位有效数字"


def test_units_that_disagree_leave_a_bare_amount_in_doubt_and_not_one_with_its_own():
    found = read_number(WAN, 188710, "万元、元")
    assert (found.value, found.problem, found.expected) == (None, "cell-unit-conflict", "万元、元")
    assert read_number(WAN, "188710元", "万元、元").value == Decimal("18.871")
    assert read_number(WAN, 0, "万元、元").value == 0


@pytest.mark.parametrize(
    ("content", "expected"),
    [(12, True), (0.5, True), ("12件", True), ("25.1万元", True), ("增12", True), ("2018年", False),
     ("1.属于国家秘密", False), ("件", False), ("/", False), (True, False), (None, False)],
)  # fmt: skip
def test_a_figure_is_told_from_a_label(content, expected):
    assert holds_number(content) is expected


def test_a_percentage_is_read_by_its_mark_and_doubted_below_one():
    assert read_number(DECIMAL, "９５.2％", "%").value == Decimal("95.2")
    assert read_number(DECIMAL, "0.5", "%").value == Decimal("0.5")
    assert read_number(DECIMAL, 0.952, "%").problem == "cell-not-a-number"
    assert read_number(DECIMAL, 0.0, "%").value == 0


def test_the_raw_text_is_what_the_clerk_sees():
    assert [raw_text(value) for value in (None, 5.0, 18.871, " 5 ", True, 7)] == [
        "", "5", "18.871", " 5 ", "TRUE", "7",
    ]  # fmt: skip
    assert raw_text(float("inf")) == "inf"


def test_blank_is_what_nobody_can_see():
    assert is_blank(None)
    assert is_blank(" \u3000\u200b\n")
    assert not is_blank(0)
    assert not is_blank("0")


@given(st.integers(0, 10**14))
def test_every_whole_number_survives_however_it_is_written(number):
    for written in (number, float(number), str(number), f"{number:,}", f"{number}件", f" {number}\n"):
        assert read_number(COUNT, written).value == number
    assert read_number(CHANGE, f"减{number}").value == -number


@given(st.decimals(0, 10**9, places=4))
def test_amounts_keep_the_digits_typed(amount):
    assert str(read_number(WAN, str(amount), "万元").value) == str(amount)
    assert read_number(YUAN, f"{amount}万元").value == amount * 10000


@given(st.text() | st.floats() | st.none() | st.booleans(), st.sampled_from(NumberKind))
def test_any_content_is_read_or_refused_and_never_raises(content, kind):
    found = read_number(kind, content)
    assert (found.value is None) == bool(found.problem)
