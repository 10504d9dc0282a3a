"""The report as PDF: the Document set in official type on official pages."""

from collections.abc import Iterator
from io import BytesIO

from pipeline.model.document import Block, Document, Heading, Paragraph, Table
from pipeline.render.archival import finished
from pipeline.render.font import FaceChain, Fonts
from pipeline.render.galley import Galley, make_up
from pipeline.render.gridtable import set_table
from pipeline.render.metadata import Properties
from pipeline.render.page import LEFT, PAGE_HEIGHT, TOP, TYPE_HEIGHT, TYPE_WIDTH, Sheet
from pipeline.render.paragraph import Style, TextGalley, set_balanced, set_lines
from pipeline.render.pdffont import register
from pipeline.render.structure import structure

SIZE, LEADING = 16.0, 28.95
"""三号, and 22 lines to the type area."""
TRACKING = TYPE_WIDTH / 28 - SIZE
"""28 characters to a line, each a little closer than its own width."""
INDENT = 2 * (SIZE + TRACKING)
TITLE_SIZE, TITLE_LEADING = 22.0, 36.0


def render_pdf(document: Document, fonts: Fonts) -> bytes:
    """The document's PDF file (PDF/A-2a and PDF/UA-1); the same document and fonts give the same bytes."""
    for face in fonts.faces.values():
        register(face)
    stream = BytesIO()
    sheet = Sheet(stream, fonts, draft=document.draft)
    for parts in make_up(list(_galleys(document, fonts)), TYPE_HEIGHT):
        sheet.begin_page()
        for part in parts:
            part.galley.draw(sheet, part.first, part.end, LEFT, PAGE_HEIGHT - TOP - part.top)
        sheet.end_page()
    sheet.save()
    return finished(stream.getvalue(), structure(document), sheet.marks, _properties(document))


def missing_glyphs(document: Document, fonts: Fonts) -> tuple[str, ...]:
    """The characters of the document that no face can print, in order; the page shows 〓 for each."""
    texts = [(fonts.title, document.title), *((fonts.title, line) for line in document.title_lines)]
    for block in document.blocks:
        if isinstance(block, Table):
            texts += [(fonts.song, cell.text) for cell in block.grid.cells]
        else:
            texts.append((_faces(block, fonts), block.text))
    return tuple(sorted({sign for faces, text in texts for sign in set(text) if not faces.has(sign)}))


def _properties(document: Document) -> Properties:
    return Properties(
        title=document.title,
        author=document.organ,
        subject=f"{document.organ}{document.year}年政府信息公开工作年度报告",
        date=document.date,
    )


def _galleys(document: Document, fonts: Fonts) -> Iterator[Galley]:
    title = Style(fonts.title, TITLE_SIZE, TITLE_LEADING, align="center")
    lines = [line for text in document.title_lines for line in set_balanced(text, title, TYPE_WIDTH)]
    yield TextGalley(title, lines, TYPE_WIDTH, space=LEADING)
    for number, block in enumerate(document.blocks, 1):
        if isinstance(block, Table):
            yield set_table(block.grid, fonts.song, TYPE_WIDTH, TYPE_HEIGHT, number)
        else:
            style = Style(_faces(block, fonts), SIZE, LEADING, TRACKING, INDENT)
            level = block.level if isinstance(block, Heading) else 0
            yield TextGalley(style, set_lines(block.text, style, TYPE_WIDTH), TYPE_WIDTH, number, level)


def _faces(block: Block, fonts: Fonts) -> FaceChain:
    """一、 in 黑体, （一） in 楷体, all else in 仿宋 (GB/T 9704—2012, 7.3.3)."""
    if isinstance(block, Paragraph | Table):
        return fonts.fang
    return {1: fonts.hei, 2: fonts.kai}.get(block.level, fonts.fang)
