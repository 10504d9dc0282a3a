"""The narrative's Word file: a paragraph a line, the same bytes every time."""

import datetime
import io

from docx import Document

from sample_docx import NARRATIVE, narrative_docx

DAY = datetime.date(2021, 1, 8)


def test_each_line_that_is_not_empty_is_a_paragraph():
    content = narrative_docx("一、总体情况\n\n全年新收{{ requests.received.total }}件。\n", "年度报告", DAY)
    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]
    assert paragraphs == ["一、总体情况", "全年新收{{ requests.received.total }}件。"]


def test_its_properties_carry_the_title_and_the_given_day():
    properties = Document(io.BytesIO(narrative_docx("一", "年度报告", DAY))).core_properties
    assert (properties.title, properties.created.date()) == ("年度报告", DAY)


def test_the_same_text_gives_the_same_bytes():
    text = NARRATIVE.read_text(encoding="utf-8")
    assert narrative_docx(text, "年度报告", DAY) == narrative_docx(text, "年度报告", DAY)
