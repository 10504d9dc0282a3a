"""The headings beside the pages: a tree that any reader can go through, counted as it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf

from pipeline.render.drawing import Drawing, Page, add_pages
from pipeline.render.outline import Bookmark, add_outline
from pipeline.render.pdffile import PdfFile


@contextmanager
def outline(*depths: int) -> Iterator[pikepdf.Object]:
    """The outline of headings of these depths, the n-th on page n, 10 n points up."""
    file = PdfFile()
    tree, pages = add_pages(file, Drawing([Page("")] * len(depths), []))
    marks = [Bookmark(f"标题{place}", depth, place, 10 * place) for place, depth in enumerate(depths)]
    top = add_outline(file, marks, pages)
    catalogue = file.add(f"<</Type/Catalog/Pages {tree} 0 R/Outlines {top} 0 R>>")
    with pikepdf.open(BytesIO(file.written(catalogue, file.add("<<>>")))) as pdf:
        assert pdf.check_pdf_syntax() == []
        yield pdf.Root.Outlines


def titles(under: pikepdf.Object) -> list:
    """The titles under an entry, each with those under it; backwards they are the same."""
    found, entry = [], under.get("/First")
    while entry is not None:
        assert entry.Parent.objgen == under.objgen
        found.append((str(entry.Title), titles(entry)))
        if "/Next" not in entry:
            assert entry.objgen == under.Last.objgen
        elif entry.Next.Prev.objgen != entry.objgen:
            raise AssertionError(found)
        entry = entry.get("/Next")
    return found


def test_each_heading_stands_under_the_one_before_it_that_is_above_it() -> None:
    with outline(1, 2, 2, 3, 1, 2) as top:
        assert titles(top) == [
            ("标题0", [("标题1", []), ("标题2", [("标题3", [])])]),
            ("标题4", [("标题5", [])]),
        ]


def test_a_heading_that_leaves_a_depth_out_stands_under_the_nearest_above() -> None:
    with outline(2, 3, 1, 3) as top:
        assert titles(top) == [("标题0", [("标题1", [])]), ("标题2", [("标题3", [])])]


def test_all_are_open_and_counted_once() -> None:
    with outline(1, 2, 2, 3, 1, 2) as top:
        assert int(top.Count) == 6
        assert int(top.First.Count) == 3
        assert int(top.First.Last.Count) == 1
        assert "/Count" not in top.First.First


def test_each_leads_to_its_page_and_height() -> None:
    with outline(1, 1, 1) as top:
        page, kind, _, height, _ = top.Last.Dest
        assert (page.Type, page.StructParents, kind, int(height)) == ("/Page", 2, "/XYZ", 20)
