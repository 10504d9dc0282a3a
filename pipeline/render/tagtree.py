"""The structure tree as PDF objects, set behind a drawn file as an update of it (ISO 32000-1, 7.5.6, 14.7).

Written as text: a report has an element for each cell, and made one by one through a library they would take
as long as all the rest of the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TypeAlias

import pikepdf

from pipeline.render.structure import Box, Element, Piece

Marks: TypeAlias = Sequence[Sequence[Piece]]
"""For each page, the pieces marked on it: a piece's place there is its number (MCID)."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A file as it was drawn, and what stands where: the pieces of each page, the boxes of pictures."""

    content: bytes
    marks: Marks
    boxes: Mapping[Piece, Box] = field(default_factory=dict)


def with_tree(drawing: Drawing, root: Element) -> tuple[bytes, int]:
    """The file with the tree's objects behind it, and the number of the one on top (StructTreeRoot).

    The document's catalogue does not name it yet.
    """
    with pikepdf.open(BytesIO(drawing.content)) as pdf:
        size, (catalogue, _) = int(pdf.trailer.Size), pdf.Root.objgen
        tree = _Tree(drawing, size, [page.obj.objgen[0] for page in pdf.pages])
    objects = tree.objects(root)
    offset, places = len(drawing.content) + 1, []
    for number, body in enumerate(objects, size):
        places.append(offset)
        offset += len(f"{number} 0 obj\n{body}\nendobj\n")
    written = "".join(f"{number} 0 obj\n{body}\nendobj\n" for number, body in enumerate(objects, size))
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    before = drawing.content.rpartition(b"startxref")[2].split()[0].decode()
    trailer = f"<</Size {size + len(objects)}/Root {catalogue} 0 R/Prev {before}>>"
    update = (
        f"\n{written}xref\n{size} {len(objects)}\n{table}trailer\n{trailer}\nstartxref\n{offset}\n%%EOF\n"
    )
    return drawing.content + update.encode("ascii"), size


class _Tree:
    """The tree's objects in the order of their numbers, from ``first`` on."""

    def __init__(self, drawing: Drawing, first: int, pages: Sequence[int]) -> None:
        self._drawing = drawing
        self._first = first
        self._pages = pages
        self._objects: list[str] = []
        self._made: dict[Piece, int] = {}
        self._places: dict[Piece, list[tuple[int, int]]] = {}
        for page, pieces in enumerate(drawing.marks):
            for number, piece in enumerate(pieces):
                self._places.setdefault(piece, []).append((page, number))

    def objects(self, root: Element) -> list[str]:
        """The top, the elements from it down, and from each page's marks the way back to their elements."""
        self._objects = [""]
        kid = self._element(root, self._first)
        ways = " ".join(f"{page} {self._add(way)} 0 R" for page, way in enumerate(self._ways_back()))
        parents = self._add(f"<</Nums[{ways}]>>")
        self._objects[0] = (
            f"<</Type/StructTreeRoot/K {kid} 0 R/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {len(self._drawing.marks)}>>"
        )
        return self._objects

    def _add(self, body: str) -> int:
        self._objects.append(body)
        return self._first + len(self._objects) - 1

    def _element(self, element: Element, parent: int) -> int:
        number = self._add("")
        kids = [f"{self._element(kid, number)} 0 R" for kid in element.kids]
        if element.piece is not None:
            self._made[element.piece] = number
            kids += [self._content(*place) for place in self._places.get(element.piece, ())]
        inside = f"/K[{' '.join(kids)}]" if kids else ""
        alt = f"/Alt {_string(element.alt)}" if element.alt else ""
        self._objects[number - self._first] = (
            f"<</Type/StructElem/S/{element.type}/P {parent} 0 R{inside}{self._attributes(element)}{alt}>>"
        )
        return number

    def _attributes(self, element: Element) -> str:
        box = self._drawing.boxes.get(element.piece) if element.piece else None
        if box:
            sides = " ".join(f"{side:.2f}" for side in box)
            return f"/A<</O/Layout/Placement/Block/BBox[{sides}]>>"
        values = "".join(f"/{name} {_value(name, value)}" for name, value in element.attributes.items())
        return f"/A<</O/Table{values}>>" if values else ""

    def _content(self, page: int, number: int) -> str:
        return f"<</Type/MCR/Pg {self._pages[page]} 0 R/MCID {number}>>"

    def _ways_back(self) -> Iterator[str]:
        for pieces in self._drawing.marks:
            yield f"[{' '.join(f'{self._made[piece]} 0 R' for piece in pieces)}]"


def _value(name: str, value: int | str) -> str:
    """An attribute's value as its kind asks (ISO 32000-1, table 349): number, name, or text for a summary."""
    if isinstance(value, int):
        return str(value)
    return f"/{value}" if name == "Scope" else _string(value)


def _string(text: str) -> str:
    """A text string in UTF-16 (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex()}>"
