"""The page of the Word report: paper, margins, line grid, page numbers, and 草稿 across a draft.

GB/T 9704—2012: A4, margins 37, 28, 26 and 35 mm, 22 lines a page, page number 7 mm below the type area.
"""

from pipeline.model.document import DRAFT
from pipeline.render.measures import MARGINS_MM, MM, PAGE_HEIGHT, PAGE_WIDTH, WORD_LEADING, twentieths
from pipeline.render.word_styles import HEADER, SONG, footer_style
from pipeline.render.word_text import DECLARATION, NAMESPACES, paragraph, run

SIDES = ("default", "even")
"""Word's names for odd and even pages."""


def reference(part: str, side: str) -> str:
    """The relationship by which the section names its ``footer`` or ``header`` of a side."""
    return f"{part}-{side}"


def section_xml(*, draft: bool) -> str:
    """The one section's properties; a draft has headers, which carry the watermark."""
    parts = ("header", "footer") if draft else ("footer",)
    references = "".join(
        f'<w:{part}Reference w:type="{side}" r:id="{reference(part, side)}"/>'
        for part in parts
        for side in SIDES
    )
    top, right, bottom, left = (twentieths(margin * MM) for margin in MARGINS_MM)
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{twentieths(PAGE_WIDTH)}" w:h="{twentieths(PAGE_HEIGHT)}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851"'
        f' w:footer="1447" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="{WORD_LEADING}"/></w:sectPr>'
    )


def footer_xml(side: str) -> str:
    """— 1 —, at the outer edge of the page as the style of its side says."""
    content = f'{run("— ")}<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>{run(" —")}'
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph(footer_style(side), content)}</w:ftr>"


def draft_header_xml(side: str) -> str:
    """草稿 in grey across the page: the WordArt watermark that Word, WPS and LibreOffice all draw."""
    return (
        f'{DECLARATION}<w:hdr {NAMESPACES} xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office">'
        f'<w:p><w:pPr><w:pStyle w:val="{HEADER}"/></w:pPr><w:r><w:pict>{_WORD_ART}'
        f'<v:shape id="draft-{side}" type="#_x0000_t136" style="{_ACROSS}" o:allowincell="f"'
        ' fillcolor="#dcdcdc" stroked="f">'
        f'<v:textpath style="font-family:{SONG};font-size:1pt" string="{DRAFT}"/></v:shape>'
        "</w:pict></w:r></w:p></w:hdr>"
    )


_ACROSS = (
    "position:absolute;margin-left:0;margin-top:0;width:340pt;height:170pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)
_WORD_ART = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    '<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
    '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>'
    '<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom"'
    ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
)
"""Word's own definition of the plain-text WordArt shape (preset 136), which the watermark refers to."""
