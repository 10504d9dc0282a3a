"""The numbers of a passage: which are figures, what they are worth, and who wrote them."""

from decimal import Decimal

import pytest

from kit.narrative import narrative
from pipeline.check.numerals import Sentences
from pipeline.model.narrative import Run


def read(passage):
    return Sentences(narrative(passage).passages[0])


@pytest.mark.parametrize(
    ("text", "says"),
    [("收到申请3件", True), ("收到申请三件", True), ("一是按时公开。", False), ("办好一件事", True)],
)
def test_a_passage_tells_whether_there_is_any_number_to_look_for(text, says):
    assert read(text).says_a_number is says


@pytest.mark.parametrize(
    ("text", "value", "unit", "rough"),
    [
        ("收到224件", 224, "件", False),
        ("收到２２４件", 224, "件", False),
        ("收到 224 件", 224, "件", False),
        ("公开1,036条", 1036, "条", False),
        ("公开10.36万条", 103600, "条", False),
        ("金额31.17亿元", Decimal("31.17"), "亿元", False),
        ("刊登200余份", 200, "份", True),
        ("约300件", 300, "件", True),
        ("300件以上", 300, "件", True),
        ("占61.45%", Decimal("61.45"), "%", False),
    ],
)
def test_a_number_is_read_with_its_unit(text, value, unit, rough):
    (numeral,) = read(text).numerals
    assert (numeral.value, numeral.unit, numeral.rough) == (value, unit, rough)


@pytest.mark.parametrize(
    "text",
    [
        "2020年1月1日至12月31日",
        "2016—2020年",
        "呼政公发﹝2020﹞2号和（2020）11号",
        "〔2019〕60号",
        "第20条第（5）项",
        "24小时和7×24小时",
        "20个工作日内",
        "“12345”平台",
        "12345政务服务便民热线",
        "9:30开始",
        "H5和IPv6、5G",
        "电话0470-8216000、13900000000、400-123-4567",
        "www.hlbe.gov.cn/a1、a1@b2.cn",
        "《“十四五”规划（2021）》",
        "1.优化网站",
        "（1）改版",
        "附件1和2.0版",
        "邮编：021008",
    ],
)
def test_what_only_has_digits_is_no_figure(text):
    assert read(text).numerals == ()


def test_a_number_printed_by_name_is_not_typed_by_hand_unless_a_digit_is_added():
    received = "requests.received.total"
    printed = Run("224", received, (received,))
    (numeral,) = read((Run("收到"), printed, Run("件"))).numerals
    assert (numeral.by_hand, numeral.addresses) == (False, (received,))
    (numeral,) = read((Run("收到"), printed, Run("0件"))).numerals
    assert (numeral.by_hand, numeral.addresses, numeral.value) == (True, (), 2240)


def test_a_reckoned_number_states_no_single_figure():
    (numeral,) = read((Run("76.48%", '占比("a", "b")', ("a", "b")),)).numerals
    assert (numeral.by_hand, numeral.addresses) == (False, ())


@pytest.mark.parametrize(
    ("text", "actual", "agrees"),
    [
        ("222件", 223, False),
        ("223件", 223, True),
        ("10.36万条", 103615, True),
        ("10.4万条", 103615, True),
        ("10.5万条", 103615, False),
        ("200余件", 223, True),
        ("约100件", 223, True),
        ("近1000件", 223, False),
    ],
)
def test_a_number_agrees_as_exactly_as_it_is_said(text, actual, agrees):
    assert read(text).numerals[0].agrees(Decimal(actual)) is agrees


@pytest.mark.parametrize(
    ("text", "agrees"), [("76.48%", True), ("76.5%", True), ("76%", True), ("77%", True), ("85%", False)]
)
def test_a_percentage_may_be_rounded_or_cut(text, agrees):
    assert read(text).numerals[0].agrees_in_percent(Decimal(36100) / 472) is agrees


def test_sentences_end_where_they_end_and_an_excerpt_finds_the_number():
    sentences = read("收到10件。办结5件，其中3件不予公开")
    assert [numeral.value for numeral in sentences.before(len(sentences.text))] == [5, 3]
    assert sentences.excerpt(sentences.numerals[1]) == "办结5件"
    assert sentences.at(2) is sentences.numerals[0]
    assert sentences.at(3) is None


def test_a_number_in_chinese_characters_is_read_where_a_sentence_asks_for_it():
    sentences = read("收到申请三十二件，一件事改革，几十余件")
    assert sentences.numerals == ()
    assert (sentences.at(4).value, sentences.at(4).words, sentences.at(4).unit) == (32, "三十二件", "件")
    assert read("收到申请二百余件").at(4).rough
    assert read("收到申请三百五件").at(4) is None


def test_long_hostile_digits_are_read_in_no_time():
    assert read("9" * 100_000).numerals == ()
    assert read("收到申请" + "共计" * 20_000 + "x").numerals == ()


def test_a_clause_begins_behind_the_nearest_mark():
    sentences = read("甲5件，乙（丙7件）；丁9件。")
    leads = [sentences.text[sentences.clause_start(one.start) : one.start] for one in sentences.numerals]
    assert leads == ["甲", "丙", "丁"]
