"""What an agency writes for its own report: printed as typed, whatever it is; gaps are said to the office."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.narrative import FORMS
from pipeline.forms.catalogue import load_catalogue
from pipeline.installed import templates_folder
from pipeline.model.place import CellPlace
from pipeline.narrate.offered import Offered, offered_narrative

FORM = FORMS["2019"]
CATALOGUE = load_catalogue(templates_folder() / "findings.toml")
WHOLE = {1: "全年公开信息。", 5: "还有不足。", 6: "无。"}


def offered(texts, cells=None):
    return offered_narrative(Offered(texts, "市教育局.xlsx", cells or {}), FORM, 2019, CATALOGUE)


def lines(texts):
    narrative, _ = offered(texts)
    return [(one.section, one.level, one.text) for one in narrative.passages]


def test_a_paragraph_a_line_and_headings_by_their_numbering():
    assert lines({1: "（一）主动公开\r\n全年公开12条。\n\n1.政策解读\n(2)线上", 6: "无。"}) == [
        (1, 2, "（一）主动公开"),
        (1, 0, "全年公开12条。"),
        (1, 3, "1.政策解读"),
        (1, 4, "（2）线上"),
        (6, 0, "无。"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "市教育局2019年政府信息公开工作年度报告\n一、总体情况\n全年公开信息。",
        "一、总体情况\n全年公开信息。",
        "总体情况\n全年公开信息。",
    ],
)
def test_the_sections_own_title_at_the_top_is_the_forms(text):
    assert lines({1: text}) == [(1, 0, "全年公开信息。")]


def test_numbering_of_the_agencys_own_is_printed_and_said_and_moves_nothing():
    """二、依申请公开 would be section two in a narrative; here the cell says where the text belongs."""
    narrative, findings = offered({**WHOLE, 1: "一、主动公开情况\n公开了。\n二、依申请公开情况\n没有。"})
    assert [one.text for one in narrative.passages if one.section == 1] == [
        "一、主动公开情况", "公开了。", "二、依申请公开情况", "没有。",
    ]  # fmt: skip
    assert not any(one.section == 2 for one in narrative.passages)
    assert [(one.code, one.found, one.cell) for one in findings] == [
        ("section-unknown", "一、主动公开情况", "文字材料“一、总体情况”第1段"),
        ("section-unknown", "二、依申请公开情况", "文字材料“一、总体情况”第3段"),
    ]


def test_a_title_of_the_laws_in_another_sections_cell_is_said_to_be_misplaced():
    cells = {1: CellPlace("市教育局.xlsx", "文字材料", "B2")}
    text = "总体情况\n公开了。\n五、存在的主要问题及改进情况\n还有不足。\n一、总体情况\n公开了。"
    narrative, findings = offered({**WHOLE, 1: text}, cells)
    assert [(one.code, one.where(), one.message[:4], one.expected) for one in findings] == [
        ("section-misplaced", "市教育局.xlsx [文字材料]B2", "第3段：", "一、总体情况"),
        ("section-misplaced", "市教育局.xlsx [文字材料]B2", "第5段：", "一、总体情况"),
    ]
    assert "五、存在的主要问题及改进情况" in [one.text for one in narrative.passages], (
        "printed where it stands"
    )


def test_a_heading_too_long_to_be_one_is_said():
    long = "（一）" + "长" * 40
    _, findings = offered({**WHOLE, 1: f"{long}\n{long}。"})
    assert [(one.code, one.found, one.expected) for one in findings] == [("heading-long", long, "40")]


def test_what_is_left_out_at_the_top_is_kept_for_whoever_asks_whose_text_it_is():
    title = "市财政局2018年政府信息公开工作年度报告"
    narrative, _ = offered({**WHOLE, 1: f"{title}\n公开了。"})
    assert [one.text for one in narrative.title] == [title]
    assert narrative.passages[0].text == "公开了。"


def test_braces_markup_and_paths_are_words():
    typed = "{{ requests.received.total }}<w:t>&amp;{% if x %}../../etc/passwd"
    ((section, level, text),) = lines({1: typed})
    assert (section, level, text) == (1, 0, typed)


def test_what_cannot_be_seen_is_left_out_and_what_can_is_not():
    assert lines({1: "\ufeff全年\u200b公开\x07信息\u202e。\t完\x1f毕\xa0\u3000。"}) == [
        (1, 0, "全年公开信息。 完 毕 \u3000。")
    ]


@pytest.mark.parametrize(
    ("texts", "empty"),
    [
        (WHOLE, ""),
        ({}, "一、总体情况”“五、存在的主要问题及改进情况”“六、其他需要报告的事项"),
        ({**WHOLE, 6: " \n\u200b"}, "六、其他需要报告的事项"),
        ({**WHOLE, 5: "五、存在的主要问题及改进情况"}, "五、存在的主要问题及改进情况"),
    ],
)
def test_sections_without_table_and_text_are_one_finding(texts, empty):
    _, findings = offered(texts)
    assert [(one.code, one.found, one.workbook) for one in findings] == [
        ("section-empty", empty, "市教育局.xlsx")
    ] * bool(empty)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"])))
def test_no_visible_character_is_lost_or_added(text):
    narrative, _ = offered({2: text})
    shown = "".join("".join(one.text.split()) for one in narrative.passages)
    kept = "".join(text.split())
    # Half-width brackets around a number become full-width, and the section's title at the top is the form's.
    assert shown.translate({0xFF08: "(", 0xFF09: ")"}) == kept.translate({0xFF08: "(", 0xFF09: ")"}) or (
        kept.startswith(("二、", "主动公开")) and kept.endswith(shown)
    )
