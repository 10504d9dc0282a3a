"""The edited text as passages: what was typed by hand is typed by hand, what stands stays bound."""

from kit.word import bound, report
from pipeline.model.document import Heading, Paragraph
from pipeline.model.rendition import ReadBack
from pipeline.verify.lines import printed_lines
from pipeline.verify.passages import edited_passages
from pipeline.verify.revised import answers_in, revisions

RECEIVED = "收到{requests.received.total=224}件，结转{requests.carried_forward.total=2}件。"
WRITTEN = report(
    blocks=(
        Heading(1, "一、总体情况"),
        Heading(2, "（一）依申请公开"),
        Paragraph(bound(RECEIVED)),
        Heading(1, "二、主动公开政府信息情况"),
        Paragraph(bound("见下表。")),
    )
)


def passages(change):
    lines = tuple(printed_lines(WRITTEN))
    texts = [change.get(line.text, line.text) for line in lines]
    revised = revisions(lines, ReadBack(tuple(text for text in texts if text), ()))
    return list(edited_passages(revised, answers_in(revised)))


def test_sections_and_levels_are_the_document_s():
    assert [(one.section, one.level, one.text, one.origin) for one in passages({})] == [
        (1, 2, "（一）依申请公开", ""),
        (1, 0, "收到224件，结转2件。", ""),
        (2, 0, "见下表。", ""),
    ]


def test_an_edited_passage_keeps_its_bound_numbers_and_has_a_place():
    edited = passages({"收到224件，结转2件。": "共收到224件、3类，结转2件。"})[1]
    assert edited.origin == "正文第1段"
    assert [(run.text, run.source) for run in edited.runs] == [
        ("共收到", ""),
        ("224", "requests.received.total"),
        ("件、3类，结转", ""),
        ("2", "requests.carried_forward.total"),
        ("件。", ""),
    ]


def test_a_wrong_number_is_put_right_so_that_it_is_not_called_wrong_twice():
    edited = passages({"收到224件，结转2件。": "收到225件，结转2件。"})[1]
    assert edited.text == "收到224件，结转2件。"


def test_an_added_passage_belongs_to_the_section_it_stands_in():
    added = passages({"见下表。": "见下表。"})
    assert added[-1].section == 2
    lines = tuple(printed_lines(WRITTEN))
    revised = revisions(lines, ReadBack((*(line.text for line in lines), "办结5件。"), ()))
    last = list(edited_passages(revised, answers_in(revised)))[-1]
    assert (last.section, last.level, last.text, last.origin) == (
        2,
        0,
        "办结5件。",
        "新加的一段（办结5件。）",
    )
