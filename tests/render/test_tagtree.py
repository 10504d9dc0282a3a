"""The tree over a drawing: elements, the pieces drawn for them, and the way back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from types import MappingProxyType

import pikepdf

from pipeline.render.drawing import Drawing, Page, add_pages
from pipeline.render.pdffile import PdfFile
from pipeline.render.structure import Box, Element, Piece
from pipeline.render.tagtree import add_tree


@contextmanager
def tree_of(
    root: Element,
    marks: Sequence[Sequence[Piece]],
    boxes: Mapping[Piece, Box] = MappingProxyType({}),
) -> Iterator[tuple[pikepdf.Pdf, pikepdf.Object]]:
    """A file of blank pages with these marks, and its tree."""
    file = PdfFile()
    drawing = Drawing([Page("")] * len(marks), marks, boxes)
    pages, numbers = add_pages(file, drawing)
    top = add_tree(file, drawing, root, numbers)
    catalogue = file.add(f"<</Type/Catalog/Pages {pages} 0 R/StructTreeRoot {top} 0 R>>")
    with pikepdf.open(BytesIO(file.written(catalogue, file.add("<<>>")))) as pdf:
        assert pdf.check_pdf_syntax() == []
        yield pdf, pdf.Root.StructTreeRoot


def test_elements_know_their_parents_and_pages_lead_back_to_their_elements() -> None:
    root = Element("Document", (Element("H1", piece=(0, 0)), Element("P", piece=(1, 0))))
    with tree_of(root, [[(0, 0), (1, 0)], [(1, 0)]]) as (pdf, tree):
        heading, passage = tree.K.K
        assert (heading.S, passage.S, passage.P.S) == ("/H1", "/P", "/Document")
        assert [(int(mark.MCID), mark.Pg.objgen) for mark in passage.K] == [
            (1, pdf.pages[0].obj.objgen),
            (0, pdf.pages[1].obj.objgen),
        ]
        (first, ways), (second, more) = zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True)
        assert (int(first), int(second), int(tree.ParentTreeNextKey)) == (0, 1, 2)
        assert [way.S for way in ways] + [way.S for way in more] == ["/H1", "/P", "/P"]
        assert [int(page.StructParents) for page in pdf.pages] == [0, 1]


def test_a_pictures_words_and_its_box() -> None:
    root = Element("Document", (Element("Figure", piece=(3, 0), alt="图1（甲）"),))
    with tree_of(root, [[(3, 0)]], {(3, 0): (10, 20.126, 30, 40)}) as (_, tree):
        (figure,) = tree.K.K
        assert str(figure.Alt) == "图1（甲）"
        assert [float(side) for side in figure.A.BBox] == [10, 20.13, 30, 40]
        assert figure.A.O == "/Layout"


def test_a_rows_cells_know_their_row_and_pages_lead_back_to_each() -> None:
    """A cell over two pages is marked on both; one with nothing drawn for it stands there all the same."""
    cells = (
        Element("TH", piece=(2, 0), attributes=(("Scope", "Row"),)),
        Element("TD", piece=(2, 1)),
        Element("TD", piece=(2, 2)),
    )
    root = Element("Table", (Element("TBody", (Element("TR", cells), Element("TR", (Element("TD"),)))),))
    with tree_of(root, [[(2, 1), (2, 0)], [(2, 1)]]) as (pdf, tree):
        row, last = tree.K.K[0].K
        assert [cell.S for cell in row.K] == ["/TH", "/TD", "/TD"]
        assert {cell.P.objgen for cell in row.K} == {row.objgen}
        assert [[(int(mark.MCID), mark.Pg.objgen) for mark in cell.K] for cell in row.K] == [
            [(1, pdf.pages[0].obj.objgen)],
            [(0, pdf.pages[0].obj.objgen), (0, pdf.pages[1].obj.objgen)],
            [],
        ]
        assert row.K[0].A.Scope == "/Row"
        assert "/A" not in row.K[1]
        assert [cell.S for cell in last.K] == ["/TD"]
        (_, ways), (_, more) = zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True)
        assert [way.objgen for way in [*ways, *more]] == [row.K[at].objgen for at in (1, 0, 1)]
