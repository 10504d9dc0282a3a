"""Where an indicator's number stands: its column, its panel, its unit; never one of two that would do."""

import pytest

from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.number import NumberKind
from pipeline.workbooks.indicator_sheet import Spot, read_copy
from pipeline.workbooks.sheet import Sheet

ITEMS, TALKS, TRAININGS = (
    Indicator(name, label, unit, NumberKind.COUNT, Aggregation.SUM)
    for name, label, unit in (
        ("items", "主动公开政府信息数量", "条"),
        ("talks", "开展在线访谈期数", "期"),
        ("trainings", "开展业务培训次数", "次"),
    )
)
ASKED = (ITEMS, TALKS, TRAININGS)


def copy_of(*lines, merged=None, uncached=()):
    cells = {
        (row, column): value
        for row, line in enumerate(lines, 1)
        for column, value in enumerate(line, 1)
        if value is not None
    }
    sheet = Sheet("补充指标", visible=True, cells=cells, merged=merged or {}, uncached=frozenset(uncached))
    return read_copy(ASKED, sheet, 2020)


def spots(*lines, **odd):
    return copy_of(*lines, **odd).spots


HEAD = ["指标", "单位", "数量"]


def test_two_panels_beside_each_other_each_have_their_own_column():
    found = spots(
        [*HEAD, *HEAD],
        [ITEMS.label, "条", 1, TRAININGS.label, "次", 3],
        [TALKS.label, "期", 2],
    )
    assert found == {"items": Spot((2, 3)), "talks": Spot((3, 3)), "trainings": Spot((2, 6))}
    bare = spots([ITEMS.label, "条", 1, TRAININGS.label, "次", 3])
    assert bare == {"items": Spot((1, 3)), "trainings": Spot((1, 6))}


def test_labels_set_in_by_a_column_are_no_panel():
    found = spots(["指标", None, "数量"], [ITEMS.label, None, 1], [None, TALKS.label, 2])
    assert found == {"items": Spot((2, 3)), "talks": Spot((3, 3))}


@pytest.mark.parametrize(
    "heading", ["数量", "数 值", "本年数", "本年", "2020年", "2020年度", "数量（2020年）"]
)
def test_a_column_of_this_year_is_read_beside_one_of_last_year(heading):
    assert spots(["指标", "上年数", heading], [ITEMS.label, 900, 1]) == {"items": Spot((2, 3))}


@pytest.mark.parametrize("heading", ["2019年", "上年数", "2019年数量", 2019.0, "数量（2019年）"])
def test_a_column_of_another_year_alone_is_not_read(heading):
    assert spots(["指标", "单位", heading], [ITEMS.label, "条", 900]) == {"items": Spot(None)}


@pytest.mark.parametrize(
    "headings",
    [("2019年", "2020年"), ("2020年", "2019年"), ("数量", "数量"), (2019, 2020), ("数量", "2019年")],
)
def test_two_columns_of_numbers_are_not_chosen_between(headings):
    found = spots(["指标", *headings], [ITEMS.label, 900, 1])["items"]
    assert found.rivals == ((2, 2), (2, 3))
    assert found.headings == ((1, 2), (1, 3))


def test_several_numbers_without_headings_are_rivals():
    assert spots([ITEMS.label, "条", 1, 900])["items"].rivals == ((1, 3), (1, 4))
    assert spots([ITEMS.label, None, None, "9件"])["items"].rivals == ((1, 2), (1, 4))
    assert spots([*HEAD, None], [ITEMS.label, "条", 1, 900])["items"].rivals == ((2, 3), (2, 4))
    assert spots([ITEMS.label, "条", 1, None], uncached=[(1, 4)])["items"].rivals == ((1, 3), (1, 4))


def test_a_number_under_another_heading_is_no_rival():
    assert spots([*HEAD, "序号"], [ITEMS.label, "条", 1, 900]) == {"items": Spot((2, 3))}


def test_a_heading_over_two_columns_stands_for_both():
    merged = {(1, 2): (1, 3)}
    assert spots(["指标", "数量"], [ITEMS.label, None, 5], merged=merged) == {"items": Spot((2, 3))}
    found = spots(["指标", "数量"], [ITEMS.label, 4, 5], merged=merged)["items"]
    assert found.rivals == ((2, 2), (2, 3))


@pytest.mark.parametrize("unit", ["条", "件", "", None, "个"])
def test_a_unit_that_counts_one_by_one_is_fine(unit):
    assert spots(HEAD, [ITEMS.label, unit, 1])["items"].unit == ""


@pytest.mark.parametrize("unit", ["万条", "万", "千件", "万元", "元", "%", " 万 条 ", "百"])
def test_a_unit_of_another_size_is_told_wherever_it_stands(unit):
    plain = "".join(unit.split())
    assert spots(HEAD, [ITEMS.label, unit, 1])["items"].unit == plain
    assert spots([ITEMS.label, unit, 1]) == {"items": Spot((1, 3), unit=plain)}
    assert spots(["指标", "数量", "计量"], [ITEMS.label, 1, unit])["items"].unit == plain
    assert spots(["指标", f"数量（{plain}）"], [ITEMS.label, 1])["items"].unit == plain
    assert spots([f"单位：{plain}"], ["指标", "数量"], [ITEMS.label, 1])["items"].unit == plain


def test_a_unit_in_the_label_counts_too_and_beside_nothing_none_does():
    assert spots([f"{ITEMS.label}（万元）", 1])["items"].unit == "万元"
    assert spots(HEAD, [ITEMS.label, "万条", None])["items"].unit == ""


def test_a_label_that_stands_twice_has_no_spot():
    found = copy_of([ITEMS.label, 1], [ITEMS.label, 2])
    assert (list(found.labels["items"]), found.spots) == ([(1, 1), (2, 1)], {})


def test_a_copy_is_blank_where_no_number_stands():
    assert copy_of(HEAD, [ITEMS.label, "条"]).is_blank(set())
    assert not copy_of(HEAD, [ITEMS.label, "条", 0]).is_blank(set())
    assert copy_of(HEAD, [ITEMS.label, "条", 0]).is_blank({"items"})
    assert not copy_of(HEAD, [ITEMS.label, "条"], uncached=[(2, 3)]).is_blank(set())
    assert copy_of(HEAD, [ITEMS.label, "万条", 3.0]).content("items") == ("3", "万条")
