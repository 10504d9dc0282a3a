"""Read a Word report back from its file alone, also after an office or another program saved it anew.

Text a reviser struck out is left away and text put in is read, as Word prints it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from lxml import etree

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.document import DRAFT
from pipeline.model.rendition import CellSpan, ReadBack
from pipeline.verify.wordchart import chart_descriptions, chart_words
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
LARGEST = 256 * 1024 * 1024
"""Unpacked bytes a report may have: a hundred times what one has, and no strain on a small machine."""
AROUND = frozenset(
    (
        RELATIONSHIP_TYPE.HEADER,
        RELATIONSHIP_TYPE.FOOTER,
        RELATIONSHIP_TYPE.FOOTNOTES,
        RELATIONSHIP_TYPE.ENDNOTES,
    )
)
BELONGS = re.compile(rf"|{DRAFT}|—\d*—")
"""What a header or footer of the report may say: nothing, 草稿, or the page's number."""


def read_word(content: bytes) -> ReadBack:
    """Title, headings and passages in order with their levels, and each table's cells row by row with the
    rows and columns they span, all without white space.

    Text in headers, footers and notes other than the page's number and 草稿 is a line after all others. Text
    that is hidden, struck through, white or tiny, by itself or by its style, is no text. Raises OperatorError
    (INPUT) where ``content`` is no Word file or unpacks to more than ``LARGEST`` bytes.
    """
    document = _opened(content)
    outline = Outline.of(document)
    Styles.of(document.styles.element).write_out(document.element.body)
    drop_unshown(document.element.body)
    lines: list[str] = []
    levels: list[int] = []
    tables: list[tuple[str, ...]] = []
    places: list[int] = []
    areas: list[tuple[CellSpan, ...]] = []
    for block in children(document.element.body, PARAGRAPH, TABLE):
        if block.tag == TABLE:
            cells = anchored_cells(block)
            tables.append(tuple(text_of(cell) for cell, _ in cells))
            areas.append(tuple(span for _, span in cells))
            places.append(len(lines))
        elif text := without_page(block):
            lines.append(text)
            levels.append(outline.level(block))
    around = tuple(_around(document))
    return ReadBack(
        (*lines, *around),
        tuple(tables),
        tuple(places),
        charts=tuple(chart_words(document.element.body, document.part)),
        descriptions=tuple(chart_descriptions(document.element.body)),
        areas=tuple(areas),
        levels=(*levels, *(0 for _ in around)),
    )


def _opened(content: bytes) -> WordFile:
    """The file. What a damaged package does to python-docx is as varied as the damage."""
    if content.startswith(COMPOUND):
        raise OperatorError(
            ExitCode.INPUT,
            "不是 .docx，是旧格式（.doc、.wps）或设了密码的文件。"
            "请用 Word 或 WPS 打开，另存为不设密码的 .docx，再核对那一份。",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
        if unpacked <= LARGEST:
            return Document(io.BytesIO(content))
    except (zipfile.BadZipFile, zlib.error, etree.LxmlError, OpcError, KeyError, ValueError) as error:
        raise OperatorError(
            ExitCode.INPUT, "不是能打开的 Word 文件（.docx）。请用 Word 或 WPS 另存后再核对。"
        ) from error
    raise OperatorError(ExitCode.INPUT, "Word 文件大得不正常，没有打开。请重新生成后再核对。")


def _around(document: WordFile) -> Iterator[str]:
    """What stands in headers, footers and notes and does not belong there, each once."""
    parts = {
        relation.target_part.partname: relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype in AROUND and not relation.is_external
    }
    roots = [etree.fromstring(part.blob) for part in parts.values()]
    for root in roots:
        drop_unshown(root)
    texts = (text for root in roots for text in (text_of(root), *watermarks(root)))
    yield from dict.fromkeys(text for text in texts if not BELONGS.fullmatch(text))
