"""Every figure by its address or its Chinese name; a group's share and last year's by a prefix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kit.narrative import FORMS, INDICATORS, facts
from pipeline.model.number import printed
from pipeline.narrate.names import Names, named_figures, usages
from pipeline.narrate.value import Phrase

NAMES = Names(facts())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requests.received.total", "224"),
        ("依申请公开.新收.总计", "224"),
        ("依申请公开. 新收 .总计", "224"),
        ("requests.withheld.total", "10"),
        ("依申请公开.不予公开.总计", "10"),
        ("依申请公开.应办.总计", "225"),
        ("复议诉讼.行政诉讼.总计", "4"),
        ("补充指标.主动公开信息", "103615"),
        ("补充指标.非文字解读占比", "61.45"),
        ("市直机关.indicators.disclosed_items", "33649"),
        ("旗市区政府.依申请公开.新收.总计", "144"),
        ("上年.requests.received.total", "110"),
        ("last_year.依申请公开.新收.总计", "110"),
        ("上年.市直机关.补充指标.主动公开信息", "30000"),
        ("市直机关.上年.补充指标.主动公开信息", "30000"),
        ("proactive.procurement.amount", "31.17亿元"),
        ("主动公开.行政许可.增减", "增12"),
        ("年度", "2020"),
        ("上年度", "2019"),
        ("机关", "呼伦贝尔市"),
    ],
)
def test_a_figure_is_found_by_either_name(name, text):
    value = NAMES.value(name)
    assert value is not None
    assert value.text == text


@pytest.mark.parametrize(
    "name",
    [
        "requests.received",
        "上年",
        "市直机关",
        "上年.上年.requests.received.total",
        "上年.年度",
        "",
        "indicators.satisfaction",
    ],
)
def test_what_is_no_name_is_not_found(name):
    assert NAMES.value(name) is None


def test_a_group_with_full_width_marks_in_its_name_is_found_by_half_width_ones_too():
    known = facts()
    groups = {"市（区）": known.consolidation.groups["市直机关"]}
    names = Names(replace(known, consolidation=replace(known.consolidation, groups=groups)))
    for group in ("市（区）", "市(区)"):
        value = names.value(f"{group}.补充指标.主动公开信息")
        assert value.text == "33649"
        assert value.addresses == ("市（区）.indicators.disclosed_items",)


def test_a_known_figure_without_value_is_not_an_unknown_name():
    gap = NAMES.value("上年.依申请公开.结转下年.总计")
    assert gap is not None
    assert gap.text == "〔缺：上年.依申请公开.结转下年.总计〕"


def test_a_subtotal_rests_on_its_cells_and_a_share_says_whose():
    assert len(NAMES.value("依申请公开.无法提供.总计").addresses) == 3
    assert NAMES.value("市直机关.补充指标.主动公开信息").addresses == ("市直机关.indicators.disclosed_items",)


def test_the_nearest_names_keep_the_prefix():
    assert NAMES.nearest("requests.recieved.total")[0] == "requests.received.total"
    assert NAMES.nearest("上年.依申请公开.新受.总计")[0] == "上年.依申请公开.新收.总计"
    assert NAMES.nearest("完全不沾边的话") == []


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_list_holds_every_cell_subtotal_and_indicator_once(edition):
    listed = named_figures(facts(edition))
    form = FORMS[edition]
    added_up = [indicator for indicator in INDICATORS if indicator.id != "satisfaction"]
    assert len(listed) == len(form.cells) + len(form.subtotals) + len(added_up)
    for names in ([entry.address for entry in listed], [entry.alias for entry in listed]):
        assert len(set(names)) == len(names)
    assert {entry.address: entry.printed for entry in listed}["requests.received.total"] == "224"
    assert {entry.address: entry.printed for entry in listed}["indicators.gazette_print"] == ""


def test_a_groups_names_are_listed_on_demand_and_the_rest_is_explained():
    listed = {entry.alias: entry.printed for entry in named_figures(facts(), "市直机关")}
    assert listed["市直机关.补充指标.主动公开信息"] == "33649"
    assert {"市直机关.", "旗市区政府.", "上年.", "年度"} <= {name for name, _ in usages(facts())}


@given(st.sampled_from(sorted(FORMS["2019"].cells)), st.integers(0, 10**9))
def test_whatever_a_cell_holds_is_printed_as_the_table_prints_it(address, number):
    known = facts(**{address.replace(".", "__"): number})
    cell = known.form.cells[address]
    for name in (address, cell.alias):
        value = Names(known).value(name)
        assert not isinstance(value, Phrase)
        assert value.text == printed(cell.kind, known.consolidation.value(address))
