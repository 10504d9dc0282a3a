"""What has been drawn, and its pages with all they show as objects of a file (ISO 32000-1, 7.7.3)."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct, field
from reportlab.lib.rl_accel import fp_str

from pipeline.render.font import Face
from pipeline.render.measures import PAGE_HEIGHT, PAGE_WIDTH
from pipeline.render.outline import Bookmark
from pipeline.render.pdffile import PdfFile
from pipeline.render.pdffont import add_font
from pipeline.render.structure import Box, Piece

Marks: TypeAlias = Sequence[Sequence[Piece]]
"""For each page, the pieces marked on it: a piece's place there is its number (MCID)."""


class Page(Struct, frozen=True):
    """A page's operators, and the names of the pictures (form XObjects) among them."""

    operators: str
    pictures: Sequence[str] = ()


class Picture(Struct, frozen=True):
    """What many operators draw, shown as one object within its box."""

    operators: str
    box: Box


class Drawing(Struct, frozen=True):
    """Pages, what stands where on them, and what they need.

    ``boxes`` are those of pictures on their pages; ``pictures`` come by name; ``fonts`` are the faces, in the
    order in which they stand in the file, with the characters printed in each.
    """

    pages: Sequence[Page]
    marks: Marks
    boxes: Mapping[Piece, Box] = field(default_factory=dict)
    bookmarks: Sequence[Bookmark] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    fonts: Sequence[tuple[Face, Collection[str]]] = ()


def add_pages(file: PdfFile, drawing: Drawing) -> tuple[int, Sequence[int]]:
    """Add the pages; the number of their tree, and of each.

    The n-th page's marks stand under n in the structure tree (StructParents).
    """
    objects = _Objects(file, drawing)
    tree = file.add("")
    pages = []
    for number, page in enumerate(drawing.pages):
        content = file.add_deflated(page.operators.encode("ascii"))
        pages.append(
            file.add(
                f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {fp_str(PAGE_WIDTH, PAGE_HEIGHT)}]"
                f"/Resources{objects.resources(page.pictures)}/Contents {content} 0 R"
                f"/StructParents {number}/Tabs/S>>"
            )
        )
    kids = " ".join(f"{page} 0 R" for page in pages)
    file.put(tree, f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>")
    return tree, pages


class _Objects:
    """Fonts and pictures, each added when it is first named."""

    def __init__(self, file: PdfFile, drawing: Drawing) -> None:
        self._file = file
        self._drawing = drawing
        self._pictures: dict[str, int] = {}

    def resources(self, pictures: Sequence[str] = ()) -> str:
        """What operators may name: every font of the document, and these pictures."""
        fonts = f"/Font {self._fonts} 0 R"
        shown = "".join(f"/{name} {self._picture(name)} 0 R" for name in pictures)
        return f"<<{fonts}/XObject<<{shown}>>>>" if pictures else f"<<{fonts}>>"

    @cached_property
    def _fonts(self) -> int:
        """The number of what names all fonts."""
        fonts = [
            f"/{face.name} {add_font(self._file, face, characters)} 0 R"
            for face, characters in self._drawing.fonts
        ]
        return self._file.add(f"<<{''.join(fonts)}>>")

    def _picture(self, name: str) -> int:
        if name not in self._pictures:
            picture = self._drawing.pictures[name]
            box = f"/BBox[{fp_str(picture.box)}]"
            entries = f"/Type/XObject/Subtype/Form{box}/Resources{self.resources()}"
            self._pictures[name] = self._file.add_deflated(picture.operators.encode("ascii"), entries)
        return self._pictures[name]
