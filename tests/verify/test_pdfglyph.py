"""What is asked for by addresses is what pdfium says when it is asked thing by thing."""

import ctypes
from collections.abc import Iterator
from itertools import chain

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from kit.report import fonts, report
from pipeline.model.form import StatutoryForm
from pipeline.render.pdf import render_pdf
from pipeline.verify.pdfglyph import Glyph, glyphs_of, grounds_of

DRAWN = frozenset((pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_TEXT))


@pytest.fixture(name="pages")
def pages_of_a_report(form: StatutoryForm) -> Iterator[list[pdfium.PdfPage]]:
    with pdfium.PdfDocument(render_pdf(report(form), fonts())) as document:
        yield list(document)


def one_by_one(text: pdfium.PdfTextPage) -> Iterator[Glyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        character = chr(pdfium_c.FPDFText_GetUnicode(text, index))
        assert pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
        if not character.isspace():
            yield Glyph(character, x.value, y.value, pdfium_c.FPDFText_GetFontSize(text, index))


def test_each_character_with_its_own_place_and_size(pages: list[pdfium.PdfPage]) -> None:
    texts = [page.get_textpage() for page in pages]
    found = list(chain.from_iterable(map(glyphs_of, texts)))
    assert found == list(chain.from_iterable(map(one_by_one, texts)))
    assert len(found) > 1000
    assert len({glyph.size for glyph in found}) > 2


def test_what_is_drawn_of_some_kinds_in_order_with_its_ground(pages: list[pdfium.PdfPage]) -> None:
    for page in pages:
        things = [thing for thing in page.get_objects(max_depth=1) if thing.type in DRAWN]
        expected = [(thing.type, thing.get_bounds()) for thing in things]
        assert list(grounds_of(page, DRAWN)) == expected
        assert len({kind for kind, _ in expected}) > 0


def test_a_page_without_anything() -> None:
    with pdfium.PdfDocument.new() as document:
        page = document.new_page(595, 842)
        assert glyphs_of(page.get_textpage()) == []
        assert list(grounds_of(page, DRAWN)) == []
