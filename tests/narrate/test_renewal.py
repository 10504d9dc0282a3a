"""Names put in the place of typed words: only these characters change, in Word as in Markdown."""

import io

import docx

from kit.narrative import saved, word
from pipeline.narrate.renewal import Replacement, renewed
from pipeline.narrate.source import read_source

RECEIVED = Replacement("第2段", "收到", "224", "件", "requests.received.total")
CLOSED = Replacement("第2段", "办结", "223", "件", "requests.outcome_total.total")


def document():
    """Two paragraphs; the number is half bold, half in the run behind."""
    made = word(["一、总体情况", ""])
    paragraph = made.add_paragraph("收到")
    bold = paragraph.add_run("22")
    bold.bold = True
    paragraph.add_run("4件，办结223件。")
    return made


def test_a_number_over_several_runs_goes_into_the_first_and_keeps_its_looks():
    content, made = renewed(saved(document()), "narrative.docx", [RECEIVED, CLOSED])
    paragraph = docx.Document(io.BytesIO(content)).paragraphs[-1]
    assert [(run.text, run.bold) for run in paragraph.runs] == [
        ("收到", None),
        ("{{ requests.received.total }}", True),
        ("件，办结{{ requests.outcome_total.total }}件。", None),
    ]
    assert set(made) == {RECEIVED, CLOSED}


def test_the_same_document_gives_the_same_bytes():
    content = saved(document())
    assert renewed(content, "a.docx", [RECEIVED]) == renewed(content, "a.docx", [RECEIVED])


def test_markdown_lines_are_counted_as_they_are_read():
    content = "\ufeff# 一、总体情况\r\n\r\n收到224件，办结223件。\r\n".encode()
    fresh, made = renewed(content, "narrative.md", [CLOSED, RECEIVED])
    (_, line) = read_source(fresh, "narrative.md").paragraphs
    assert line.text == "收到{{ requests.received.total }}件，办结{{ requests.outcome_total.total }}件。"
    assert len(made) == 2


def test_words_that_stand_twice_or_nowhere_are_left():
    content = "一、总体情况\n收到224件，又收到224件。\n".encode()
    assert renewed(content, "narrative.md", [RECEIVED, CLOSED]) == (content, ())


def test_of_two_that_overlap_one_is_made():
    content = "一、总体情况\n收到224件。\n".encode()
    wider = Replacement("第2段", "", "收到224", "件", "年度")
    fresh, made = renewed(content, "narrative.md", [RECEIVED, wider])
    assert len(made) == 1
    assert fresh.decode().count("{{") == 1


def test_a_soft_line_break_starts_a_line_of_its_own():
    made = word(["一、总体情况"])
    paragraph = made.add_paragraph("前一行")
    paragraph.runs[0].add_break()
    paragraph.add_run("收到224件")
    third = Replacement("第3段", "收到", "224", "件", "年度")
    content, done = renewed(saved(made), "narrative.docx", [third])
    assert done == (third,)
    assert [one.text for one in read_source(content, "narrative.docx").paragraphs][-1] == "收到{{ 年度 }}件"
