"""What a reader sees of a web page: its text and tables in order, without what is hidden or struck out.

A page is read as browsers read it (HTML Standard, 13.2), by inline styles and attributes; what a style sheet
or a script may do to it is for ``web`` to say.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace
from selectolax.lexbor import LexborNode

from pipeline.verify.space import without_space

UNREAD = re.compile(
    "audio|button|canvas|datalist|del|embed|head|iframe|input|math|meter|noframes|noscript|object|option"
    "|progress|s|script|select|strike|style|template|textarea|title|video"
)
"""Elements whose text is struck out, shown in another way or not at all."""
BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption"
    "|figure|footer|form|h[1-6]|header|hgroup|hr|legend|li|main|menu|nav|ol|p|pre|search|section|summary"
    "|table|tbody|td|tfoot|th|thead|tr|ul"
)
"""Elements that begin and end a line."""
HIDING = re.compile(
    r"display:none|visibility:(hidden|collapse)|(opacity|font-size):(0+|0*\.0+)([a-z%]*)(;|!|$)|mso-hide:all"
    r"|text-decoration(-line)?:[^;]*line-through|text-indent:-\d{3}|(left|top|right|bottom):-\d{3}"
)
"""Inline styles, without white space, under which nothing is seen or all is struck out."""
COLOURED = re.compile("color|background")
COLOURS = {"white": "ffffff", "black": "000000", "transparent": "", "inherit": "", "initial": "", "none": ""}


class Mark(Enum):
    """The end of a line, between the texts of a page."""

    BREAK = "break"


Item: TypeAlias = str | Mark | LexborNode
"""A text, a line's end, or a table of figures."""


class Ink(Struct, frozen=True):
    """The colours of text and ground, as six hexadecimal digits where they are known."""

    text: str = "000000"
    ground: str = "ffffff"


def shown(root: LexborNode, *, tables: bool = False) -> Iterator[Item]:
    """Texts and lines' ends in an element that is seen, in order; with ``tables``, each table as a whole.

    A table around another is no table of figures, but a way to lay out a page, and is read through.
    """
    waiting: list[tuple[LexborNode | Mark, Ink]] = [(root, _ink_around(root))]
    while waiting:
        node, ink = waiting.pop()
        if isinstance(node, Mark):
            yield node
        elif node.tag == "-text":
            if ink.text != ink.ground:
                yield node.text_content or ""
        elif not is_hidden(node):
            ends = [(Mark.BREAK, ink)] if BLOCK.fullmatch(node.tag or "") else []
            yield from (mark for mark, _ in ends)
            if tables and node.tag == "table" and node is not root and len(node.css("table")) == 1:
                yield node
            else:
                ink = _ink(node, ink)
                waiting += [*ends, *((child, ink) for child in reversed(list(node.iter(include_text=True))))]


def shown_text(element: LexborNode) -> str:
    """All text seen in an element, without white space."""
    return without_space("".join(item for item in shown(element) if isinstance(item, str)))


def is_hidden(element: LexborNode) -> bool:
    """Whether nothing of the element is seen, or all of it is struck out."""
    return (
        bool(UNREAD.fullmatch(element.tag or ""))
        or "hidden" in element.attributes
        or bool(HIDING.search(_style(element)))
    )


def _style(element: LexborNode) -> str:
    return without_space(element.attributes.get("style") or "").lower()


def _ink_around(element: LexborNode) -> Ink:
    """The colours that an element inherits."""
    above: list[LexborNode] = []
    parent = element.parent
    while parent is not None:
        above.append(parent)
        parent = parent.parent
    ink = Ink()
    for ancestor in reversed(above):
        ink = _ink(ancestor, ink)
    return ink


def _ink(element: LexborNode, around: Ink) -> Ink:
    """The colours in an element, by its style or the attributes that old editors write."""
    written, attributes = _style(element), element.attributes
    if not COLOURED.search(written) and attributes.keys().isdisjoint(("color", "bgcolor")):
        return around
    style = dict(declaration.partition(":")[::2] for declaration in written.split(";"))
    text = style.get("color") or (attributes.get("color") if element.tag == "font" else None)
    ground = style.get("background-color") or style.get("background") or attributes.get("bgcolor")
    return replace(around, text=_colour(text) or around.text, ground=_colour(ground) or around.ground)


def _colour(written: str | None) -> str:
    """A colour as six hexadecimal digits, any other as it is written, "" for none of its own."""
    name = (written or "").lower().removesuffix("!important")
    if found := re.fullmatch(r"rgba?\((\d+),(\d+),(\d+)(,1)?\)", name):
        return "".join(f"{min(int(part), 255):02x}" for part in found.groups()[:3])
    digits = name.removeprefix("#")
    if len(digits) == 3 and name.startswith("#"):
        return "".join(digit * 2 for digit in digits)
    return COLOURS.get(digits, digits)
