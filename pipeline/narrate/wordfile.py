"""A narrative in Word, line by line, by python-docx, which is slow to load: Markdown does without it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from pipeline.narrate.leftout import is_unshown, left_out
from pipeline.narrate.numbering import ListNumbers

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LARGEST = 100_000_000
"""The most bytes a Word file may unpack to; a narrative of 50 pages is under one million."""
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    PackageNotFoundError,
    LxmlError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    EOFError,
)
"""What zipfile, lxml and python-docx raise for a file that is damaged, locked, or not what it says it is."""
CONTAINERS = frozenset(
    qn(tag)
    for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:hyperlink")
)
WITHIN_TEXT = CONTAINERS | {
    *(qn(tag) for tag in ("w:r", "w:fldSimple", "w:ruby", "w:rubyBase")),
    f"{{{COMPATIBILITY}}}AlternateContent",
    f"{{{COMPATIBILITY}}}Choice",
}
"""What may hold a paragraph's text; of a 拼音指南 the characters, not the reading above them."""
REVISIONS = tuple(qn(tag) for tag in ("w:ins", "w:del", "w:moveFrom", "w:moveTo"))
BREAKS = frozenset(qn(tag) for tag in ("w:br", "w:cr"))


class Written(NamedTuple):
    """Each line of a body with its outline level, and how many tables and unsettled revisions there are.

    ``ignored`` names what else was left out (文本框, 公式, …), each with how often it occurs.
    """

    lines: tuple[tuple[str, int], ...]
    tables: int
    revisions: int
    ignored: tuple[tuple[str, int], ...]


def read_word(content: bytes) -> Written:
    """Every paragraph of the body, automatic numbers written out, tracked changes read as accepted.

    ``UNREADABLE`` are raised for what is no Word file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(entry.file_size for entry in package.infolist()) > LARGEST:
            raise ValueError("unpacks to far more than a narrative")
    document = docx.Document(io.BytesIO(content))
    body = document.element.body
    return Written(
        lines=tuple(_word_lines(document)),
        tables=sum(1 for child in flow(body) if child.tag == qn("w:tbl")),
        revisions=sum(1 for _ in body.iter(*REVISIONS)),
        ignored=left_out(body),
    )


def _word_lines(document: Any) -> Iterator[tuple[str, int]]:
    """Each line of the body with its outline level; a soft line break starts a new line."""
    styles = document.styles.element
    numbers = ListNumbers(_numbering(document))
    for paragraph in flow(document.element.body):
        if paragraph.tag != qn("w:p"):
            continue
        inherited = _ancestry(styles.get_by_id(paragraph.style) if paragraph.style else None)
        first, *rest = "".join(_texts(paragraph)).split("\n")
        num_pr = _property((paragraph, *inherited), "w:numPr")
        if num_pr is not None and first.strip():
            first = numbers.prefix(num_pr) + first
        yield first, _outline(paragraph, inherited)
        for line in rest:
            yield line, 0


def _ancestry(style: Any) -> tuple[Any, ...]:
    """A style and those it is based on, nearest first."""
    found: list[Any] = []
    while style is not None and style not in found:
        found.append(style)
        style = style.base_style
    return tuple(found)


def _numbering(document: Any) -> Any:
    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        return None


def flow(element: Any) -> Iterator[Any]:
    """The paragraphs and tables of a body, through content controls and other wrappers."""
    for child in element:
        if child.tag in CONTAINERS:
            yield from flow(child)
        elif child.tag in (qn("w:p"), qn("w:tbl")):
            yield child


def _texts(element: Any) -> Iterator[str]:
    """The text of a paragraph or a part of it, inserted text included, deleted and unshown text not."""
    for child in element:
        if is_unshown(child):
            continue
        if child.tag in WITHIN_TEXT:
            yield from _texts(child)
        elif child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in BREAKS:
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag == qn("w:tab"):
            yield " "


def _property(holders: tuple[Any, ...], tag: str) -> Any:
    """A paragraph property of the first that has it: the paragraph, then its styles."""
    for holder in holders:
        found = None if holder.pPr is None else holder.pPr.find(qn(tag))
        if found is not None:
            return found
    return None


def _outline(paragraph: Any, styles: tuple[Any, ...]) -> int:
    found = _property((paragraph, *styles), "w:outlineLvl")
    if found is not None:
        return (int(found.get(qn("w:val"))) + 1) % 10
    names = (re.fullmatch(r"(?:heading|标题) ([1-9])", (style.name_val or "").lower()) for style in styles)
    return next((int(name[1]) for name in names if name), 0)
