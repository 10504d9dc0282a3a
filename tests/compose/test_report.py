"""The six sections in the law's order, passages before each section's table."""

import datetime

from kit.workbook import consistent_values
from pipeline.compose.report import Imprint, compose_report
from pipeline.compose.tables import filled_grids
from pipeline.model.document import Heading, Paragraph, Table
from pipeline.model.narrative import Narrative, Passage, Run

DAY = datetime.date(2021, 1, 26)


def passage(section, text, level=0):
    return Passage(section, level, (Run(text),), "第1段")


def composed(form, *passages, title=""):
    imprint = Imprint("呼伦贝尔市", "市政务服务局", 2020, title, DAY)
    grids = filled_grids(form, consistent_values(form))
    return compose_report(form, grids, Narrative("narrative.md", passages), imprint)


def test_sections_tables_and_passages_stand_in_the_law_s_order(form):
    report = composed(
        form, passage(6, "无。"), passage(0, "前言。"), passage(1, "（一）主动公开", 2), passage(3, "说明。")
    )
    shape = [block.grid.id if isinstance(block, Table) else block.text for block in report.blocks]
    one, two, three, four, five, six = form.sections
    assert shape == [
        "前言。", one, "（一）主动公开", two, "proactive", three, "说明。", "requests", four, "disputes", five, six, "无。",
    ]  # fmt: skip


def test_headings_keep_their_level_and_passages_their_figures(form):
    bound = Passage(1, 0, (Run("收到"), Run("224", "requests.received.total")), "第1段")
    report = composed(form, passage(1, "1.公开", 3), bound)
    headings = [block for block in report.blocks if isinstance(block, Heading)]
    assert [(heading.level, heading.text) for heading in headings[:2]] == [(1, "一、总体情况"), (3, "1.公开")]
    (paragraph,) = [block for block in report.blocks if isinstance(block, Paragraph)]
    assert paragraph.runs == bound.runs


def test_the_usual_title_names_organ_and_year_and_is_broken_between_them(form):
    report = composed(form)
    assert report.title == "呼伦贝尔市2020年政府信息公开工作年度报告"
    assert report.title_lines == ("呼伦贝尔市", "2020年政府信息公开工作年度报告")


def test_an_office_s_own_title_is_taken_to_the_letter(form):
    report = composed(form, title="呼伦贝尔市2020年度报告")
    assert report.title == "呼伦贝尔市2020年度报告"
    assert report.title_lines == ("呼伦贝尔市", "2020年度报告")
