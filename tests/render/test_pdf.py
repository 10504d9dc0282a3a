"""The whole report as PDF."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from msgspec.structs import replace

from kit.report import CHART, PASSAGE, document, fonts, paragraph, report
from kit.report import printed as expected
from pipeline.compose.contents import with_contents
from pipeline.forms.editions import load_forms
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


PRINTED = """
import hashlib, sys
from pathlib import Path
from kit.report import fonts
from test_pdf import reports
from pipeline.render.pdf import render_pdf

made = reports()
for number in map(int, sys.argv[1:]):
    print(number, hashlib.sha256(render_pdf(made[number], fonts())).hexdigest())
"""
"""A program that prints these of the ``reports``, in this order."""


def reports() -> list[Document]:
    """Reports alike and unlike: one's figures in the other's table, another's title, an older form, a draft."""
    older, newer = load_forms(Path(__file__).parents[2] / "templates" / "forms")
    made = report(newer)
    empty, long = (
        [replace(grid, cells=tuple(cell._replace(text=text) if cell.address else cell for cell in grid.cells))
         for grid in made.grids]
        for text in ("", "123456789012")
    )  # fmt: skip
    return [
        made,
        replace(made, title_lines=("海拉尔区", "2020年报告"), blocks=made.blocks[1:]),
        document(*map(Table, empty)),
        document(paragraph("硚硚"), *map(Table, long)),
        report(older, draft=True),
        with_contents(replace(made, blocks=(*made.blocks[:5], CHART, *made.blocks[5:]))),
    ]


def test_a_report_is_the_same_whatever_was_printed_before_it_and_in_whatever_process() -> None:
    """Layouts, rows, lines and cut faces are kept from one report to the next."""
    orders = [("0", "1", "2", "3", "4", "5"), ("5", "4", "3", "2", "1", "0"), ("3", "3", "0", "2", "5", "0")]
    path = os.pathsep.join(str(folder) for folder in (Path(__file__).parent, *map(Path, sys.path)))
    found: set[str] = set()
    for seed, order in enumerate(orders):
        elsewhere = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": path}
        program = [sys.executable, "-c", PRINTED, *order]
        printed = subprocess.run(program, env=elsewhere, check=True, capture_output=True, encoding="utf-8")
        found.update(printed.stdout.splitlines())
    assert len(found) == len(orders[0])


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
    cells = tuple(cell._replace(text="𝟙") if cell.address else cell for cell in grid.cells)
    made = document(Heading(1, "一、😀"), paragraph("王\ue000硚"), Table(replace(grid, cells=cells)))
    assert missing_glyphs(made, fonts()) == ("\ue000", "𝟙", "😀")
    assert "一、〓王〓硚" in page_texts(made)[0]


def test_nothing_is_missing_from_an_ordinary_report(form: StatutoryForm) -> None:
    assert missing_glyphs(report(form), fonts()) == ()
