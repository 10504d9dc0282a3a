"""PDF by plain platypus: a Paragraph for every passage and table cell, fonts registered once, no tags.

reportlab embeds TrueType only, so all is set in our 宋体 and 黑体.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from pipeline.model import document as ours
from pipeline.model.grid import Grid

FONTS = Path(__file__).parents[3] / "templates" / "fonts"
SIDE, WIDTH = 79, A4[0] - 2 * 79
BODY = ParagraphStyle("body", fontName="Song", fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
HEADING = ParagraphStyle("heading", BODY, fontName="Hei")
TITLE = ParagraphStyle("title", BODY, fontSize=22, leading=36, firstLineIndent=0, alignment=TA_CENTER)
CELL = ParagraphStyle("cell", BODY, fontSize=10.5, leading=13, firstLineIndent=0, alignment=TA_CENTER)
LINES = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]


def register() -> None:
    """Load the faces, once a process."""
    for name, file in {"Song": "ReportSong-Regular.ttf", "Hei": "ReportHei-Medium.ttf"}.items():
        pdfmetrics.registerFont(TTFont(name, FONTS / file))


def rendered(document: ours.Document) -> bytes:
    """The PDF."""
    written = io.BytesIO()
    pages = SimpleDocTemplate(
        written, pagesize=A4, leftMargin=SIDE, rightMargin=SIDE, title=document.title, author=document.organ
    )
    pages.build([*(Paragraph(line, TITLE) for line in document.title_lines), *_flowables(document)])
    return written.getvalue()


def _flowables(document: ours.Document) -> Iterator[Flowable]:
    for block in document.blocks:
        if isinstance(block, ours.Table):
            yield _table(block.grid)
        else:
            style = HEADING if isinstance(block, ours.Heading) else BODY
            yield from (Paragraph(line, style) for line in block.lines)


def _table(grid: Grid) -> Table:
    cells: list[list[object]] = [[""] * grid.columns for _ in range(grid.rows)]
    spans = []
    for cell in grid.cells:
        cells[cell.row][cell.column] = Paragraph(cell.text, CELL)
        last = (cell.column + cell.columns - 1, cell.row + cell.rows - 1)
        if last != (cell.column, cell.row):
            spans.append(("SPAN", (cell.column, cell.row), last))
    widths = [WIDTH * width / sum(grid.widths) for width in grid.widths]
    return Table(cells, widths, repeatRows=grid.head, style=TableStyle([*LINES, *spans]))
