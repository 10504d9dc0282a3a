"""The report as a Word file: real styles, real tables, nothing an office could not go on editing.

The parts are written as text; the same document gives the same bytes.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.archive import Packed, deflated, packed
from pipeline.model.document import Chart, Contents, Document, Heading, Paragraph, Table
from pipeline.render.word_chart import chart_paragraphs, chart_xml
from pipeline.render.word_chart import reference as chart_reference
from pipeline.render.word_contents import bookmark, contents_xml
from pipeline.render.word_package import MAIN, PROPERTIES, Part, package_parts
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
from pipeline.render.word_text import DECLARATION, NAMESPACES, paragraph, run, text
from pipeline.render.word_theme import theme_xml

SUBJECT = "政府信息公开工作年度报告"

_LONGEST_PROPERTY = 255
"""What readers take a core property to hold; python-docx refuses more."""
_PROPERTY_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def render_word(document: Document, pages: Sequence[int] = ()) -> bytes:
    """The .docx file of a report: GB/T 9704—2012 page, statutory tables, page numbers, properties.

    ``pages`` are the page numbers of the contents' entries, where the document has contents.
    """
    charts = {number: block for number, block in enumerate(document.blocks, 1) if isinstance(block, Chart)}
    own = {MAIN: _document_xml(document, pages), PROPERTIES: _properties_xml(document)}
    own |= {_chart_part(number).name: chart_xml(chart) for number, chart in charts.items()}
    shared = (part for part in _shell(document.draft, tuple(charts)) if part.name not in own)
    return packed([*shared, *(deflated(name, xml.encode()) for name, xml in own.items())])


@lru_cache(maxsize=8)
def _shell(draft: bool, charts: tuple[int, ...]) -> Sequence[Packed]:  # noqa: FBT001 - a key
    """The parts of every report with charts in these places; its own ones are empty."""
    parts = package_parts((*_standing(), *_sides(draft=draft), *map(_chart_part, charts)))
    return [deflated(name, part) for name, part in parts.items()]


def _standing() -> Iterator[Part]:
    texts = {
        "styles": styles_xml(),
        "fontTable": fonts_xml(),
        "settings": settings_xml(),
        "theme": theme_xml(BODY_FACE),
    }
    for number, (kind, xml) in enumerate(texts.items(), 1):
        yield Part(kind, f"rId{number}", f"{kind}.xml", xml)


def _sides(*, draft: bool) -> Iterator[Part]:
    """The footers of odd and even pages, and a draft's headers."""
    for side in SIDES:
        footer = reference("footer", side)
        yield Part("footer", footer, f"{footer}.xml", footer_xml(side))
        if draft:
            header = reference("header", side)
            yield Part("header", header, f"{header}.xml", draft_header_xml(side))


def _chart_part(number: int) -> Part:
    """The place of a chart; the chart itself is each report's own."""
    name = chart_reference(number)
    return Part("chart", name, f"charts/{name}.xml")


def _properties_xml(document: Document) -> str:
    """Core properties (ECMA-376 part 2, 11), all from the document."""
    compiler = document.compiler or document.organ
    date = f'xsi:type="dcterms:W3CDTF">{document.date}T00:00:00Z'
    return (
        f"{DECLARATION}<cp:coreProperties {_PROPERTY_NAMESPACES}>"
        f"<dc:title>{_property(document.title)}</dc:title><dc:subject>{SUBJECT}</dc:subject>"
        f"<dc:creator>{_property(document.organ)}</dc:creator>"
        f"<cp:lastModifiedBy>{_property(compiler)}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"<dcterms:created {date}</dcterms:created><dcterms:modified {date}</dcterms:modified>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _property(words: str) -> str:
    return text(words[:_LONGEST_PROPERTY])


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
