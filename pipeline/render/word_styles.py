"""Styles, faces and settings of the Word report, after GB/T 9704—2012 《党政机关公文格式》.

Everything the office may want to change stands in a named style; paragraphs carry no formatting of their own.
"""

from pipeline.render.linebreak import CLOSING, OPENING
from pipeline.render.measures import (
    CAPTION_SIZE,
    NUMBER_SIZE,
    SIZE,
    TITLE_LEADING,
    TITLE_SIZE,
    WORD_LEADING,
    WORD_WIDTH,
    twentieths,
)
from pipeline.render.tablelayout import PAD, SIZES, pitch
from pipeline.render.word_text import DECLARATION, NAMESPACES, attribute

BODY, TITLE, TABLE, HEADER, GAP = "BodyText", "Title", "TableGrid", "Header", "TableGap"

SONG = "宋体"
BODY_FACE = "仿宋_GB2312"
_FALLBACKS = {
    "方正小标宋简体": "宋体",
    BODY_FACE: "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    SONG: "SimSun",
}
"""Each official face with the one to take where it is not installed; Windows and WPS have these."""

_HEADING_FACES = ("黑体", "楷体_GB2312", BODY_FACE, BODY_FACE)
_CHARACTER_PITCH = '<w:spacing w:val="-5"/>'
"""16 pt less 0.25 pt: 28 characters on 156 mm. Given here and not in the grid, which LibreOffice misreads."""

_DASHES = "—…"
"""Each is half of a mark: one that may not begin a line is not torn from the other."""

_TWO_CHARACTERS = '<w:ind w:right="-10" w:firstLineChars="200" w:firstLine="630"/>'
"""First lines begin two characters in. Half a point more at the right, which nobody sees, keeps LibreOffice
7.4 from losing the mark that hangs behind a full line of Chinese; behind one with digits it still may."""


def heading(level: int) -> str:
    """The style of a heading of outline level 1 to 4."""
    return f"Heading{level}"


CONTENTS_TITLE = "TOCHeading"
FIGURE, CAPTION = "Figure", "Caption"


def contents_line(level: int) -> str:
    """The style of a line in the list of contents for a heading of this level."""
    return f"TOC{level}"


def footer_style(side: str) -> str:
    """The style of the page number on odd (``default``) or ``even`` pages."""
    return "FooterEven" if side == "even" else "Footer"


def table_style(use: str, size: float, *, kept: bool = False) -> str:
    """The style of text in a table cell for one of the table sizes; ``kept`` with the next row.

    ``use`` is ``Text`` (centred), ``Label`` (at the left) or ``Part`` (centred, its number on line one).
    """
    return f"Table{use}{'Kept' if kept else ''}{size * 2:.0f}"


def styles_xml() -> str:
    """The styles part: defaults, body, title, four headings, table text, header and footer."""
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_face(BODY_FACE)}"
        f'{_size(SIZE)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{_BUILT_IN}{_body_styles()}{_contents_styles()}"
        f"{''.join(_heading_style(level) for level in range(1, 5))}"
        f"{''.join(_table_styles(size) for size in SIZES)}</w:styles>"
    )


def fonts_xml() -> str:
    """The font table: each official face with its stand-in."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _FALLBACKS.items()
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def settings_xml() -> str:
    """The settings: odd and even page numbers differ, lines are broken by the PDF's rules, as in Word 2013.

    Marks keep their full width, as on the PDF's page.
    """
    after, before = "".join(sorted(OPENING)), "".join(sorted(CLOSING | set(_DASHES)))
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:noLineBreaksAfter w:lang="zh-CN" w:val={attribute(after)}/>'
        f'<w:noLineBreaksBefore w:lang="zh-CN" w:val={attribute(before)}/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _face(name: str) -> str:
    """One face in all four slots: digits and Latin letters must not fall to another."""
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _style(
    identity: str, name: str, paragraph: str, run: str = "", *, base: str = "Normal", following: str = ""
) -> str:
    """A paragraph style offered in Word's list; a paragraph begun behind it is of style ``following``."""
    own = "" if name.isascii() else ' w:customStyle="1"'
    then = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{base}"/>{then}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr>'
        "</w:style>"
    )


