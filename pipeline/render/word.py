"""The report as a Word file: real styles, real tables, nothing an office could not go on editing.

The parts are written as text and packed by python-docx; the same document gives the same bytes.
"""

import datetime
import io
from collections.abc import Sequence

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from pipeline.archive import repacked
from pipeline.model.document import Chart, Contents, Document, Heading, Paragraph, Table
from pipeline.render.word_chart import chart_paragraphs, chart_xml
from pipeline.render.word_chart import reference as chart_reference
from pipeline.render.word_contents import bookmark, contents_xml
from pipeline.render.word_page import SIDES, draft_header_xml, footer_xml, reference, section_xml
from pipeline.render.word_styles import (
    BODY,
    BODY_FACE,
    GAP,
    TITLE,
    fonts_xml,
    heading,
    settings_xml,
    styles_xml,
)
from pipeline.render.word_table import table_xml
from pipeline.render.word_text import DECLARATION, NAMESPACES, paragraph, run
from pipeline.render.word_theme import theme_xml

SUBJECT = "政府信息公开工作年度报告"

_LONGEST_PROPERTY = 255
"""What a core property may hold (ECMA-376 part 2); python-docx refuses more."""


def render_word(document: Document, pages: Sequence[int] = ()) -> bytes:
    """The .docx file of a report: GB/T 9704—2012 page, statutory tables, page numbers, properties.

    ``pages`` are the page numbers of the contents' entries, where the document has contents.
    """
    package = Package()
    main = _part(package, "document", CONTENT_TYPE.WML_DOCUMENT_MAIN, _document_xml(document, pages))
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    for name, content_type, relation, xml in (
        ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles_xml()),
        ("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, fonts_xml()),
        ("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings_xml()),
        ("theme", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, theme_xml(BODY_FACE)),
    ):
        main.relate_to(_part(package, name, content_type, xml), relation)
    _add_page_parts(package, main, draft=document.draft)
    _add_charts(package, main, document)
    _set_properties(package, document)
    content = io.BytesIO()
    package.save(content)
    return repacked(content.getvalue())


def _part(package: Package, name: str, content_type: str, xml: str) -> Part:
    return Part(PackURI(f"/word/{name}.xml"), content_type, xml.encode(), package)


def _add_page_parts(package: Package, main: Part, *, draft: bool) -> None:
    """The footers with the page number and, for a draft, the headers with the watermark."""
    for side in SIDES:
        footer = _part(package, f"footer-{side}", CONTENT_TYPE.WML_FOOTER, footer_xml(side))
        main.load_rel(RELATIONSHIP_TYPE.FOOTER, footer, reference("footer", side))
        if draft:
            header = _part(package, f"header-{side}", CONTENT_TYPE.WML_HEADER, draft_header_xml(side))
            main.load_rel(RELATIONSHIP_TYPE.HEADER, header, reference("header", side))


def _add_charts(package: Package, main: Part, document: Document) -> None:
    for number, block in enumerate(document.blocks, 1):
        if isinstance(block, Chart):
            part = _part(
                package, f"charts/{chart_reference(number)}", CONTENT_TYPE.DML_CHART, chart_xml(block)
            )
            main.load_rel(RELATIONSHIP_TYPE.CHART, part, chart_reference(number))


def _set_properties(package: Package, document: Document) -> None:
    """Core properties, all from the document: python-docx would put in its own name and the clock's time."""
    properties = package.core_properties
    properties.title = document.title[:_LONGEST_PROPERTY]
    properties.subject = SUBJECT
    properties.author = document.organ[:_LONGEST_PROPERTY]
    properties.last_modified_by = (document.compiler or document.organ)[:_LONGEST_PROPERTY]
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.datetime.combine(document.date, datetime.time())


def _document_xml(document: Document, pages: Sequence[int]) -> str:
    """The main part: title, blocks in order, the section's properties."""
    return (
        f"{DECLARATION}<w:document {NAMESPACES}><w:body>{paragraph(TITLE, run(*document.title_lines))}"
        f"{_blocks_xml(document, pages)}{section_xml(draft=document.draft)}</w:body></w:document>"
    )


def _blocks_xml(document: Document, pages: Sequence[int]) -> str:
    """Every block; after each table a thin line, since Word joins two tables that touch."""
    pieces: list[str] = []
    opens_page = False
    for number, block in enumerate(document.blocks, 1):
        match block:
            case Contents():
                pieces.append(contents_xml(block, block.targets(document.blocks), pages))
            case Heading():
                pieces.append(_heading_xml(block, number, opens_page=opens_page))
            case Paragraph():
                pieces.append(paragraph(BODY, run(block.text), opens_page=opens_page))
            case Chart():
                pieces.append(chart_paragraphs(block, number))
            case Table():
                pieces.append(table_xml(block.grid) + paragraph(GAP))
        opens_page = isinstance(block, Contents)
    return "".join(pieces)


def _heading_xml(block: Heading, number: int, *, opens_page: bool) -> str:
    """A heading between the ends of a bookmark, so that a link can lead to it."""
    return paragraph(
        heading(block.level),
        f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(number)}"/>{run(block.text)}'
        f'<w:bookmarkEnd w:id="{number}"/>',
        opens_page=opens_page,
    )
