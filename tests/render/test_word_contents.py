"""The list of contents in Word: a field with what it says now, leading to its headings."""

import io

import docx
import pytest
from openxml_audit import OpenXmlValidator

from kit.report import document, paragraph, printed, report
from pipeline.compose.contents import with_contents
from pipeline.model.document import Heading
from pipeline.render.word import render_word
from pipeline.verify.word import read_word

PAGES = tuple(range(2, 13))


@pytest.fixture
def made(form):
    return with_contents(report(form))


def test_an_independent_validator_finds_nothing(made, tmp_path):
    file = tmp_path / "report.docx"
    file.write_bytes(render_word(made, PAGES))
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


def test_each_line_says_heading_and_page_and_leads_to_the_heading(made):
    body = docx.Document(io.BytesIO(render_word(made, PAGES))).element.body
    links = body.xpath(".//w:hyperlink")
    assert ["".join(link.xpath(".//w:t/text()")) for link in links] == [
        f"{entry.text}{page}" for entry, page in zip(made.blocks[0].entries, PAGES, strict=True)
    ]
    for link, entry in zip(links, made.blocks[0].entries, strict=True):
        (anchor,) = link.xpath("./@w:anchor")
        (heading,) = body.xpath(f".//w:p[w:bookmarkStart/@w:name='{anchor}']")
        assert "".join(heading.xpath(".//w:t/text()")) == entry.text


def test_word_can_bring_it_up_to_date(made):
    body = docx.Document(io.BytesIO(render_word(made, PAGES))).element.body
    codes = body.xpath(".//w:instrText/text()")
    assert codes[0].split() == ["TOC", "\\o", '"1-2"', "\\h", "\\z", "\\u"]
    marks = body.xpath(".//w:fldChar/@w:fldCharType")
    assert marks.count("begin") == marks.count("separate") == marks.count("end") == len(PAGES) + 1


def test_the_text_begins_on_a_page_of_its_own(made):
    file = docx.Document(io.BytesIO(render_word(made, PAGES)))
    opening = [one for one in file.paragraphs if one.paragraph_format.page_break_before]
    assert [one.text for one in opening] == [made.lines[len(made.blocks[0].lines) + 1]]


def test_it_is_read_back_without_its_page_numbers(made):
    read = read_word(render_word(made, PAGES))
    assert read.lines == printed(made).lines


def test_a_heading_that_ends_in_a_number_keeps_it():
    made = with_contents(document(Heading(1, "一、面向2021"), paragraph("无。")))
    assert read_word(render_word(made, (2,))).lines[2] == "一、面向2021"
