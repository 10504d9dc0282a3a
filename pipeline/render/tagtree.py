"""The structure tree as objects of a file (ISO 32000-1, 14.7)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count

from pipeline.render.drawing import Drawing
from pipeline.render.pdffile import PdfFile, string
from pipeline.render.structure import Attributes, Box, Element, Piece


def add_tree(file: PdfFile, drawing: Drawing, root: Element, pages: Sequence[int]) -> int:
    """Add the tree over what is drawn on the file's ``pages``, given by number; the number of its top."""
    return file.add(*_Tree(drawing, file.next, pages).objects(root))


class _Tree:
    """The tree's objects in the order of their numbers, from ``first`` on."""

    def __init__(self, drawing: Drawing, first: int, pages: Sequence[int]) -> None:
        self._drawing = drawing
        self._first = first
        self._objects: list[str] = []
        self._made: dict[Piece | None, int] = {}
        self._marks: dict[Piece | None, str] = defaultdict(str)
        for page, pieces in zip(pages, drawing.marks, strict=True):
            for number, piece in enumerate(pieces):
                self._marks[piece] += f"<</Type/MCR/Pg {page} 0 R/MCID {number}>>"

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
        numbers = (
            self._cells(element.kids, number)
            if element.type == "TR"
            else [self._element(kid, number) for kid in element.kids]
        )
        inside = "".join([f"{kid} 0 R " for kid in numbers])
        piece = element.piece
        if piece is not None:
            self._made[piece] = number
            inside += self._marks.get(piece, "")
        box = self._drawing.boxes.get(piece) if piece else None
        said = _layout(box) if box else _attributes(element.attributes)
        alt = f"/Alt {string(element.alt)}" if element.alt else ""
        self._objects[number - self._first] = (
            f"<</Type/StructElem/S/{element.type}/P {parent} 0 R/K[{inside}]{said}{alt}>>"
        )
        return number

    def _cells(self, cells: Sequence[Element], row: int) -> range:
        """A row's cells, nine tenths of all elements: each only holds what is drawn for it."""
        first = self._first + len(self._objects)
        marks = self._marks
        self._objects += [
            f"<</Type/StructElem/S/{kind}/P {row} 0 R/K[{marks[piece]}]{_attributes(said) if said else ''}>>"
            for kind, _, piece, said, _ in cells
        ]
        self._made.update(zip([cell.piece for cell in cells], count(first)))
        return range(first, first + len(cells))

    def _ways_back(self) -> Iterator[str]:
        for pieces in self._drawing.marks:
            yield f"[{' '.join(f'{self._made[piece]} 0 R' for piece in pieces)}]"


def _layout(box: Box) -> str:
    sides = " ".join(f"{side:.2f}" for side in box)
    return f"/A<</O/Layout/Placement/Block/BBox[{sides}]>>"


@lru_cache
def _attributes(attributes: Attributes) -> str:
    values = "".join(f"/{name} {_value(name, value)}" for name, value in attributes)
    return f"/A<</O/Table{values}>>" if values else ""


def _value(name: str, value: int | str) -> str:
    """An attribute's value as its kind asks (ISO 32000-1, table 349): number, name, or text for a summary."""
    if isinstance(value, int):
        return str(value)
    return f"/{value}" if name == "Scope" else string(value)
