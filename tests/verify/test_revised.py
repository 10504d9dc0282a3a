"""The lines of an edited file beside the Document's."""

from kit.word import bound, report
from pipeline.model.document import Paragraph
from pipeline.model.rendition import ReadBack
from pipeline.verify.lines import printed_lines
from pipeline.verify.revised import answers_in, revisions

TITLE = report().title


def revised(written, found):
    blocks = tuple(Paragraph(bound(text)) for text in written)
    lines = tuple(printed_lines(report(blocks=blocks)))
    return revisions(lines, ReadBack((TITLE, *found), ()))[1:]


def states(written, found):
    return [(one.name, one.place, one.is_edited, one.moved) for one in revised(written, found)]


def test_lines_untouched_edited_added_and_taken_out():
    written = ["第一段写总体情况。", "第二段写主动公开。", "第三段写培训。"]
    assert states(written, ["第一段写总体情况。", "第二段写依申请公开。", "又加了一段，说说别的事情。"]) == [
        ("正文第1段", 1, False, False),
        ("正文第2段", 2, True, False),
        ("正文第3段", 3, True, False),
    ]
    assert states(written[:1], [written[0], "新写的。"])[1] == ("新加的一段（新写的。）", 2, True, False)
    assert states(written[:2], written[:1])[1] == ("正文第2段", None, True, False)


def test_a_line_that_stands_unchanged_elsewhere_was_moved():
    written = ["第一段。", "第二段有些别的话。", "第三段再说几句。"]
    assert states(written, [written[1], written[2], written[0]]) == [
        ("正文第1段", 3, False, True),
        ("正文第2段", 1, False, False),
        ("正文第3段", 2, False, False),
    ]


def test_a_line_moved_and_repeated_is_moved_once():
    written = ["第一段。", "第二段有些别的话。", "第三段再说几句。"]
    found = states(written, [written[1], written[2], written[0], written[0]])
    assert [one[3] for one in found].count(True) == 1
    assert len([one for one in found if one[0].startswith("新加")]) == 1


def test_numbers_answer_across_passages_that_were_cut_in_two():
    text = "收到{requests.received.total=224}件。另有许多话要说，说来话长。办结{requests.outcome_total.total=223}件。"
    lines = revised([text], ["收到224件。另有许多话要说，说来话长。", "办结223件。"])
    answers = answers_in(lines)
    assert [answers[said].text for said in lines[0].bound] == ["224", "223"]


def test_untouched_lines_are_not_searched_for_numbers():
    (line,) = revised(["收到{requests.received.total=224}件。"], ["收到224件。"])
    assert [said.text for said in line.bound] == ["224"]
    assert line.after == ()
    assert answers_in([line]) == {}
