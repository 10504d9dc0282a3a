"""The headings beside the pages, as objects of a file (ISO 32000-1, 12.3.3)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from reportlab.lib.rl_accel import fp_str

from pipeline.render.pdffile import PdfFile, string


class Bookmark(Struct, frozen=True):
    """A heading: its depth from 1, its page from 0 and its top there in points."""

    text: str
    depth: int
    page: int
    top: float


def add_outline(file: PdfFile, bookmarks: Sequence[Bookmark], pages: Sequence[int]) -> int:
    """Add the bookmarks, all open, each under the last one before it of less depth; the outline's number.

    ``pages`` are the numbers of the file's pages.
    """
    outline = file.next
    kids = _kids(outline, bookmarks)
    places = {kid: f"/Parent {parent} 0 R" for parent, own in kids.items() for kid in own}
    for own in kids.values():
        for one, two in pairwise(own):
            places[one] += f"/Next {two} 0 R"
            places[two] += f"/Prev {one} 0 R"
    entries = (
        f"<</Title {string(one.text)}/Dest[{pages[one.page]} 0 R/XYZ 0 {fp_str(one.top)} 0]"
        f"{places[number]}{_family(kids, number)}>>"
        for number, one in enumerate(bookmarks, outline + 1)
    )
    return file.add(f"<</Type/Outlines{_family(kids, outline)}>>", *entries)


def _kids(outline: int, bookmarks: Sequence[Bookmark]) -> Mapping[int, list[int]]:
    """The numbers of those under each that has any; they follow the outline's own in order."""
    kids = defaultdict(list)
    above = [(0, outline)]
    for number, one in enumerate(bookmarks, outline + 1):
        while above[-1][0] >= one.depth:
            above.pop()
        kids[above[-1][1]].append(number)
        above.append((one.depth, number))
    return kids


def _family(kids: Mapping[int, Sequence[int]], number: int) -> str:
    own = kids.get(number)
    return f"/First {own[0]} 0 R/Last {own[-1]} 0 R/Count {_count(kids, number)}" if own else ""


def _count(kids: Mapping[int, Sequence[int]], number: int) -> int:
    """How many stand under it, at any depth."""
    return sum(1 + _count(kids, kid) for kid in kids.get(number, ()))
