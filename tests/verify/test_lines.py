"""The lines of a Document by name, as the office counts them."""

from kit.word import filled_tables, report
from pipeline.compose.contents import with_contents
from pipeline.model.document import Heading, Paragraph
from pipeline.model.narrative import Run
from pipeline.verify.lines import TITLE, printed_lines
from pipeline.verify.space import without_space


def test_title_headings_and_passages_with_their_names_and_levels():
    lines = list(printed_lines(report()))
    assert [line.text for line in lines] == [without_space(line) for line in report().lines]
    assert [(line.name, line.level) for line in lines[:4]] == [
        (TITLE, 0),
        ("正文第1段", 0),
        ("标题“一、总体情况”", 1),
        ("标题“（一）主动公开”", 2),
    ]


def test_what_has_no_text_is_no_line_and_is_not_counted():
    blocks = (Paragraph((Run("　"),)), filled_tables()["disputes"], Paragraph((Run("甲 乙"),)))
    assert [(line.name, line.text) for line in printed_lines(report(blocks=blocks))][1:] == [
        ("正文第1段", "甲乙")
    ]


def test_the_runs_of_passages_and_headings_are_kept_without_white_space():
    runs = (Run("收到 "), Run("224", "requests.received.total"))
    blocks = (Heading(2, "收到 224", runs), Paragraph(runs))
    for line in list(printed_lines(report(blocks=blocks)))[1:]:
        assert [(run.text, run.source) for run in line.runs] == [
            ("收到", ""),
            ("224", "requests.received.total"),
        ]


def test_a_list_of_contents_is_not_counted_among_the_passages():
    lines = list(printed_lines(with_contents(report())))
    assert [line.name for line in lines[1:4]] == ["“目录”", "“一、总体情况”", "“（一）主动公开”"]
    assert {line.level for line in lines[1:4]} == {0}
    assert next(line for line in lines if line.name == "正文第1段").text.startswith("本报告由")
