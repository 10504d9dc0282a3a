"""Where the pages of a PDF begin, whoever made it: by the lines of text and the rows of figures on them."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
from msgspec import Struct

FOOT = 100
"""Nothing but the page number stands so far down, in points from the lower edge."""
ROW = 6
"""A line inside a table that has so many digits is a row of figures; the others are labels."""


class PageLine(Struct, frozen=True):
    """A line of text, or a table's row as its digits, and the page it stands on, counted from 0."""

    page: int
    text: str


def page_lines(pdf: bytes) -> list[PageLine]:
    """The lines of text and the rows of figures, page by page; labels of tables left out."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [
            PageLine(number, text)
            for number, page in enumerate(opened.pages)
            for text in _lines(page)
            if text
        ]


def farthest_apart(one: list[PageLine], other: list[PageLine]) -> int:
    """By how many lines or rows of ``one`` the two files' pages begin apart, at most."""
    texts = [line.text for line in one]
    ends = [sum(map(len, texts[: place + 1])) for place in range(len(texts))]
    stream = "".join(texts)
    return max((_apart(start, _first(other, page), stream, ends) for page, start in _starts(one)), default=0)


def _starts(lines: list[PageLine]) -> Iterator[tuple[int, int]]:
    """Each page but the first, with its first line's place."""
    for place, (above, line) in enumerate(pairwise(lines), 1):
        if line.page > above.page:
            yield line.page, place


def _first(lines: list[PageLine], page: int) -> str:
    """The first characters of a page; of the last one where the file has fewer pages."""
    page = min(page, lines[-1].page)
    return next(line.text for line in lines if line.page == page)[:8]


def _apart(start: int, key: str, stream: str, ends: list[int]) -> int:
    """How many lines lie between line ``start`` and the nearest line in which ``key`` begins."""
    places = [match.start() for match in re.finditer(f"(?={re.escape(key)})", stream)]
    lines = [next(line for line, end in enumerate(ends) if place < end) for place in places]
    return min((abs(line - start) for line in lines), default=len(ends))


def _lines(page: Any) -> Iterator[str]:
    edges = [edge["top"] for edge in page.edges if edge["object_type"] != "curve_edge"]
    rows: dict[int, list[dict[str, Any]]] = {}
    for sign in page.chars:
        if sign["text"].strip() and sign["upright"] and sign["bottom"] < page.height - FOOT:
            middle = round((sign["top"] + sign["bottom"]) / 8)
            rows.setdefault(
                next((near for near in (middle - 1, middle + 1) if near in rows), middle), []
            ).append(sign)
    for _, signs in sorted(rows.items()):
        text = "".join(sign["text"] for sign in sorted(signs, key=lambda sign: sign["x0"]))
        inside = edges and min(edges) < signs[0]["bottom"] and signs[0]["top"] < max(edges)
        yield _figures(text) if inside else text


def _figures(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits[-ROW:] if len(digits) >= ROW else ""
