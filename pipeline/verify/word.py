"""Read a Word report back from its file alone, also after an office or another program saved it anew.

Text a reviser struck out is left away and text put in is read, as Word prints it.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.document import DRAFT
from pipeline.model.rendition import CellSpan, ReadBack
from pipeline.verify.wordchart import chart_descriptions, chart_words
from pipeline.verify.wordname import STYLES, qn
from pipeline.verify.wordpackage import AROUND, Package, parsed, read_package
from pipeline.verify.wordshape import Outline, anchored_cells
from pipeline.verify.wordstyle import Styles
from pipeline.verify.wordtext import (
    PARAGRAPH,
    TABLE,
    children,
    drop_unshown,
    text_of,
    watermarks,
    without_page,
)

COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
"""How a compound file begins: Word 97 to 2003, WPS, and whatever is encrypted."""
BROKEN = zipfile.BadZipFile, zlib.error, etree.LxmlError, KeyError, ValueError, EOFError, RuntimeError
"""What reading a damaged package raises; the last where it is packed in a way that nobody packs a report."""
NO_STYLES = b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
BELONGS = re.compile(rf"|{DRAFT}|—\d*—")
"""What a header or footer of the report may say: nothing, 草稿, or the page's number."""

EMBEDDED = "嵌入的另一份文件"
"""A line for each file that Word prints in the text's middle (ECMA-376 part 1, 17.17.2.1); none is read."""


def read_word(content: bytes) -> ReadBack:
    """Title, headings and passages in order with their levels, and each table's cells row by row with the
    rows and columns they span, all without white space.

    Text in headers, footers and notes other than the page's number and 草稿 is a line after all others, and
    so is a file embedded as text. Text that is hidden, struck through, white or tiny, by itself or by its
    style, is no text. Raises OperatorError (INPUT) where ``content`` is no Word file or unpacks to more than
    ``LARGEST`` bytes.
    """
    package = _opened(content)
    body = _body(package)
    outline, styles = _styled(b"".join(package.of_types((STYLES,)).values()))
    styles.write_out(body)
    drop_unshown(body)
    lines: list[str] = []
    levels: list[int] = []
    tables: list[tuple[str, ...]] = []
    places: list[int] = []
    areas: list[tuple[CellSpan, ...]] = []
    for block in children(body, PARAGRAPH, TABLE):
        if block.tag == TABLE:
            cells = anchored_cells(block)
            tables.append(tuple(text_of(cell) for cell, _ in cells))
            areas.append(tuple(span for _, span in cells))
            places.append(len(lines))
        elif text := without_page(block):
            lines.append(text)
            levels.append(outline.level(block))
    around = tuple(_around(package))
    return ReadBack(
        (*lines, *around),
        tuple(tables),
        tuple(places),
        charts=tuple(chart_words(body, package.by_id)),
        descriptions=tuple(chart_descriptions(body)),
        areas=tuple(areas),
        levels=(*levels, *(0 for _ in around)),
    )


@lru_cache(maxsize=2)
def _styled(content: bytes) -> tuple[Outline, Styles]:
    """What a styles part says, nothing where there is none: the reports of a year have the same."""
    root = parsed(content or NO_STYLES)
    return Outline.of(root), Styles.of(root)


def _opened(content: bytes) -> Package:
    """The file. What it raises is as varied as the damage."""
    if content.startswith(COMPOUND):
        raise OperatorError(
            ExitCode.INPUT,
            "不是 .docx，是旧格式（.doc、.wps）或设了密码的文件。"
            "请用 Word 或 WPS 打开，另存为不设密码的 .docx，再核对那一份。",
        )
    try:
        return read_package(content)
    except OverflowError as error:
        raise OperatorError(ExitCode.INPUT, "Word 文件大得不正常，没有打开。请重新生成后再核对。") from error
    except BROKEN as error:
        raise OperatorError(
            ExitCode.INPUT, "不是能打开的 Word 文件（.docx）。请用 Word 或 WPS 另存后再核对。"
        ) from error


def _body(package: Package) -> etree._Element:
    """The text; empty where there is none."""
    body = package.root.find(qn("w:body"))
    return etree.Element(qn("w:body")) if body is None else body


def _around(package: Package) -> Iterator[str]:
    """What stands in headers, footers and notes and does not belong there, each once; files embedded."""
    roots = [parsed(content) for content in package.of_types(AROUND).values()]
    for root in roots:
        drop_unshown(root)
    texts = (text for root in roots for text in (text_of(root), *watermarks(root)))
    yield from dict.fromkeys(text for text in texts if not BELONGS.fullmatch(text))
    yield from (EMBEDDED for _ in package.root.iter(qn("w:altChunk")))
