"""What has been drawn, and its pages with all they show as objects of a file (ISO 32000-1, 7.7.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfdoc

from pipeline.render.measures import PAGE_HEIGHT, PAGE_WIDTH
from pipeline.render.outline import Bookmark
from pipeline.render.pdffile import PdfFile, string
from pipeline.render.structure import Box, Piece

Marks: TypeAlias = Sequence[Sequence[Piece]]
"""For each page, the pieces marked on it: a piece's place there is its number (MCID)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's operators, and reportlab's names of the pictures (form XObjects) among them."""

    operators: str
    pictures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Pages, what stands where on them, and what they need.

    ``boxes`` are those of pictures; ``objects`` are reportlab's by its names: pictures and fonts.
    """

    pages: Sequence[Page]
    marks: Marks
    boxes: Mapping[Piece, Box] = field(default_factory=dict)
    bookmarks: Sequence[Bookmark] = ()
    objects: Mapping[str, Any] = field(default_factory=lambda: {pdfdoc.BasicFonts: pdfdoc.PDFDictionary()})


def add_pages(file: PdfFile, drawing: Drawing) -> tuple[int, Sequence[int]]:
    """Add the pages; the number of their tree, and of each.

    The n-th page's marks stand under n in the structure tree (StructParents).
    """
    objects = _Objects(file, drawing.objects)
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
    """Reportlab's objects, each added when it is first named."""

    def __init__(self, file: PdfFile, objects: Mapping[str, Any]) -> None:
        self._file = file
        self._objects = objects
        self._numbers: dict[str, int] = {}

    def resources(self, pictures: Sequence[str] = ()) -> str:
        """What operators may name: every font of the document, and these pictures."""
        fonts = f"/Font {self._reference(pdfdoc.BasicFonts)}"
        shown = "".join(f"/{name} {self._reference(name)}" for name in pictures)
        return f"<<{fonts}/XObject<<{shown}>>>>" if pictures else f"<<{fonts}>>"

    def _reference(self, name: str) -> str:
        if name not in self._numbers:
            self._numbers[name] = self._add(self._objects[name])
        return f"{self._numbers[name]} 0 R"

    def _add(self, value: Any) -> int:
        match value:
            case pdfdoc.PDFFormXObject():
                box = fp_str(value.BBoxList())
                entries = f"/Type/XObject/Subtype/Form/BBox[{box}]/Resources{self.resources()}"
                return self._file.add_deflated(value.stream, entries)
            case pdfdoc.PDFStream():
                return self._file.add_stream(value.content, self._entries(value.dictionary))
            case _:
                return self._file.add(self._body(value))

    def _entries(self, dictionary: pdfdoc.PDFDictionary) -> str:
        return "".join(f"/{key} {self._body(value)}" for key, value in dictionary.dict.items())

    def _body(self, value: Any) -> str:
        match value:
            case str() | int():
                return str(value)
            case bytes():
                return value.decode("ascii")
            case pdfdoc.PDFObjectReference():
                return self._reference(value.name)
            case pdfdoc.PDFDictionary():
                return f"<<{self._entries(value)}>>"
            case pdfdoc.PDFArray():
                return f"[{' '.join(self._body(one) for one in value.sequence)}]"
            case pdfdoc.PDFString(s=str(text)):
                return string(text)
        message = f"{type(value)} is not expected of a font"
        raise TypeError(message)
