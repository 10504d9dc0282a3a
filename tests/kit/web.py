"""Grids and reports for the web side, and a page's tables as other people's parser sees them."""

from hypothesis import strategies as st
from lxml import html

from kit.report import document, paragraph
from pipeline.model.document import Document, Heading, Table
from pipeline.model.grid import CellRole, Grid, GridCell

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=30)
"""Any text that a page can hold."""


def parsed(content: bytes) -> html.HtmlElement:
    """The page as lxml reads it."""
    return html.document_fromstring(content.decode("utf-8"))


def small_grid(label: str = "收到", figure: str = "224") -> Grid:
    """A label over a figure."""
    cells = (
        GridCell(0, 0, 1, 1, CellRole.HEAD, label),
        GridCell(1, 0, 1, 1, CellRole.FIGURE, figure, "t.r.c"),
    )
    return Grid("t", "一、情况", (1,), 1, cells)


def small_report(*passages: str, label: str = "收到", figure: str = "224", draft: bool = False) -> Document:
    """A report of one section with these passages and a table."""
    blocks = (Heading(1, "一、情况"), *map(paragraph, passages), Table(small_grid(label, figure)))
    return document(*blocks, title=("呼伦贝尔市", "2020年报告"), draft=draft)