def _edge(side: str) -> str:
    """At one edge of the type area, one blank from it; the other edge free."""
    other = {"left": "right", "right": "left"}[side]
    return (
        f'<w:ind w:{side}Chars="100" w:{side}="280" w:{other}Chars="0" w:{other}="0"/><w:jc w:val="{side}"/>'
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


def _body_styles() -> str:
    """Title, passages, page number, header, and the line that parts two tables."""
    return (
        _style(
            TITLE,
            "Title",
            f'<w:keepNext/><w:spacing w:after="{WORD_LEADING}" w:line="{twentieths(TITLE_LEADING)}"'
            ' w:lineRule="exact"/><w:jc w:val="center"/>',
            f'{_face("方正小标宋简体")}<w:spacing w:val="0"/>{_size(TITLE_SIZE)}',
            following=BODY,
        )
        + _style(BODY, "Body Text", _TWO_CHARACTERS)
        + _style(FIGURE, "图", f"<w:keepNext/>{_SINGLE}{_CENTRED}", _size(1))
        + _style(
            CAPTION,
            "caption",
            '<w:jc w:val="center"/>',
            f'{_face(SONG)}<w:spacing w:val="0"/>{_size(CAPTION_SIZE)}',
        )
        + _style(footer_style("default"), "footer", f"{_NUMBER_LINE}{_edge('right')}", _NUMBER)
        + _style(footer_style("even"), "双页页码", _edge("left"), base=footer_style("default"))
        + _style(HEADER, "header", _SINGLE, _size(9))
        + _style(GAP, "表格间隔", '<w:spacing w:line="200" w:lineRule="exact"/>', _size(1))
    )


def _contents_styles() -> str:
    """The list of contents: its title as a section's, its lines with dots to the page number at the edge."""
    title = _style(
        CONTENTS_TITLE,
        "TOC Heading",
        f'<w:spacing w:after="{WORD_LEADING}"/>{_CENTRED}',
        _face(_HEADING_FACES[0]),
    )
    dots = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{WORD_WIDTH}"/></w:tabs>'
    lines = (
        _style(
            contents_line(level),
            f"toc {level}",
            f'{dots}<w:ind w:firstLineChars="{characters * 100}" w:firstLine="{characters * 315}"/>'
            '<w:jc w:val="left"/>',
        )
        for level, characters in ((1, 1), (2, 3))
    )
    return f"{title}{''.join(lines)}"


def _heading_style(level: int) -> str:
    """A heading, kept with what follows, with its level in the outline."""
    return _style(
        heading(level),
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/>{_TWO_CHARACTERS}<w:outlineLvl w:val="{level - 1}"/>',
        _face(_HEADING_FACES[level - 1]),
        following=BODY,
    )


def _table_styles(size: float) -> str:
    """Table text of one size: centred, left, with its number apart; each also kept with the next row."""
    name = {12.0: "小四", 10.5: "五号", 9.0: "小五"}[size]
    text = table_style("Text", size)
    settings = f'<w:spacing w:line="{pitch(size) * 20:.0f}" w:lineRule="exact"/>'
    run = f'{_face(SONG)}<w:spacing w:val="0"/>{_size(size)}'
    styles = _style(text, f"表格{name}", f'{settings}<w:jc w:val="center"/>', run)
    for use, word, differs in _TABLE_USES:
        style = table_style(use, size)
        if style != text:
            styles += _style(style, f"表格{name}{word}", differs, base=text)
        styles += _style(
            table_style(use, size, kept=True), f"表格{name}{word}同页", "<w:keepNext/>", base=style
        )
    return styles


_TABLE_USES = (
    ("Text", "", ""),
    ("Label", "左", '<w:jc w:val="left"/>'),
    ("Part", "跨行", '<w:ind w:firstLine="40"/>'),
)
"""A little less room for the first line of a label over several rows, so that （三） stands over 不予公开."""

_NUMBER = f'{_face(SONG)}<w:spacing w:val="0"/>{_size(NUMBER_SIZE)}'
_NUMBER_LINE = '<w:spacing w:line="280" w:lineRule="exact"/>'
_SINGLE = '<w:spacing w:line="240" w:lineRule="auto"/>'
_CENTRED = '<w:jc w:val="center"/>'

_BUILT_IN = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:widowControl/><w:snapToGrid w:val="0"/>'
    f'<w:spacing w:line="{WORD_LEADING}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
    f"<w:rPr>{_CHARACTER_PITCH}</w:rPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    f'<w:style w:type="table" w:styleId="{TABLE}"><w:name w:val="Table Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders><w:tblCellMar>"
    + "".join(f'<w:{side} w:w="{PAD * 20:.0f}" w:type="dxa"/>' for side in ("left", "right"))
    + "</w:tblCellMar></w:tblPr></w:style>"
)
