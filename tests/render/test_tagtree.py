"""The tree behind a drawn file: an update that any reader takes for part of it."""

from io import BytesIO

import pikepdf

from pipeline.render.structure import Element
from pipeline.render.tagtree import Drawing, with_tree


def blank(pages: int) -> bytes:
    stream = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(stream)
    return stream.getvalue()


def test_elements_know_their_parents_and_pages_lead_back_to_their_elements() -> None:
    root = Element("Document", (Element("H1", piece=(0, 0)), Element("P", piece=(1, 0))))
    marks = [[(0, 0), (1, 0)], [(1, 0)]]
    content, top = with_tree(Drawing(blank(2), marks), root)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        tree = pdf.get_object((top, 0))
        heading, passage = tree.K.K
        assert (heading.S, passage.S, passage.P.S) == ("/H1", "/P", "/Document")
        assert [(int(mark.MCID), mark.Pg.objgen) for mark in passage.K] == [
            (1, pdf.pages[0].obj.objgen),
            (0, pdf.pages[1].obj.objgen),
        ]
        (first, ways), (second, more) = zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True)
        assert (int(first), int(second), int(tree.ParentTreeNextKey)) == (0, 1, 2)
        assert [way.S for way in ways] + [way.S for way in more] == ["/H1", "/P", "/P"]


def test_a_pictures_words_and_its_box() -> None:
    root = Element("Document", (Element("Figure", piece=(3, 0), alt="图1（甲）"),))
    content, top = with_tree(Drawing(blank(1), [[(3, 0)]], {(3, 0): (10, 20.126, 30, 40)}), root)
    with pikepdf.open(BytesIO(content)) as pdf:
        (figure,) = pdf.get_object((top, 0)).K.K
        assert str(figure.Alt) == "图1（甲）"
        assert [float(side) for side in figure.A.BBox] == [10, 20.13, 30, 40]
        assert figure.A.O == "/Layout"
