"""The text that a piece of a Word file shows: through wrappers, without what is hidden or struck out."""

from collections.abc import Iterator
from copy import deepcopy
from typing import cast

from lxml import etree

from pipeline.verify.space import without_space
from pipeline.verify.wordname import NAMESPACES, qn

TABLE, ROW, CELL, PARAGRAPH = map(qn, ("w:tbl", "w:tr", "w:tc", "w:p"))
WRAPPERS = frozenset(
    qn(tag)
    for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag", "w:hyperlink")
)
ON = "[not(@w:val) or not(contains(' 0 false off none ', concat(' ', @w:val, ' ')))]"
"""A switch that stands without a value is on."""
WHITE = "w:color[translate(@w:val, 'f', 'F') = 'FFFFFF']"
TINY = "w:sz[number(@w:val) <= 8]"
"""Half points: 4 pt, which nobody reads on paper and no report is set in."""
UNSHOWN_SETTINGS = f"w:vanish{ON} or w:strike{ON} or w:dstrike{ON} or {WHITE} or {TINY}"
UNSHOWN = f"w:rPr[{UNSHOWN_SETTINGS}]"
_SYMBOL, _CHARACTER = qn("w:sym"), qn("w:char")
_DROPPED = "dropped"
_PIECES = (qn("w:t"), _SYMBOL, qn("m:t"))
"""What holds text. Struck-out text is no ``w:t``."""
_UNSHOWN_PIECES = etree.XPath(
    f"(//w:moveFrom | //mc:Fallback | //w:r[{UNSHOWN}] | //m:r[{UNSHOWN}])"
    "//*[self::w:t or self::w:sym or self::m:t]",
    namespaces=NAMESPACES,
)
"""The pieces of text that a reader does not see; a fallback says the same a second time."""
_MAY_HIDE = (
    *map(qn, ("w:moveFrom", "w:vanish", "w:strike", "w:dstrike", "w:color", "w:sz")),
    f"{{{NAMESPACES['mc']}}}Fallback",
)
"""Without any of these nothing is hidden: what the program writes is looked through once and no more."""
_IS_ENTRY = etree.XPath(
    "boolean(.//w:instrText[contains(., 'PAGEREF')] or w:hyperlink"
    "[starts-with(@w:anchor, 'heading_') or starts-with(@w:anchor, '_Toc')]//w:tab)",
    namespaces=NAMESPACES,
)
"""A line in a list of contents; LibreOffice writes its page number without a field."""
_BEHIND_TAB = etree.XPath(".//w:r/w:tab[last()]/following::w:t", namespaces=NAMESPACES)
_WATERMARKS = etree.XPath(".//v:textpath/@string", namespaces=NAMESPACES)


def children(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The element's children of these tags, through content controls and the like."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, *tags)


def drop_unshown(root: etree._Element) -> None:
    """Take out of a part all text that a reader does not see, once for all that is read from it."""
    if next(root.iter(*_MAY_HIDE), None) is None:
        return
    for piece in cast("list[etree._Element]", _UNSHOWN_PIECES(root)):
        piece.tag = _DROPPED


def text_of(element: etree._Element) -> str:
    """All text in an element, symbols and equations included, without white space."""
    return without_space("".join(map(_piece, element.iter(*_PIECES))))


def without_page(paragraph: etree._Element) -> str:
    """The paragraph's text; of a line in the list of contents only what stands before its page number."""
    if not _IS_ENTRY(paragraph):
        return text_of(paragraph)
    alone = deepcopy(paragraph)
    for behind in cast("list[etree._Element]", _BEHIND_TAB(alone)):
        behind.text = ""
    return text_of(alone)


def watermarks(element: etree._Element) -> tuple[str, ...]:
    """The words drawn across the page as WordArt."""
    return tuple(map(without_space, cast("list[str]", _WATERMARKS(element))))


def _piece(piece: etree._Element) -> str:
    if piece.tag != _SYMBOL:
        return piece.text or ""
    code = str(piece.get(_CHARACTER) or "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "?"
