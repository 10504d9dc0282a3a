"""The report as PDF: the Document's pages drawn, marked and finished for the archive."""

from collections import defaultdict
from collections.abc import Sequence

from pipeline.model.document import Contents, Document, Table
from pipeline.render.archival import finished
from pipeline.render.font import FaceChain, Fonts
from pipeline.render.measures import LEFT, PAGE_HEIGHT, TOP
from pipeline.render.metadata import Properties
from pipeline.render.page import Sheet
from pipeline.render.structure import structure
from pipeline.render.typesetting import block_pages, faces_of, set_pages


def render_pdf(document: Document, fonts: Fonts) -> bytes:
    """The document's PDF file; the same document and fonts give the same bytes.

    PDF/A-2a and PDF/UA-1, or PDF/A-3a where files are attached.
    """
    sheet = Sheet(fonts, draft=document.draft)
    for parts in set_pages(document, fonts):
        sheet.begin_page()
        for part in parts:
            part.galley.draw(sheet, part.first, part.end, LEFT, PAGE_HEIGHT - TOP - part.top)
        sheet.end_page()
    return finished(sheet.drawing(), structure(document), _properties(document), document.attachments)


def page_count(document: Document, fonts: Fonts) -> int:
    """How many pages the document takes."""
    return len(set_pages(document, fonts))


def heading_pages(document: Document, fonts: Fonts) -> Sequence[int]:
    """The page of each entry of the document's contents, for a writer that cannot count pages; () without."""
    targets = [block.targets(document.blocks) for block in document.blocks if isinstance(block, Contents)]
    pages = block_pages(set_pages(document, fonts)) if targets else {}
    return [pages[target] for found in targets for target in found]


def missing_glyphs(document: Document, fonts: Fonts) -> tuple[str, ...]:
    """The characters of the document that no face can print, in order; the page shows 〓 for each."""
    printed: defaultdict[FaceChain, set[str]] = defaultdict(set)
    printed[fonts.title].update(document.title)
    for block in document.blocks:
        lines = [cell.text for cell in block.grid.cells] if isinstance(block, Table) else block.lines
        printed[faces_of(block, fonts)].update("".join(lines))
    return tuple(sorted({sign for faces, signs in printed.items() for sign in signs if not faces.has(sign)}))


def _properties(document: Document) -> Properties:
    return Properties(
        title=document.title,
        author=document.organ,
        subject=f"{document.organ}{document.year}年政府信息公开工作年度报告",
        date=document.date,
        part=3 if document.attachments else 2,
    )
