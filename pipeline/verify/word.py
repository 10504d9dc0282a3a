"""Read a Word report back from its file alone, also after an office or another program saved it anew.

Text a reviser struck out is left away and text put in is read, as Word prints it.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import cast

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.document import CT_Body
from docx.oxml.ns import nsmap
from docx.oxml.table import CT_Tbl, CT_Tc
from lxml import etree

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.rendition import ReadBack

LARGEST = 256 * 1024 * 1024
"""Unpacked bytes a report may have: a hundred times what one has, and no strain on a small machine."""

_TEXTS = etree.XPath(
    ".//w:t[not(ancestor::w:moveFrom or ancestor::mc:Fallback)]/text()",
    namespaces={"w": nsmap["w"], "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"},
)
"""The pieces of text in an element. Struck-out text is no ``w:t``; a fallback says the same a second time."""


def read_word(content: bytes) -> ReadBack:
    """Title, headings and passages in order, and each table's cells row by row, all without white space.

    Raises OperatorError (INPUT) where ``content`` is no Word file or unpacks to more than ``LARGEST`` bytes.
    """
    body = _body(content)
    lines = (_text(paragraph) for paragraph in body.p_lst)
    return ReadBack(
        lines=tuple(line for line in lines if line),
        tables=tuple(tuple(_text(cell) for cell in _anchors(table)) for table in body.tbl_lst),
    )


def _body(content: bytes) -> CT_Body:
    """The main part's body. What a damaged package does to python-docx is as varied as the damage."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
        if unpacked <= LARGEST:
            return cast("CT_Body", Document(io.BytesIO(content)).element.body)
    except (zipfile.BadZipFile, zlib.error, etree.LxmlError, OpcError, KeyError, ValueError) as error:
        raise OperatorError(
            ExitCode.INPUT, "不是能打开的 Word 文件（.docx）。请用 Word 或 WPS 另存后再核对。"
        ) from error
    raise OperatorError(ExitCode.INPUT, "Word 文件大得不正常，没有打开。请重新生成后再核对。")


def _anchors(table: CT_Tbl) -> Iterator[CT_Tc]:
    """The table's cells row by row, without those that only go on with the cell above."""
    for row in table.tr_lst:
        for cell in row.tc_lst:
            if cell.vMerge != "continue":
                yield cell


def _text(element: etree._Element) -> str:
    """All text in a paragraph or cell, without white space."""
    return "".join("".join(cast("list[str]", _TEXTS(element))).split())
