"""A report's PDF as a screen reader goes through it: element after element of the structure tree, with its text."""

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
import pikepdf
from msgspec import Struct, field


class Spoken(Struct, frozen=True):
    """An element: its path of types from the document down, its text without white space, its attributes."""

    path: tuple[str, ...]
    text: str
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Its own type."""
        return self.path[-1]


def spoken(content: bytes) -> list[Spoken]:
    """Every element that has content or attributes, in reading order."""
    with pdfplumber.open(BytesIO(content)) as pdf:
        texts: dict[tuple[int, int], str] = defaultdict(str)
        for page in pdf.pages:
            for char in page.chars:
                if char["mcid"] is not None:
                    texts[page.page_number, char["mcid"]] += "".join(char["text"].split())
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return list(_elements(pdf.Root.StructTreeRoot.K, (), pages, texts))


def unmarked(content: bytes) -> list[str]:
    """Each page's text that is no part of the document: page numbers, 草稿, labels printed again."""
    with pdfplumber.open(BytesIO(content)) as pdf:
        return ["".join(char["text"] for char in page.chars if char["mcid"] is None) for page in pdf.pages]


def _elements(
    element: Any, above: tuple[str, ...], pages: dict[tuple[int, int], int], texts: dict[tuple[int, int], str]
) -> Iterator[Spoken]:
    path = (*above, str(element.S).lstrip("/"))
    kids = list(element.get("/K", ()))
    own = [kid for kid in kids if kid.get("/Type") == "/MCR"]
    attributes = {str(key).lstrip("/"): value for key, value in element.get("/A", {}).items() if key != "/O"}
    if own or attributes or path[-1] in {"TH", "TD"}:
        text = "".join(texts[pages[kid.Pg.objgen], int(kid.MCID)] for kid in own)
        yield Spoken(path, text, {key: _plain(value) for key, value in attributes.items()})
    for kid in kids:
        if kid.get("/Type") == "/StructElem":
            yield from _elements(kid, path, pages, texts)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, int) else str(value).lstrip("/")
