"""The program's own file, just printed: a line that differs in anything is an error."""

from functools import partial

from kit.word import catalogue, report
from pipeline.model.document import Heading
from pipeline.model.rendition import ReadBack
from pipeline.verify.compare_line import compare_lines
from pipeline.verify.lines import printed_lines

LINES = tuple(printed_lines(report()))
TEXTS = tuple(line.text for line in LINES)
LEVELS = tuple(line.level for line in LINES)


def found(texts, levels=()):
    wording = partial(catalogue().finding, year=2020, workbook="报告.docx")
    outcomes = list(compare_lines(LINES, ReadBack(texts, (), levels=levels), wording))
    return [(one.code, one.found, one.expected) for one in outcomes if one], outcomes.count(None)


def test_equal_lines_are_counted():
    assert found(TEXTS, LEVELS) == ([], len(LINES))


def test_a_line_changed_missing_or_added():
    changed, count = found((*TEXTS[:-1], "2020年未收取费用。"))
    assert changed == [("readback-line", "2020年未收取费用。", "2020年未收取信息处理费。")]
    assert count == len(LINES) - 1
    assert found(TEXTS[1:])[0] == [("readback-line", "（缺）", TEXTS[0])]
    assert found((*TEXTS, "页脚"))[0] == [("readback-line", "页脚", "（无）")]


def test_a_heading_without_its_level_is_an_error():
    heading = next(index for index, level in enumerate(LEVELS) if level == 2)
    levels = (*LEVELS[:heading], 0, *LEVELS[heading + 1 :])
    assert found(TEXTS, levels) == ([("readback-level", "正文", "标题2")], len(LINES) - 1)


def test_body_text_with_a_level_is_an_error():
    assert found(TEXTS, (*LEVELS[:-1], 1))[0] == [("readback-level", "标题1", "正文")]


def test_where_the_reader_knows_no_levels_nothing_is_said_of_them():
    assert any(isinstance(block, Heading) for block in report().blocks)
    assert found(TEXTS)[0] == []
