"""The supplementary indicators, found by label on whatever sheet they stand."""

import pytest

from pipeline.workbooks.indicators import indicator_totals, locate_indicators, typed_indicators
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source


@pytest.fixture
def locate(indicators, catalogue):
    def located(*lines, name="补充指标"):
        cells = {
            (row, column): value
            for row, line in enumerate(lines, 1)
            for column, value in enumerate(line, 1)
            if value is not None
        }
        sheets = [Sheet("封面", visible=True, cells={}), Sheet(name, visible=True, cells=cells)]
        slots, findings = locate_indicators(indicators, sheets, Source("甲.xlsx", 2020, catalogue))
        return {slot.address: slot for slot in slots}, findings

    return located


@pytest.fixture
def lines(indicators):
    return [[one.label, one.unit, number] for number, one in enumerate(typed_indicators(indicators))]


def test_numbers_stand_under_their_heading(locate, lines):
    slots, findings = locate(
        ["指标", "数量", "单位"], *[[label, number, unit] for label, unit, number in lines]
    )
    assert findings == []
    assert slots["indicators.interpretations"].place == (3, 2)


@pytest.mark.parametrize("name", ["补充指标", "Sheet7"])
def test_without_a_heading_they_stand_beside_label_and_unit(locate, lines, name):
    slots, findings = locate(*lines, name=name)
    assert findings == []
    assert slots["indicators.interpretations"].place == (2, 3)
    slots, _ = locate(*[[label, number] for label, _, number in lines])
    assert slots["indicators.interpretations"].place == (2, 2)


def test_a_ratio_is_not_typed_and_a_total_knows_its_parts(locate, lines, indicators):
    slots, _ = locate(*lines)
    assert "indicators.non_text_share" not in slots
    assert [address for address, slot in slots.items() if slot.total] == ["indicators.new_media"]
    terms = indicator_totals(indicators)["indicators.new_media"]
    assert [term.address for term in terms][:2] == [
        "indicators.new_media_wechat",
        "indicators.new_media_weibo",
    ]
    assert not slots["indicators.satisfaction"].required


def test_a_missing_label_and_a_double_one_are_named(locate, lines):
    without = [line for line in lines if line[0] not in ("培训人次", "社会评议满意率（开展评议的填写）")]
    slots, findings = locate(*without, without[0])
    assert [(one.code, one.address) for one in findings] == [
        ("cell-twice", "indicators.disclosed_items"),
        ("label-missing", "indicators.trainees"),
    ]
    assert slots["indicators.disclosed_items"].place is None


def test_no_sheet_is_one_finding(locate):
    slots, findings = locate(["别的表"])
    assert [one.code for one in findings] == ["table-missing"]
    assert all(slot.place is None for slot in slots.values())


def test_where_none_are_asked_none_are_missed(catalogue):
    assert locate_indicators((), [], Source("甲.xlsx", 2020, catalogue)) == ([], [])
