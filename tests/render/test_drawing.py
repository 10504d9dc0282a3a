"""Pages with what they show, as any reader finds them in the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfbase import pdfdoc

from pipeline.render.drawing import Drawing, Page, add_pages
from pipeline.render.pdffile import PdfFile


def picture(stream: bytes = b"0 0 1 1 re f") -> pdfdoc.PDFFormXObject:
    """A picture of reportlab's, ten points wide."""
    made = pdfdoc.PDFFormXObject(0, 0, 10, 20.5)
    made.setStreamList([stream.decode()])
    return made


def font(**entries: object) -> pdfdoc.PDFDictionary:
    """The dictionary of fonts with one of these entries."""
    return pdfdoc.PDFDictionary({"F1": pdfdoc.PDFDictionary(entries)})


@contextmanager
def opened(drawing: Drawing) -> Iterator[pikepdf.Pdf]:
    """The drawing as a file, found to be without fault."""
    file = PdfFile()
    tree, numbers = add_pages(file, drawing)
    catalogue = file.add(f"<</Type/Catalog/Pages {tree} 0 R>>")
    with pikepdf.open(BytesIO(file.written(catalogue, file.add("<<>>")))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [page.obj.objgen[0] for page in pdf.pages] == list(numbers)
        yield pdf


def test_each_page_has_its_operators_and_its_place_in_the_structure_tree() -> None:
    with opened(Drawing([Page("1 0 0 rg"), Page("0 g")], [])) as pdf:
        assert [page.Contents.read_bytes() for page in pdf.pages] == [b"1 0 0 rg", b"0 g"]
        assert [int(page.StructParents) for page in pdf.pages] == [0, 1]
        assert {str(page.Tabs) for page in pdf.pages} == {"/S"}
        assert int(pdf.Root.Pages.Count) == 2


def test_a_page_names_its_own_pictures_and_a_picture_drawn_twice_is_one_object() -> None:
    objects = {"BasicFonts": pdfdoc.PDFDictionary(), "P.1": picture(), "P.2": picture(b"0 g")}
    pages = [Page("/P.1 Do", ["P.1"]), Page(""), Page("/P.1 Do /P.2 Do", ["P.1", "P.2"])]
    with opened(Drawing(pages, [], objects=objects)) as pdf:
        first, second, third = (page.Resources for page in pdf.pages)
        assert set(first.XObject) == {"/P.1"}
        assert "/XObject" not in second
        assert set(third.XObject) == {"/P.1", "/P.2"}
        shown = third.XObject["/P.1"]
        assert shown.objgen == first.XObject["/P.1"].objgen
        assert (shown.Subtype, [float(side) for side in shown.BBox]) == ("/Form", [0, 0, 10, 20.5])
        assert shown.read_bytes() == b"0 0 1 1 re f"
        assert shown.Resources.Font.objgen == third.Font.objgen


def test_a_font_is_what_reportlab_was_given() -> None:
    program = pdfdoc.PDFStream(content=b"\x00program\r", filters=[])
    program.dictionary["Length1"] = 9
    entries = {
        "Type": "/Font",
        "W": b"[1 [500]]",
        "Kinds": pdfdoc.PDFArray([1, -2, pdfdoc.PDFName("A B")]),
        "Words": pdfdoc.PDFString("Adobe（甲）"),
        "FontFile2": pdfdoc.PDFObjectReference("program"),
        "Again": pdfdoc.PDFObjectReference("program"),
    }
    with opened(Drawing([Page("")], [], objects={"BasicFonts": font(**entries), "program": program})) as pdf:
        made = pdf.pages[0].Resources.Font.F1
        assert made.Type == "/Font"
        assert [int(made.W[0]), int(made.W[1][0])] == [1, 500]
        assert [int(made.Kinds[0]), int(made.Kinds[1]), made.Kinds[2]] == [1, -2, "/A B"]
        assert str(made.Words) == "Adobe（甲）"
        assert made.FontFile2.read_raw_bytes() == b"\x00program\r"
        assert int(made.FontFile2.Length1) == 9
        assert made.Again.objgen == made.FontFile2.objgen


def test_what_is_not_known_is_refused() -> None:
    drawing = Drawing([Page("")], [], objects={"BasicFonts": font(Odd=1.5)})
    with pytest.raises(TypeError, match="float"):
        add_pages(PdfFile(), drawing)
