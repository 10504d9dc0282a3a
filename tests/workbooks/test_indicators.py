"""The supplementary indicators, found by label on whatever sheet they stand."""

import pytest

from pipeline.workbooks.asked import indicator_totals, typed_indicators
from pipeline.workbooks.indicators import locate_indicators
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source


@pytest.fixture
def locate(indicators, catalogue):
    def located(*lines, name="补充指标", more=()):
        cells = {
            (row, column): value
            for row, line in enumerate(lines, 1)
            for column, value in enumerate(line, 1)
            if value is not None
        }
        sheets = [Sheet("封面", visible=True, cells={}), Sheet(name, visible=True, cells=cells)]
        slots, findings = locate_indicators(indicators, [*sheets, *more], Source("甲.xlsx", 2020, catalogue))
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


def copied(lines, name, more=0):
    """Another sheet with the same lines, each number that much more; None: without numbers."""
    cells = {(2, 1): "指标", (2, 3): "数量"}
    for row, (label, unit, number) in enumerate(lines, 3):
        cells |= {(row, 1): label, (row, 2): unit}
        if more is not None:
            cells[row, 3] = number + more
    return Sheet(name, visible=True, cells=cells)


def test_last_years_sheet_left_in_the_workbook_is_not_read_for_this_years(locate, lines):
    slots, findings = locate(*lines, name="2019年补充指标", more=[copied(lines, "2020年补充指标", 900)])
    assert [one.code for one in findings] == ["table-twice"]
    assert "[2019年补充指标]C1与[2020年补充指标]C3" in findings[0].message
    assert not any(slot.trusted for slot in slots.values())


def test_an_equal_copy_does_no_harm_and_of_a_blank_one_the_other_counts(locate, lines):
    slots, findings = locate(*lines, more=[copied(lines, "副本")])
    assert findings == []
    empty = [[label, unit] for label, unit, _ in lines]
    slots, findings = locate(*empty, more=[copied(lines, "Sheet9", 5)])
    assert findings == []
    assert {slot.sheet.name for slot in slots.values()} == {"Sheet9"}
    assert all(slot.trusted for slot in slots.values())


def test_a_sheet_that_only_mentions_one_label_is_no_copy(locate, lines):
    note = Sheet("说明", visible=True, cells={(1, 1): "培训人次", (1, 2): 99_999})
    assert locate(*lines, more=[note])[1] == []


def test_a_doubt_about_the_column_is_told_once_and_nothing_is_read(locate, lines):
    years = [[label, unit, 900, number] for label, unit, number in lines]
    slots, findings = locate(["指标", "单位", "2019年", "2020年"], *years)
    assert [(one.code, one.cell) for one in findings] == [("cell-twice", "C1")]
    assert "“补充指标·数量”有几个格对得上：C1、D1" in findings[0].message
    assert not any(slot.trusted for slot in slots.values())


def test_another_years_column_alone_is_not_read(locate, lines):
    slots, findings = locate(["指标", "单位", "2019年"], *lines)
    assert [(one.code, one.message) for one in findings] == [
        ("label-missing", "“补充指标”里没有找到“数量”。")
    ]
    assert {slot.place for slot in slots.values()} == {None}


def test_a_unit_of_another_size_is_refused_with_the_one_expected(locate, lines):
    lines[0][1:] = ["万条", 3]
    slots, findings = locate(["指标", "单位", "数量"], *lines)
    assert [(one.code, one.cell) for one in findings] == [("cell-not-a-number", "C2")]
    assert "“主动公开政府信息数量”填的是“3万条”" in findings[0].message
    assert "应填：0 或正整数，单位是“条”" in findings[0].message
    assert not slots["indicators.disclosed_items"].trusted
    assert slots["indicators.interpretations"].trusted


def test_a_sheet_that_speaks_of_indicators_in_words_or_counts_a_few_is_no_copy(locate, lines):
    explained = {
        (row, column): text
        for row, line in enumerate(lines, 1)
        for column, text in enumerate([line[0], "照实填"], 1)
    }
    accounts = {(1, 1): "其中：微信公众号", (1, 2): 451, (2, 1): "其中：微博", (2, 2): 68}
    others = [
        Sheet("填报说明", visible=True, cells=explained),
        Sheet("新媒体清单", visible=True, cells=accounts),
    ]
    _, findings = locate(*lines, more=others)
    assert findings == []


def test_another_year_s_numbers_on_another_sheet_are_a_second_copy(locate, lines):
    other = {
        (row, column): v
        for row, (label, unit, number) in enumerate(lines, 1)
        for column, v in enumerate([label, unit, number + 900], 1)
    }
    _, (finding,) = locate(*lines, more=[Sheet("2019", visible=True, cells=other)])
    assert finding.code == "table-twice"
