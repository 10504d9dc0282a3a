"""The whole report as PDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium

from kit.report import PASSAGE, document, fonts, paragraph, report
from kit.report import printed as expected
from pipeline.model.document import Document, Heading, Table
from pipeline.model.form import StatutoryForm
from pipeline.render.pdf import missing_glyphs, render_pdf


@contextmanager
def opened(made: Document) -> Iterator[pikepdf.Pdf]:
    """The document's file, to look inside."""
    with pikepdf.open(BytesIO(render_pdf(made, fonts()))) as pdf:
        yield pdf


def page_texts(made: Document) -> list[str]:
    """Each page's text without white space."""
    with pdfium.PdfDocument(render_pdf(made, fonts())) as pdf:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_the_same_report_gives_the_same_bytes(form: StatutoryForm) -> None:
    assert render_pdf(report(form), fonts()) == render_pdf(report(form), fonts())


def test_another_figure_gives_another_file(form: StatutoryForm) -> None:
    made = report(form)
    assert render_pdf(made, fonts()) != render_pdf(replace(made, blocks=made.blocks[:-1]), fonts())


def test_the_properties_name_report_and_organ(form: StatutoryForm) -> None:
    with opened(report(form)) as pdf:
        assert pdf.docinfo["/Title"] == "呼伦贝尔市2020年政府信息公开工作年度报告"
        assert pdf.docinfo["/Author"] == "呼伦贝尔市"
        assert "2020年" in str(pdf.docinfo["/Subject"])


def test_the_outline_goes_as_deep_as_the_headings_stand() -> None:
    made = document(*(Heading(level, f"{level}.甲") for level in (1, 3, 4, 3, 4, 2)))
    with opened(made) as pdf, pdf.open_outline() as outline:
        (top,) = outline.root
        assert [entry.title for entry in top.children] == ["3.甲", "3.甲", "2.甲"]
        assert [len(entry.children) for entry in top.children] == [1, 1, 0]


def test_the_outline_is_the_headings(form: StatutoryForm) -> None:
    with opened(report(form)) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == list(form.sections)
        assert outline.root[0].children[0].title == "（一）主动公开"


def test_a_page_holds_twenty_two_lines_of_twenty_eight_characters() -> None:
    pages = page_texts(document(paragraph("政" * 28 * 60)))
    assert pages[1] == "政" * 22 * 28 + "—2—"


def test_no_heading_stands_at_the_foot_of_a_page(form: StatutoryForm) -> None:
    for above in range(15, 23):
        made = document(*[paragraph("报告。")] * above, Heading(2, "（一）主动公开"), paragraph(PASSAGE))
        for number, text in enumerate(page_texts(made), 1):
            assert not text.endswith(f"（一）主动公开—{number}—")


def test_a_narrative_of_twenty_pages_is_printed_whole(form: StatutoryForm) -> None:
    made = report(form, passages=12)
    pages = page_texts(made)
    assert len(pages) >= 20
    assert all(text.endswith(f"—{number}—") for number, text in enumerate(pages, 1))
    body = "".join(text.removesuffix(f"—{number}—") for number, text in enumerate(pages, 1))
    assert body.startswith("".join(expected(made).lines[:2]))
    assert body.count("李䶮。") == 5 * 12 + 2


def test_levels_are_set_in_their_faces() -> None:
    made = document(Heading(1, "一、甲"), Heading(2, "（一）乙"), Heading(3, "1.丙"), Heading(4, "（1）丁"))
    with opened(made) as pdf:
        names = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    used = {name.split("+")[1].removesuffix("-Identity-H") for name in names}
    assert used == {
        "ReportSong-Bold",
        "ReportSong-Regular",
        "ReportHei-Medium",
        "ReportKai-Regular",
        "ReportFang-Regular",
    }


def test_a_character_no_face_has_is_told_and_printed_as_a_geta(form: StatutoryForm) -> None:
    grid = report(form).grids[2]
    cells = tuple(replace(cell, text="𝟙") if cell.address else cell for cell in grid.cells)
    made = document(Heading(1, "一、😀"), paragraph("王\ue000硚"), Table(replace(grid, cells=cells)))
    assert missing_glyphs(made, fonts()) == ("\ue000", "𝟙", "😀")
    assert "一、〓王〓硚" in page_texts(made)[0]


def test_nothing_is_missing_from_an_ordinary_report(form: StatutoryForm) -> None:
    assert missing_glyphs(report(form), fonts()) == ()
