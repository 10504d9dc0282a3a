"""What a PDF says in words of its pictures: the alternative texts in its structure (ISO 32000-1, 14.9.3)."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.verify.space import without_space

FIGURE = "Figure"
DEEPEST = 50
"""A tree of a report has five levels; one that goes on for ever is a damaged file's."""


def figure_texts(page: pdfium.PdfPage) -> tuple[str, ...]:
    """The alternative text of each figure on the page in order, without white space; "" where it has none."""
    tree = pdfium_c.FPDF_StructTree_GetForPage(page)
    if not tree:
        return ()
    try:
        roots = (
            pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, index)
            for index in range(pdfium_c.FPDF_StructTree_CountChildren(tree))
        )
        return tuple(text for root in roots for text in _figures(root, DEEPEST))
    finally:
        pdfium_c.FPDF_StructTree_Close(tree)


def _figures(element: Any, depth: int) -> Iterator[str]:
    if not element or not depth:
        return
    if _text(pdfium_c.FPDF_StructElement_GetType, element) == FIGURE:
        yield without_space(_text(pdfium_c.FPDF_StructElement_GetAltText, element))
    for index in range(pdfium_c.FPDF_StructElement_CountChildren(element)):
        yield from _figures(pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index), depth - 1)


def _text(ask: Any, element: Any) -> str:
    """A text of an element, which pdfium writes as UTF-16 with a zero at its end."""
    length = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(element, buffer, length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
