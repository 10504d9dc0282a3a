"""From the office's file to the passages of its report."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.narrative import (
    BLEMISHES,
    CATALOGUE,
    FORMS,
    INDICATORS,
    TEMPLATES,
    facts,
    last_year,
    markdown,
    saved,
    word,
)
from pipeline.check.hygiene import Bodies, check_hygiene
from pipeline.check.narrative import check_narrative
from pipeline.model.consolidation import Figure
from pipeline.model.number import printed
from pipeline.narrate.names import named_figures
from pipeline.narrate.narrate import narrate

OUTLINE = (TEMPLATES / "narrative" / "outline.md").read_bytes()
TITLES = FORMS["2019"].sections


def told(content, file="inputs/2020/narrative.md", known=None):
    narrative, findings = narrate(content, file, known or facts(), CATALOGUE)
    return narrative, [finding.code for finding in findings]


def test_a_narrative_is_told_in_sections_and_levels():
    narrative, codes = told(
        markdown("（一）主动公开", "1.优化网站", "（1）改版", "公开信息{{ 补充指标.主动公开信息 }}条。")
    )
    assert codes == []
    assert [(passage.section, passage.level, passage.text) for passage in narrative.passages[:5]] == [
        (1, 2, "（一）主动公开"),
        (1, 3, "1.优化网站"),
        (1, 4, "（1）改版"),
        (1, 0, "公开信息103615条。"),
        (2, 0, "无。"),
    ]
    assert narrative.passages[3].origin == "第5段"


def test_the_reports_title_at_the_top_is_dropped_and_an_opening_stays():
    content = b"\n".join(
        [
            "呼伦贝尔市人民政府".encode(),
            "{{ 年度 }}年政府信息公开工作年度报告".encode(),
            "根据条例编制。".encode(),
            markdown("内容。"),
        ]
    )
    narrative, codes = told(content)
    assert codes == []
    assert [(passage.section, passage.text) for passage in narrative.passages[:2]] == [
        (0, "根据条例编制。"),
        (1, "内容。"),
    ]


def test_sections_left_out_moved_or_made_up_are_found():
    lines = [
        TITLES[0],
        "甲。",
        "五、存在的问题及改进情况",
        "乙。",
        TITLES[1],
        "七、附则",
        "丙。",
        TITLES[2],
        TITLES[5],
    ]
    narrative, findings = narrate("\n".join(lines).encode(), "n.md", facts(), CATALOGUE)
    assert [(finding.code, finding.cell) for finding in findings] == [
        ("section-order", "第5段"),
        ("section-unknown", "第6段"),
        ("section-order", "第8段"),
        ("section-missing", ""),
    ]
    assert findings[0].message == "正文里“二、主动公开政府信息情况”的位置不对，应在“一、总体情况”之后。"
    assert findings[3].expected == TITLES[3]
    assert [(passage.section, passage.level) for passage in narrative.passages] == [
        (1, 0),
        (5, 0),
        (2, 0),
        (2, 0),
    ]


def test_a_section_with_its_title_alone_is_told_unless_a_table_stands_there():
    lines = [
        TITLES[0],
        "{% if 补充指标.主动公开信息 > 10000000 %}没有。{% endif %}",
        *TITLES[1:5],
        TITLES[5],
        "无。",
    ]
    _, findings = narrate("\n".join(lines).encode(), "n.md", facts(), CATALOGUE)
    assert [(one.code, one.found, one.workbook) for one in findings] == [
        ("section-empty", f"{TITLES[0]}”“{TITLES[4]}", "n.md")
    ]


def test_a_missing_figure_is_an_error_in_the_data_not_a_crash():
    narrative, findings = narrate(
        markdown("公报{{ 补充指标.公报纸质版 }}期，{{ 补充指标.公报纸质版 }}册。"), "n.md", facts(), CATALOGUE
    )
    (finding,) = findings
    assert (finding.code, finding.address, finding.cell) == (
        "narrative-gap",
        "indicators.gazette_print",
        "第2段",
    )
    assert "〔缺：补充指标.公报纸质版〕" in narrative.passages[0].text


def test_a_unit_written_after_one_that_is_printed_is_an_error():
    narrative, findings = narrate(
        markdown("采购总金额{{ proactive.procurement.amount }}亿元。"), "n.md", facts(), CATALOGUE
    )
    (finding,) = findings
    assert (finding.code, finding.cell, finding.is_error) == ("figure-glued", "第2段", True)
    assert finding.message == "程序填的是“31.17亿元”，和前后的字连起来成了“采购总金额31.17亿元亿元。”。"
    assert narrative.passages[0].text == "采购总金额31.17亿元亿元。"


def test_each_kind_of_text_that_is_not_printed_is_told_once():
    document = word([TITLES[0], "好。", *TITLES[1:5], "已整改。", TITLES[5], "无。"])
    for text in ("旧稿一", "旧稿二"):
        document.paragraphs[1].add_run(text).font.strike = True
    document.paragraphs[1].add_run("批语").font.hidden = True
    narrative, findings = narrate(saved(document), "n.docx", facts(), CATALOGUE)
    assert [(finding.code, finding.found, finding.expected) for finding in findings] == [
        ("narrative-text-ignored", "1", "隐藏文字"),
        ("narrative-text-ignored", "2", "划掉的文字"),
    ]
    assert narrative.passages[0].text == "好。"


def test_tables_and_revisions_in_the_word_file_are_told():
    document = word(
        [
            TITLES[0],
            ("收到{{ 依申请", "公开.新收.", "总计 }}件。"),
            *TITLES[1:5],
            "已整改。",
            TITLES[5],
            "无。",
        ]
    )
    document.add_table(2, 2)
    narrative, codes = told(saved(document), "narrative.docx")
    assert codes == ["narrative-table-ignored"]
    assert narrative.passages[0].runs[1].source == "requests.received.total"


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("before", [None, last_year({})])
def test_the_outline_binds_in_both_editions_with_and_without_a_last_year(edition, before):
    every = {indicator.address.replace(".", "__"): 7 for indicator in INDICATORS}
    known = facts(edition, before, **every)
    narrative, findings = narrate(OUTLINE, "narrative.md", known, CATALOGUE)
    assert findings == ()
    bound = [run for passage in narrative.passages for run in passage.runs if run.addresses]
    assert len(bound) >= 32
    checked = check_narrative(
        narrative,
        known.form,
        known.consolidation,
        known.last_year,
        INDICATORS,
        year=2020,
        catalogue=CATALOGUE,
    )
    assert checked == ()
    remarks = check_hygiene(narrative, BLEMISHES, Bodies(("呼伦贝尔市",)), 2020, CATALOGUE)
    assert {finding.code for finding in remarks} == {"narrative-remark"}


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("prefix", ["", "上年", "市直机关", "上年.市直机关"])
def test_every_listed_name_can_be_written_in_braces(edition, prefix):
    known = facts(edition)
    listed = named_figures(known, prefix)
    texts = [f"{{{{ {name.address} }}}}|{{{{ {name.alias} }}}}" for name in listed]
    narrative, _ = narrate(markdown(*texts), "narrative.md", known, CATALOGUE)
    for name, passage in zip(listed, narrative.passages, strict=False):
        shown = name.printed or f"〔缺：{name.alias}〕"
        assert passage.text == f"{shown}|{shown}"


NAMED = sorted(FORMS["2019"].cells)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMED), st.integers(0, 10**10), min_size=1, max_size=8))
def test_whatever_the_tables_hold_the_text_prints_the_same(numbers):
    known = facts()
    held = dict(known.consolidation.figures) | {
        address: Figure(address, Decimal(number)) for address, number in numbers.items()
    }
    known.consolidation.figures.update(held)  # type: ignore[attr-defined]  # the kit's figures are a dict
    cells = known.form.cells
    texts = [f"甲{{{{ {cells[address].alias} }}}}乙{{{{ {address} }}}}" for address in numbers]
    narrative, _ = narrate(markdown(*texts), "narrative.md", known, CATALOGUE)
    for address, passage in zip(numbers, narrative.passages, strict=False):
        text = printed(cells[address].kind, known.consolidation.figures[address].value)
        assert [run.text for run in passage.runs if run.addresses == (address,)] == [text, text]
