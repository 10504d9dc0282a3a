"""What every page bears: its size, its number outside, 草稿 behind; and the file's outline and properties."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pytest

from kit.report import fonts
from pipeline.render.archival import finished
from pipeline.render.measures import LEFT, MM, TYPE_WIDTH
from pipeline.render.metadata import Properties
from pipeline.render.page import Sheet
from pipeline.render.structure import Element


def sheets(count: int = 2, *, draft: bool = False, depths: tuple[int, ...] = ()) -> bytes:
    """A file of so many pages, with headings of these depths on the first."""
    sheet = Sheet(fonts(), draft=draft)
    for number in range(count):
        sheet.begin_page()
        for place, depth in enumerate(depths if number == 0 else ()):
            sheet.add_heading(f"标题{place}", depth, 700 - 30 * place)
        sheet.end_page()
    properties = Properties("标题", "某某市", "主题", datetime.date(2021, 1, 29))
    return finished(sheet.drawing(), Element("Document"), properties)


@contextmanager
def opened(content: bytes) -> Iterator[pikepdf.Pdf]:
    """The file, to look inside."""
    with pikepdf.open(BytesIO(content)) as pdf:
        yield pdf


def test_the_paper_is_a4() -> None:
    with opened(sheets()) as pdf:
        box = [float(side) for side in pdf.pages[0].MediaBox]
        assert box == pytest.approx([0, 0, 210 * MM, 297 * MM], abs=0.01)


def test_page_numbers_stand_outside_right_on_odd_and_left_on_even_pages() -> None:
    with pdfium.PdfDocument(sheets(2)) as document:
        texts = [page.get_textpage() for page in document]
        assert [text.get_text_bounded() for text in texts] == ["— 1 —", "— 2 —"]
        odd, even = ((text.get_charbox(0)[0], text.get_charbox(4)[2]) for text in texts)
    assert odd[1] == pytest.approx(LEFT + TYPE_WIDTH - 14, abs=1)
    assert even[0] == pytest.approx(LEFT + 14, abs=1)


def test_the_number_lies_seven_millimetres_below_the_type_area() -> None:
    with pdfium.PdfDocument(sheets(1)) as document:
        _, foot, _, top = document[0].get_textpage().get_charbox(0)
    assert (foot + top) / 2 == pytest.approx(28 * MM, abs=1)


def test_a_draft_says_so_across_every_page() -> None:
    for draft in (True, False):
        with pdfium.PdfDocument(sheets(2, draft=draft)) as document:
            texts = [page.get_textpage().get_text_bounded() for page in document]
        assert ["草" in text and "稿" in text for text in texts] == [draft, draft]


def test_headings_are_bookmarks_one_level_under_another() -> None:
    with opened(sheets(depths=(1, 2, 3, 1, 2))) as pdf, pdf.open_outline() as outline:
        one, two = outline.root
        assert (one.title, two.title) == ("标题0", "标题3")
        assert one.children[0].children[0].title == "标题2"
        assert two.children[0].title == "标题4"


def test_every_font_is_embedded() -> None:
    with opened(sheets(draft=True)) as pdf:
        fonts_used = list(pdf.pages[0].Resources.Font.values())
        assert {str(font.Subtype) for font in fonts_used} == {"/Type0"}
