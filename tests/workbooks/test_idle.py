"""Which texts say nothing about where figures stand."""

import pytest

from pipeline.workbooks.idle import Meaning


@pytest.fixture(scope="module")
def meaning(forms, indicators):
    """What texts may mean in a workbook of 2020."""
    return Meaning.of(forms["2019"], indicators)


@pytest.mark.parametrize(
    "text", ["满洲里市", "张三", "251000元", "增12", "公开内容还不够丰富，下一步将继续改进。", "150781"]
)
def test_names_sentences_and_amounts_are_idle(meaning, text):
    assert meaning.bearing(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\u200b ",
        "规 章",
        "1.属于国家秘密",
        "单位：万元",
        "（万元）",
        "万件",
        "数量",
        "上年数",
        "2020年",
        "（单位：条）",
    ],
)
def test_labels_headings_units_and_blanks_are_not(meaning, text):
    assert meaning.bearing(text) is None


def test_an_indicators_label_is_not_idle(meaning, indicators):
    assert meaning.names_indicator(f"1、{indicators[0].label}：")
    assert meaning.bearing(indicators[0].label) is None


def test_texts_of_another_length_or_kind_do_not_stand_for_each_other(meaning):
    assert meaning.bearing("张三") == meaning.bearing("李四四")
    assert meaning.bearing("张三") != meaning.bearing("欧阳某某某")
    assert meaning.bearing("增12") != meaning.bearing("张三")
    assert meaning.bearing("张三") != meaning.bearing("一家企业的申请，已经答复。" * 20)
    assert meaning.bearing("251000元").is_number


@pytest.mark.parametrize("text", ["联系 电话", "填报单位：某某局", "一、总体情况", "文字材料", "年 度"])
def test_what_is_said_of_the_workbook_itself_is_known(meaning, text):
    assert meaning.speaks(text)


def test_a_note_says_nothing_of_it(meaning):
    assert not meaning.speaks("请于三月底前报送：谢谢")
