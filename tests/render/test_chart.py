"""Figures as pictures in the PDF: every number read back, told in black and white, kept with its caption."""

from decimal import Decimal
from io import BytesIO

import pdfplumber
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import ImageChops

from kit.report import CHART, PASSAGE, document, fonts, paragraph, printed
from kit.tagged import spoken
from pipeline.model.document import Chart, Document, Heading, Series
from pipeline.render.chart import set_chart
from pipeline.render.measures import CHART_HEIGHT, LEFT, TYPE_WIDTH
from pipeline.render.pdf import render_pdf
from pipeline.verify.pdf import read_pdf


def pages_of(made: Document) -> list[str]:
    """Each page's text without white space."""
    with pdfium.PdfDocument(render_pdf(made, fonts())) as pdf:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_words_and_numbers_are_read_back_apart_from_the_text() -> None:
    made = document(paragraph(PASSAGE), CHART, paragraph("无。"))
    assert read_pdf(render_pdf(made, fonts()), ()) == printed(made)


@given(
    st.integers(1, 8).flatmap(
        lambda count: st.lists(
            st.lists(st.integers(0, 10**7), min_size=count, max_size=count), min_size=1, max_size=2
        )
    )
)
def test_whatever_the_numbers_they_are_read_back(rows: list[list[int]]) -> None:
    series = tuple(Series(f"{2019 + n}年", tuple(map(Decimal, row))) for n, row in enumerate(rows))
    chart = Chart("图1", tuple(f"第{number}类" for number in range(len(rows[0]))), series)
    made = document(chart)
    assert read_pdf(render_pdf(made, fonts()), ()).charts == (chart.words,)


def test_a_higher_number_has_a_higher_bar() -> None:
    with pdfplumber.open(BytesIO(render_pdf(document(CHART), fonts()))) as pdf:
        bars = [rect for rect in pdf.pages[0].rects if rect["fill"] and rect["width"] > 15]
    heights = [round(bar["height"], 1) for bar in sorted(bars, key=lambda bar: bar["x0"])]
    dark = [193, 19, 12]
    assert heights == pytest.approx([heights[0] * number / 193 for number in dark], abs=0.3)


def test_the_picture_is_black_and_white_and_its_two_years_differ_without_colour() -> None:
    with pdfium.PdfDocument(render_pdf(document(CHART), fonts())) as pdf:
        picture = pdf[0].render(scale=3).to_pil().convert("RGB")
    red, green, blue = picture.split()
    assert not ImageChops.difference(red, green).getbbox()
    assert not ImageChops.difference(green, blue).getbbox()


def test_a_picture_stays_with_its_caption_and_within_the_text() -> None:
    galley = set_chart(CHART, fonts().song, 1)
    assert galley.heights[0] == CHART_HEIGHT
    assert not any(galley.may_part(unit) for unit in range(1, len(galley.heights)))
    for above in range(12, 18):
        made = document(*[paragraph("报告。")] * above, CHART)
        for text in pages_of(made):
            assert ("自然人" in text) == ("图1收到" in text)
    with pdfplumber.open(BytesIO(render_pdf(document(CHART), fonts()))) as pdf:
        inside = [rect for rect in pdf.pages[0].rects if rect["fill"]]
    assert all(rect["x0"] >= LEFT and rect["x1"] <= LEFT + TYPE_WIDTH for rect in inside)


def test_a_screen_reader_is_told_what_the_picture_shows() -> None:
    import pikepdf

    content = render_pdf(document(Heading(1, "三、"), CHART), fonts())
    with pikepdf.open(BytesIO(content)) as pdf:
        (figure,) = [one for one in pdf.Root.StructTreeRoot.K.K if one.S == "/Figure"]
        assert str(figure.Alt) == CHART.description
        left, foot, right, top = (float(side) for side in figure.A.BBox)
    assert right - left == pytest.approx(TYPE_WIDTH, abs=0.1)
    assert top - foot == pytest.approx(CHART_HEIGHT, abs=0.1)
    assert [one.text for one in spoken(content) if one.type == "P"] == ["".join(CHART.caption.split())]


def test_numbers_all_zero_are_a_picture_without_bars() -> None:
    nothing = Series("2020年", (Decimal(0), Decimal(0), Decimal(0)))
    made = document(replace(CHART, series=(nothing,)))
    assert read_pdf(render_pdf(made, fonts()), ()) == printed(made)
