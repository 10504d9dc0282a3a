"""Headings by the official numbering, section titles as offices write them."""

import pytest

from kit.narrative import FORMS
from pipeline.narrate.headings import (
    empty_sections,
    heading_level,
    is_long_heading,
    is_report_title,
    misplaced_title,
    section_of,
)

TITLES = FORMS["2019"].sections


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、总体情况", 1),
        ("（一）主动公开", 2),
        ("(一)主动公开", 2),
        ("1.优化政府网站", 3),
        ("１．优化政府网站", 3),
        ("2、优化政府网站", 3),
        ("（1）改版", 4),
        ("1.进一步推进用权公开。全年调整权责清单。", 0),
        ("1.进一步推进用权公开。", 0),
        ("（一）强化组织领导，", 0),
        ("1.推进公开。全年公开", 0),
        ("1.5万人参加", 0),
        ("一是公开意识有待加强", 0),
        ("（一）" + "长" * 40, 0),
        ("全年公开信息", 0),
    ],
)
def test_level(text, level):
    assert heading_level(text) == level


def test_a_numbered_line_that_ends_like_a_heading_and_is_too_long_for_one():
    assert is_long_heading("（一）" + "长" * 40)
    assert not is_long_heading("（一）" + "长" * 37), "a heading"
    assert not is_long_heading("（一）" + "长" * 40 + "。"), "a sentence"
    assert not is_long_heading("长" * 41), "no number"


def test_a_law_s_title_in_another_place_is_told_from_an_agency_s_own_heading():
    assert all(misplaced_title(title, TITLES) for title in TITLES)
    assert misplaced_title("三、主动公开政府信息情况", TITLES), "whatever its number"
    for own in ("一、主动公开情况", "二、依申请公开情况", "（一）主动公开", "总体情况良好。", "一、加强领导"):
        assert not misplaced_title(own, TITLES), own


def test_a_word_heading_style_serves_a_heading_without_a_number():
    assert heading_level("主动公开", 2) == 2
    assert heading_level("（1）主动公开", 2) == 4
    assert heading_level("全年公开信息若干。", 2) == 0
    assert heading_level("主动公开", 7) == 0


@pytest.mark.parametrize(
    ("text", "section"),
    [
        *((title, number) for number, title in enumerate(TITLES, 1)),
        *((title.split("、", 1)[1], number) for number, title in enumerate(TITLES, 1)),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
        ("五、存在的问题及改进情况", 5),
        ("六、其他需要说明的情况", 6),
        ("二、主动公开情况", 2),
        ("一、 总体情况", 1),
        ("五、主动公开政府信息情况", 2),
        ("（一）总体情况", 0),
        ("一、公开理念有待加强", 0),
        ("一、政府信息管理情况", 0),
        ("总体情况良好。", 0),
        ("存在的主要问题及改进情况如下，请予审议", 0),
    ],
)
def test_section_titles_are_matched_tolerantly(text, section):
    assert section_of(text, TITLES) == section


def test_the_reports_own_title():
    assert is_report_title("呼伦贝尔市2020年政府信息公开工作年度报告")
    assert not is_report_title("根据规定，编制年度报告。")


def test_a_section_with_neither_table_nor_text_is_empty():
    form = FORMS["2019"]
    assert empty_sections({1, 5, 6}, form) == ""
    assert empty_sections({2, 3, 6}, form) == f"{TITLES[0]}”“{TITLES[4]}"
