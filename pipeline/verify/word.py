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
from pipeline.model.rendition import ReadBack
from pipeline.verify.wordchart import chart_words
from pipeline.verify.wordtext import (
    TABLE,
    children,
    goes_on,
    is_hidden_row,
    shown_text,
    watermarks,
    without_page,
)

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
BELONGS = re.compile(r"|草稿|—\d*—")
"""What a header or footer of the report may say: nothing, 草稿, or the page's number."""


def read_word(content: bytes) -> ReadBack:
    """Title, headings and passages in order, and each table's cells row by row, all without white space.

    Text in headers, footers and notes other than the page's number and 草稿 is a line after all others. Text
    that is hidden, struck through or white is no text. Raises OperatorError (INPUT) where ``content`` is no
    Word file or unpacks to more than ``LARGEST`` bytes.
    """
    document = _opened(content)
    lines: list[str] = []
    tables: list[tuple[str, ...]] = []
    places: list[int] = []
    for block in children(document.element.body, "p", "tbl"):
        if block.tag == TABLE:
            tables.append(tuple(shown_text(cell) for cell in _anchors(block)))
            places.append(len(lines))
        elif text := without_page(block):
            lines.append(text)
    charts = tuple(chart_words(document.element.body, document.part))
    return ReadBack((*lines, *_around(document)), tuple(tables), tuple(places), charts)


def _opened(content: bytes) -> WordFile:
    """The file. What a damaged package does to python-docx is as varied as the damage."""
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


def _anchors(table: etree._Element) -> Iterator[etree._Element]:
    """The table's cells row by row, without hidden rows and cells that only go on with the cell above."""
    for row in children(table, "tr"):
        if not is_hidden_row(row):
            yield from (cell for cell in children(row, "tc") if not goes_on(cell))


def _around(document: WordFile) -> Iterator[str]:
    """What stands in headers, footers and notes and does not belong there, each once."""
    parts = {
        relation.target_part.partname: relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype in AROUND and not relation.is_external
    }
    roots = [etree.fromstring(part.blob) for part in parts.values()]
    texts = (text for root in roots for text in (shown_text(root), *watermarks(root)))
    yield from dict.fromkeys(text for text in texts if not BELONGS.fullmatch(text))
