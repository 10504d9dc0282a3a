"""One page of a PDF as it was drawn: lines of text by place and size, ruled boxes and the text in them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice, repeat
from operator import attrgetter

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from msgspec import Struct, field

from pipeline.errors import ExitCode, OperatorError
from pipeline.verify.pdfglyph import Glyph, Ground, glyphs_of, grounds_of
from pipeline.verify.pdftagged import figure_texts

BASELINE = 2.0
"""Characters whose baselines differ by less (points) stand on one line."""
EDGE = 1.0
"""Rules that differ by less (points) are one; pdfium adds the line's thickness to a box."""
A4 = (0.0, 0.0, 210 * 72 / 25.4, 297 * 72 / 25.4)
"""The page's left, foot, right and top in points: what a viewer shows of it."""
BEHIND = 100.0
"""Characters this large (points) are no part of the text: the 草稿 behind it."""
APART, APART_LATIN = 1.1, 0.75
"""A character this far behind the beginning of the last one, in em, belongs to another word of a picture; so
far already behind a digit or Latin letter."""
BOXED = frozenset((pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_FORM))
"""What has text in it: a cell's rule, a picture."""
MIDDLE = 0.3
"""A character counts to the box in which this point of its height lies, in em."""


_BY_X, _BY_Y = attrgetter("x"), attrgetter("y")
_BY_LEFT, _BY_TOP = attrgetter("ground.left"), attrgetter("ground.top")


class PrintedLine(Struct, frozen=True):
    """Characters on one baseline, white space removed; ``x`` is where the first begins, ``size`` its size."""

    text: str
    x: float
    y: float
    size: float


class Box(Struct):
    """A rectangle drawn on the page (a cell) and the characters inside it."""

    ground: Ground
    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The box's text, line after line, without white space."""
        return "".join([glyph.text for line in _lines(self.glyphs) for glyph in line])


class Piece(Struct, frozen=True):
    """The part of a table that stands on a page: its boxes row by row, and how many rows they make."""

    texts: tuple[str, ...]
    rows: int


class PrintedPage(Struct, frozen=True):
    """A page: its number from 1, what lies behind, and from the top its lines outside boxes and tables.

    ``added`` says in words what a viewer shows or hides beyond what was drawn: annotations, a cut, a turn.
    """

    number: int
    behind: str
    lines: tuple[PrintedLine, ...]
    pieces: tuple[Piece, ...]
    added: tuple[str, ...] = ()
    charts: tuple[tuple[str, ...], ...] = ()
    """The words in each picture, in the order drawn."""
    descriptions: tuple[str, ...] = ()
    """What the page says of each picture in words."""


def opened(content: bytes) -> pdfium.PdfDocument:
    """A PDF file, to be closed; OperatorError (input) where it is none or is locked."""
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise OperatorError(ExitCode.INPUT, "这个文件不是完好的 PDF 文件，读不出来。请重新生成。") from error


def read_pages(document: pdfium.PdfDocument) -> Iterator[PrintedPage]:
    """The pages of a PDF file."""
    return (_read_page(number, page) for number, page in enumerate(document, 1))


def read_attachments(document: pdfium.PdfDocument) -> Iterator[tuple[str, bytes]]:
    """The files inside a PDF file, each with its name; one that is empty or damaged has no bytes."""
    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        try:
            yield attachment.get_name(), bytes(attachment.get_data())
        except pdfium.PdfiumError:
            yield attachment.get_name(), b""


def _read_page(number: int, page: pdfium.PdfPage) -> PrintedPage:
    drawn = [(kind, Box(ground)) for kind, ground in grounds_of(page, BOXED)]
    boxes = [box for kind, box in drawn if kind == pdfium_c.FPDF_PAGEOBJ_PATH]
    pictures = [box for kind, box in drawn if kind == pdfium_c.FPDF_PAGEOBJ_FORM]
    glyphs = glyphs_of(page.get_textpage())
    behind = "".join(glyph.text for glyph in glyphs if glyph.size >= BEHIND)
    outside = _fill(boxes, _fill(pictures, [glyph for glyph in glyphs if glyph.size < BEHIND]))
    return PrintedPage(
        number,
        behind,
        tuple(map(_printed, _lines(outside))),
        tuple(_pieces(boxes)),
        tuple(_added(page)),
        tuple(tuple(_words(picture.glyphs)) for picture in pictures),
        _descriptions(page, len(pictures)),
    )


