"""Pages with what they show, as any reader finds them in the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf

from kit.report import fonts
from pipeline.render.drawing import Drawing, Page, Picture, add_pages
from pipeline.render.pdffile import PdfFile


def picture(operators: str = "0 0 1 1 re f") -> Picture:
    """A picture ten points wide."""
    return Picture(operators, (0, 0, 10, 20.5))


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
    pictures = {"P.1": picture(), "P.2": picture("0 g")}
    pages = [Page("/P.1 Do", ["P.1"]), Page(""), Page("/P.1 Do /P.2 Do", ["P.1", "P.2"])]
    with opened(Drawing(pages, [], pictures=pictures)) as pdf:
        first, second, third = (page.Resources for page in pdf.pages)
        assert set(first.XObject) == {"/P.1"}
        assert "/XObject" not in second
        assert set(third.XObject) == {"/P.1", "/P.2"}
        shown = third.XObject["/P.1"]
        assert shown.objgen == first.XObject["/P.1"].objgen
        assert (shown.Subtype, [float(side) for side in shown.BBox]) == ("/Form", [0, 0, 10, 20.5])
        assert shown.read_bytes() == b"0 0 1 1 re f"
        assert shown.Resources.Font.objgen == third.Font.objgen


def test_every_page_names_all_fonts_of_the_document_and_each_is_one_object() -> None:
    hei, song = (fonts().faces[name] for name in ("ReportHei-Medium", "ReportSong-Regular"))
    with opened(Drawing([Page(""), Page("")], [], fonts=[(hei, "政府"), (song, "1")])) as pdf:
        first, second = (page.Resources.Font for page in pdf.pages)
        assert first.objgen == second.objgen
        assert list(first) == ["/ReportHei-Medium", "/ReportSong-Regular"]
        assert str(first["/ReportHei-Medium"].BaseFont).endswith("+ReportHei-Medium")


def test_a_document_without_words_has_no_font() -> None:
    with opened(Drawing([Page("")], [])) as pdf:
        assert len(pdf.pages[0].Resources.Font) == 0
