"""The list of contents: each heading with the page it stands on, dots between."""

import re
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from kit.report import document, fonts, paragraph, printed, report
from kit.tagged import spoken
from pipeline.compose.contents import with_contents
from pipeline.model.document import Document, Heading
from pipeline.model.form import StatutoryForm
from pipeline.render.measures import LEFT, TYPE_WIDTH
from pipeline.render.pdf import heading_pages, render_pdf
from pipeline.verify.pdf import read_pdf


def page_texts(made: Document) -> list[str]:
    """Each page's text without white space."""
    with pdfium.PdfDocument(render_pdf(made, fonts())) as pdf:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_every_heading_stands_on_the_page_the_contents_name(form: StatutoryForm) -> None:
    made = with_contents(report(form, passages=4))
    pages = page_texts(made)
    entries = re.findall("([（一二三四五六][^…]+)…+([0-9]+)", pages[0].removesuffix("—1—"))
    assert [text for text, _ in entries] == list(made.blocks[0].lines[1:])
    for text, number in entries:
        assert text in pages[int(number) - 1]
    assert [int(number) for _, number in entries] == list(heading_pages(made, fonts()))


def test_a_report_without_contents_has_no_pages_to_name(form: StatutoryForm) -> None:
    assert heading_pages(report(form), fonts()) == []


def test_the_page_numbers_end_at_the_edge_of_the_text(form: StatutoryForm) -> None:
    with pdfium.PdfDocument(render_pdf(with_contents(report(form)), fonts())) as pdf:
        text = pdf[0].get_textpage()
        ends = [text.get_charbox(i) for i, sign in enumerate(text.get_text_range()) if sign in "23456789"]
    edges = [right for _, bottom, right, _ in ends if right > LEFT + TYPE_WIDTH - 20 and bottom > 200]
    assert len(edges) >= 11
    assert edges == pytest.approx([LEFT + TYPE_WIDTH] * len(edges), abs=1.5)


def test_a_long_heading_goes_on_in_a_second_line_and_is_read_back_whole() -> None:
    heading = Heading(2, "（一）" + "关于进一步规范政府信息公开申请办理答复工作的若干情况说明" + "和改进")
    made = with_contents(document(Heading(1, "一、总体情况"), heading, paragraph("无。")))
    assert read_pdf(render_pdf(made, fonts()), ()) == printed(made)


def test_a_wrong_page_number_is_not_believed(form: StatutoryForm) -> None:
    made = with_contents(report(form))
    content = render_pdf(made, fonts())
    assert read_pdf(content, made.grids) == printed(made)
    # The same file with one page put in at the front: every number in the list is now wrong by one.
    moved = pdfium.PdfDocument.new()
    with pdfium.PdfDocument(content) as pdf:
        moved.import_pages(pdf, [0, 0, *range(1, len(pdf))])
    stream = BytesIO()
    moved.save(stream)
    lines = read_pdf(stream.getvalue(), made.grids).lines
    assert re.fullmatch("一、总体情况…+2", lines[2])


def test_a_screen_reader_finds_a_list_of_contents(form: StatutoryForm) -> None:
    made = with_contents(report(form))
    heard = [one for one in spoken(render_pdf(made, fonts())) if "TOC" in one.path]
    assert heard[0].type == "Caption"
    assert heard[0].text == "目录"
    assert heard[1].path[-2:] == ("TOCI", "P")
    assert heard[1].text.startswith("一、总体情况…")


def test_a_draft_with_contents_says_so_on_every_page(form: StatutoryForm) -> None:
    made = replace(with_contents(report(form)), draft=True)
    assert all("草" in text for text in page_texts(made))
