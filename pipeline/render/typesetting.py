"""The Document set in official type and made up into pages (GB/T 9704—2012, 7.3)."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from pipeline.model.document import Block, Chart, Contents, Document, Heading, Paragraph, Table
from pipeline.render.chart import ChartGalley, set_chart
from pipeline.render.contents import set_contents
from pipeline.render.font import FaceChain, Fonts
from pipeline.render.galley import Galley, Part, make_up
from pipeline.render.gridtable import TableGalley, set_table
from pipeline.render.measures import LEADING, SIZE, TITLE_LEADING, TITLE_SIZE, TYPE_HEIGHT, TYPE_WIDTH
from pipeline.render.paragraph import Style, TextGalley, set_balanced, set_lines

TRACKING = TYPE_WIDTH / 28 - SIZE
"""28 characters to a line, each a little closer than its own width."""
INDENT = 2 * (SIZE + TRACKING)
PAGE_ROOM = TYPE_HEIGHT - 0.4
"""22 lines and a little: LibreOffice rounds each row of a table, and must find the same lines on a page."""


def set_pages(document: Document, fonts: Fonts) -> list[list[Part]]:
    """The pages of a document. A list of contents is set twice: where headings stand is known only then."""
    body = list(_body(document, fonts))
    pages = make_up([*_front(document, fonts, {}), *body], PAGE_ROOM)
    if not _contents(document):
        return pages
    return make_up([*_front(document, fonts, block_pages(pages)), *body], PAGE_ROOM)


def block_pages(pages: Sequence[Sequence[Part]]) -> dict[int, int]:
    """The page, from 1, on which each block of a document begins, by the block's number."""
    found: dict[int, int] = {}
    for number, parts in enumerate(pages, 1):
        for part in parts:
            found.setdefault(part.galley.block, number)
    return found


def _contents(document: Document) -> list[tuple[int, Contents]]:
    """The lists of contents, with their numbers among the blocks: one, or none."""
    return [(number, block) for number, block in enumerate(document.blocks, 1) if isinstance(block, Contents)]


def _front(document: Document, fonts: Fonts, pages: Mapping[int, int]) -> Iterator[Galley]:
    """The title, and the contents under it."""
    title = Style(fonts.title, TITLE_SIZE, TITLE_LEADING, align="center", spaced=True)
    lines = [line for text in document.title_lines for line in set_balanced(text, title, TYPE_WIDTH)]
    yield TextGalley(title, lines, TYPE_WIDTH, space=LEADING)
    for number, block in _contents(document):
        numbers = [pages.get(target, 0) for target in block.targets(document.blocks)]
        style = Style(fonts.fang, SIZE, LEADING, TRACKING, spaced=True)
        yield from set_contents(block, number, numbers, style, fonts.hei)


def _body(document: Document, fonts: Fonts) -> Iterator[Galley]:
    opens = bool(_contents(document))
    depths = document.depths
    for number, block in enumerate(document.blocks, 1):
        if isinstance(block, Contents):
            continue
        galley = _set_block(block, number, fonts, depths.get(number, 0))
        yield replace(galley, opens_page=True) if opens else galley
        opens = False


def _set_block(
    block: Heading | Paragraph | Table | Chart, number: int, fonts: Fonts, depth: int
) -> TextGalley | TableGalley | ChartGalley:
    if isinstance(block, Table):
        return set_table(block.grid, fonts.song, number)
    if isinstance(block, Chart):
        return set_chart(block, fonts.song, number)
    style = Style(faces_of(block, fonts), SIZE, LEADING, TRACKING, INDENT, spaced=True)
    return TextGalley(style, set_lines(block.text, style, TYPE_WIDTH), TYPE_WIDTH, number, depth)


def faces_of(block: Block, fonts: Fonts) -> FaceChain:
    """一、 in 黑体, （一） in 楷体, tables and pictures in 宋体, else 仿宋 (GB/T 9704—2012, 7.3.3)."""
    match block:
        case Table() | Chart():
            return fonts.song
        case Heading():
            return {1: fonts.hei, 2: fonts.kai}.get(block.level, fonts.fang)
        case _:
            return fonts.fang
