"""Read a report's web page back from its file alone, also what a portal's editor made of it and gave back."""

import codecs
import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.document import DRAFT
from pipeline.model.rendition import Area, ReadBack
from pipeline.verify.space import without_space
from pipeline.verify.webchart import picture_descriptions, picture_words
from pipeline.verify.webtable import table_cells
from pipeline.verify.webtext import is_hidden, shown, shown_text

LARGEST = 16 * 1024 * 1024
"""Bytes a page may have: a hundred times what a report has."""
CHINESE = frozenset(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"))
"""What Chinese editors on Windows save in besides UTF-8; each is a part of GB 18030."""
UNSEEN_RULE = re.compile(r"display:none|visibility:(hidden|collapse)|[{;]content:|@import|url\(")
"""What in a style sheet, without white space and comments, hides text, adds to it or is not in the file."""
FRAMES = "iframe, object, embed, applet, frame"
FIELDS = "input:not([type=hidden i]), textarea, select"
TURNED = re.compile(r"direction:rtl|unicode-bidi:(bidi-override|isolate-override)")
"""Styles, without white space, that show text from right to left: 12 as 21."""
_WITHOUT = r"(none|disc|circle|square|inside|outside|inherit|initial|!important)*([;}]|$)"
NUMBERED = re.compile(rf"list-style(-type)?:(?!{_WITHOUT})")
UNNUMBERED = re.compile(rf"list-style(-type)?:(inside|outside)?(none|disc|circle|square){_WITHOUT}")


def read_web(content: bytes) -> ReadBack:
    """Title, headings and passages in order, and each table's cells row by row, all without white space.

    Read is what a reader sees; 草稿 before all else is left out, and a caption that says what a heading has
    said. What may change the page beyond what can be read here (scripts, frames, style sheets that hide or
    add) is a line after all others. OperatorError (input) where ``content`` is no web page.
    """
    page = LexborHTMLParser(_decoded(content))
    lines: list[str] = []
    tables: list[tuple[str, ...]] = []
    areas: list[tuple[Area, ...]] = []
    places: list[int] = []
    for item in _lines_and_tables(page.body):
        if isinstance(item, str):
            lines.append(item)
        else:
            lines += [caption for caption in _captions(item) if caption not in lines]
            cells = list(table_cells(item))
            tables.append(tuple(text for _, text in cells))
            areas.append(tuple(area for area, _ in cells))
            places.append(len(lines))
    charts = tuple(picture_words(page.body)) if page.body else ()
    descriptions = tuple(picture_descriptions(page.body)) if page.body else ()
    first = 1 if lines[:1] == [DRAFT] else 0
    places = [place - min(first, place) for place in places]
    return ReadBack(
        (*lines[first:], *_beyond(page)),
        tuple(tables),
        tuple(places),
        charts,
        tuple(areas),
        descriptions=descriptions,
    )


def _decoded(content: bytes) -> str:
    """The page's text, in the encoding it names, else UTF-8."""
    if len(content) > LARGEST:
        raise OperatorError(ExitCode.INPUT, "网页文件大得不正常，没有打开。请重新生成后再核对。")
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        text = ""
    if re.search("<[a-zA-Z]", text):
        return text
    raise OperatorError(
        ExitCode.INPUT,
        "不是能读的网页文件（.html）。请从编辑器的源代码里全部复制，存成 UTF-8 的 .html 再核对。",
    )


def _encoding(content: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16")):
        if content.startswith(mark):
            return name
    named = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", content[:4096], re.IGNORECASE)
    return "gb18030" if named and named[1].decode("ascii", "replace").lower() in CHINESE else "utf-8"


def _lines_and_tables(body: LexborNode | None) -> Iterator[str | LexborNode]:
    """The lines of text that are seen, whole and without white space, and the tables between them."""
    line: list[str] = []
    for item in () if body is None else shown(body, tables=True):
        if isinstance(item, str):
            line.append(item)
            continue
        if text := without_space("".join(line)):
            yield text
        line = []
        if isinstance(item, LexborNode):
            yield item
    if text := without_space("".join(line)):
        yield text


def _captions(table: LexborNode) -> Iterator[str]:
    """The captions of a table that say something."""
    for part in table.iter():
        if part.tag == "caption" and not is_hidden(part) and (text := shown_text(part)):
            yield text


def _together(styles: Iterable[str]) -> str:
    return without_space("".join(styles)).lower()


def _is_numbered(numbered: LexborNode) -> bool:
    """Whether a list shows numbers that are no text."""
    style = _together([numbered.attributes.get("style") or ""])
    return not (is_hidden(numbered) or UNNUMBERED.search(style)) and bool(numbered.css("li"))


def _beyond(page: LexborHTMLParser) -> Iterator[str]:
    """What makes the page show more or less than its text, in words."""
    if any("json" not in (script.attributes.get("type") or "") for script in page.css("script")):
        yield "（网页里有脚本）"
    if page.css_first(FRAMES):
        yield "（网页里嵌着别的内容）"
    if page.css_first(FIELDS):
        yield "（网页里有填写框）"
    sheets = re.sub(r"/\*.*?\*/", "", _together(style.text() for style in page.css("style")))
    styles = [_together([element.attributes.get("style") or ""]) for element in page.css("[style]")]
    if page.css_first("bdo, [dir=rtl i]") or any(map(TURNED.search, (sheets, *styles))):
        yield "（网页里有倒着显示的文字）"
    if any(map(_is_numbered, page.css("ol, ul[type='1'], li[type='1']"))) or any(
        map(NUMBERED.search, (sheets, *styles))
    ):
        yield "（网页里有自动编号）"
    if UNSEEN_RULE.search(sheets) or page.css_first("link[rel~=stylesheet i]"):
        yield "（网页的样式表会藏起或添上文字）"
