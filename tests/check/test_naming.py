"""A wrong name in a right place: told where another group, row or share is spoken of, and nowhere else."""

import pytest

from kit.narrative import CATALOGUE, FORMS, INDICATORS, consolidation, last_year, narrative
from pipeline.check.narrative import check_narrative
from pipeline.model.narrative import Run

ITEMS = "indicators.disclosed_items"
SHOWN = {"proactive__licences__decisions": 512366, "proactive__penalties__decisions": 69775}


def figure(printed, address):
    return Run(printed, address, (address,))


def share(printed, part, whole):
    return Run(printed, f'占比("{part}", "{whole}")', (part, whole))


def said(*pieces):
    """What is found in a passage of typed words and printed figures."""
    runs = tuple(Run(piece) if isinstance(piece, str) else piece for piece in pieces)
    found = check_narrative(
        narrative(runs),
        FORMS["2019"],
        consolidation(**SHOWN),
        last_year(),
        INDICATORS,
        year=2020,
        catalogue=CATALOGUE,
    )
    return [(one.code, one.found, one.expected) for one in found]


def test_one_groups_figure_under_anothers_name_is_told():
    assert said("市直机关公开", figure("69966", f"旗市区政府.{ITEMS}"), "条。") == [
        ("sentence-contradicts", "市直机关公开69966条", "33649")
    ]


@pytest.mark.parametrize(
    "words",
    ["旗市区政府公开", "与市直机关相比，旗市区政府公开", "比市直机关多的旗市区政府公开", "公开"],
)
def test_a_groups_figure_under_its_own_name_or_none_is_left_alone(words):
    assert said(words, figure("69966", f"旗市区政府.{ITEMS}"), "条。") == []


def test_a_figure_the_other_group_has_not_is_told_all_the_same():
    address = "旗市区政府.proactive.licences.decisions"
    ((_, found, expected),) = said("市直机关作出决定", figure("9", address), "件。")
    assert (found, expected) == ("市直机关作出决定9件", "没有的")


def test_one_rows_figure_under_anothers_label_is_told():
    printed = figure("69775", "proactive.penalties.decisions")
    assert said("全市作出的行政许可决定为", printed, "件。") == [
        ("sentence-contradicts", "全市作出的行政许可决定为69775件", "512366")
    ]


@pytest.mark.parametrize(
    "words",
    [
        "行政处罚决定为",
        "全年作出决定",
        "行政许可之外，行政处罚",
        "行政许可和行政处罚中，后者有",
        "行政许可与行政处罚共",
    ],
)
def test_a_rows_figure_under_its_own_label_or_none_is_left_alone(words):
    assert said(words, figure("69775", "proactive.penalties.decisions"), "件。") == []


def test_the_share_of_another_figure_than_the_one_before_it_is_told():
    counted = "旗市区政府公开", figure("69966", f"旗市区政府.{ITEMS}"), "条，占"
    assert said(*counted, share("67.52%", f"旗市区政府.{ITEMS}", ITEMS), "。") == []
    assert said(*counted, share("32.48%", f"市直机关.{ITEMS}", ITEMS), "。") == [
        ("sentence-contradicts", "旗市区政府公开69966条，占32.48%", "67.52%")
    ]


def test_the_share_behind_a_wrong_figure_is_not_told_as_well():
    counted = "市直机关公开", figure("69966", f"旗市区政府.{ITEMS}"), "条，占"
    assert said(*counted, share("32.48%", f"市直机关.{ITEMS}", ITEMS), "。") == [
        ("sentence-contradicts", "市直机关公开69966条", "33649")
    ]


def test_a_share_that_says_whose_it_is_need_not_be_the_one_beforehand():
    counted = "旗市区政府公开", figure("69966", f"旗市区政府.{ITEMS}"), "条，市直机关占"
    assert said(*counted, share("32.48%", f"市直机关.{ITEMS}", ITEMS), "。") == []


def test_a_part_printed_twice_that_keeps_the_parts_from_adding_up_is_told():
    total = (
        "新媒体账号",
        figure("603", "indicators.new_media"),
        "个，其中微信",
        figure("500", "indicators.trainings"),
    )
    wrong = figure("98", "indicators.trainings")
    assert said(*total, "个，其他账号", figure("103", "indicators.interpretations"), "个。") == []
    ((code, found, expected),) = said(*total, "个，其他账号", wrong, "个。")
    assert (code, found, expected) == ("sentence-arithmetic", "新媒体账号603个", "598")