def _descriptions(page: pdfium.PdfPage, pictures: int) -> tuple[str, ...]:
    """What the page says of each picture; the tree of a page without any is not gone through."""
    texts = figure_texts(page) if pictures else ()
    return tuple(islice(chain(texts, repeat("")), pictures))


def _words(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Characters in the order drawn, parted where the next does not stand right behind the last."""
    word = ""
    last: Glyph | None = None
    for glyph in glyphs:
        if last and not _goes_on(last, glyph):
            yield word
            word = ""
        word += glyph.text
        last = glyph
    if word:
        yield word


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character stands right behind the last one."""
    most = (APART_LATIN if last.text.isascii() else APART) * last.size
    return abs(glyph.y - last.y) < BASELINE and 0 < glyph.x - last.x < most


def _added(page: pdfium.PdfPage) -> Iterator[str]:
    """What changes how the page looks though nothing on it was drawn anew."""
    annotations = pdfium_c.FPDFPage_GetAnnotCount(page)
    if annotations:
        yield f"有{annotations}处批注"
    if max(abs(found - edge) for found, edge in zip(page.get_bbox(), A4, strict=True)) > EDGE:
        yield "不是整张A4纸"
    if page.get_rotation():
        yield "转了方向"


def _fill(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Put each character into the first box in which it stands; returns those that stand in none."""
    if not boxes:
        return list(glyphs)
    outside: list[Glyph] = []
    rows: dict[tuple[float, float], list[tuple[int, float, float, list[Glyph]]]] = defaultdict(list)
    for order, box in enumerate(boxes):
        left, foot, right, top = box.ground
        rows[foot, top].append((order, left, right, box.glyphs))
    beside: dict[float, list[tuple[int, float, float, list[Glyph]]]] = {}
    """What reaches over a height, in the order drawn: little has to be tried for the characters of a line."""
    for glyph in glyphs:
        _, x, y, size = glyph
        middle = y + MIDDLE * size
        if middle not in beside:
            reaching = (row for (foot, top), row in rows.items() if foot <= middle <= top)
            beside[middle] = sorted(chain.from_iterable(reaching))
        for _, left, right, inside in beside[middle]:
            if left <= x <= right:
                inside.append(glyph)
                break
        else:
            outside.append(glyph)
    return outside


def _lines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Characters as lines from the top, each from the left."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=_BY_Y, reverse=True):
        if line and line[0].y - glyph.y > BASELINE:
            yield sorted(line, key=_BY_X)
            line = []
        line.append(glyph)
    if line:
        yield sorted(line, key=_BY_X)


def _printed(line: Sequence[Glyph]) -> PrintedLine:
    first = line[0]
    return PrintedLine("".join([glyph.text for glyph in line]), first.x, first.y, first.size)


def _pieces(boxes: Sequence[Box]) -> Iterator[Piece]:
    """Boxes that touch from top to foot are one table's."""
    piece: list[Box] = []
    foot = 0.0
    for box in sorted(boxes, key=_BY_TOP, reverse=True):
        if piece and box.ground.top < foot - EDGE:
            yield _piece(piece)
            piece = []
        foot = min(foot, box.ground.foot) if piece else box.ground.foot
        piece.append(box)
    if piece:
        yield _piece(piece)


def _piece(boxes: Sequence[Box]) -> Piece:
    """A table's boxes (sorted from the top) row by row."""
    rows: list[list[Box]] = []
    for box in boxes:
        if not rows or rows[-1][0].ground.top - box.ground.top > EDGE:
            rows.append([])
        rows[-1].append(box)
    texts = [box.text for row in rows for box in sorted(row, key=_BY_LEFT)]
    return Piece(tuple(texts), len(rows))
