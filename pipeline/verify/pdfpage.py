"""One page of a PDF as it was drawn: lines of text by place and size, ruled boxes and the text in them."""

import ctypes
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import ExitCode, OperatorError
from pipeline.verify.pdftagged import figure_texts

BASELINE = 2.0
"""Characters whose baselines differ by less (points) stand on one line."""
EDGE = 1.0
"""Rules that differ by less (points) are one; pdfium adds the line's thickness to a box."""
A4 = (0.0, 0.0, 210 * 72 / 25.4, 297 * 72 / 25.4)
"""The page's left, foot, right and top in points: what a viewer shows of it."""
BEHIND = 100.0
"""Characters this large (points) are no part of the text: the 草稿 behind it."""
HYPHEN = 2
"""What pdfium gives for a hyphen at the end of a line."""
HIGH_HALVES = (0xD800, 0xDC00)
"""UTF-16: the first half of a character beyond U+FFFF."""
APART, APART_LATIN = 1.1, 0.75
"""A character this far behind the beginning of the last one, in em, belongs to another word of a picture; so
far already behind a digit or Latin letter."""
BOXED = frozenset((pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_FORM))
"""What has text in it: a cell's rule, a picture."""
MIDDLE = 0.3
"""A character counts to the box in which this point of its height lies, in em."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its origin (points from the page's lower left corner) and size."""

    text: str
    x: float
    y: float
    size: float

    @property
    def middle(self) -> float:
        """The point of its height that tells in which box it stands."""
        return self.y + MIDDLE * self.size


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Characters on one baseline, white space removed; ``x`` is where the first begins, ``size`` its size."""

    text: str
    x: float
    y: float
    size: float


@dataclass(slots=True)
class Box:
    """A rectangle drawn on the page (a cell) and the characters inside it."""

    left: float
    foot: float
    right: float
    top: float
    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The box's text, line after line, without white space."""
        return "".join(line.text for line in _lines(self.glyphs))


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a table that stands on a page: its boxes row by row, and how many rows they make."""

    texts: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class PrintedPage:
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


def read_pages(content: bytes) -> Iterator[PrintedPage]:
    """The pages of a PDF file; OperatorError (input) where it is none or is locked."""
    with _opened(content) as document:
        for number, page in enumerate(document, 1):
            yield _read_page(number, page)


def read_attachments(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The files inside a PDF file, each with its name; one that is empty or damaged has no bytes."""
    with _opened(content) as document:
        for number in range(document.count_attachments()):
            attachment = document.get_attachment(number)
            try:
                yield attachment.get_name(), bytes(attachment.get_data())
            except pdfium.PdfiumError:
                yield attachment.get_name(), b""


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise OperatorError(ExitCode.INPUT, "这个文件不是完好的 PDF 文件，读不出来。请重新生成。") from error


def _read_page(number: int, page: pdfium.PdfPage) -> PrintedPage:
    drawn = list(_drawn(page))
    boxes = [box for kind, box in drawn if kind == pdfium_c.FPDF_PAGEOBJ_PATH]
    pictures = [box for kind, box in drawn if kind == pdfium_c.FPDF_PAGEOBJ_FORM]
    glyphs = list(_glyphs(page.get_textpage()))
    behind = "".join(glyph.text for glyph in glyphs if glyph.size >= BEHIND)
    outside = _fill(boxes, _fill(pictures, [glyph for glyph in glyphs if glyph.size < BEHIND]))
    return PrintedPage(
        number,
        behind,
        tuple(_lines(outside)),
        tuple(_pieces(boxes)),
        tuple(_added(page)),
        tuple(tuple(_words(picture.glyphs)) for picture in pictures),
        _descriptions(page, len(pictures)),
    )


def _drawn(page: pdfium.PdfPage) -> Iterator[tuple[int, Box]]:
    """What is drawn on the page itself of BOXED kinds, each with its kind.

    A page has a text for each cell, and pypdfium2 would make an object of each only to pass it over.
    """
    left, foot, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        item = pdfium_c.FPDFPage_GetObject(page, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind in BOXED:
            if not pdfium_c.FPDFPageObj_GetBounds(item, left, foot, right, top):
                message = "something drawn has no bounds"
                raise pdfium.PdfiumError(message)
            yield kind, Box(left.value, foot.value, right.value, top.value)


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
    """Put each character into the box in which it stands; returns those that stand in none."""
    if not boxes:
        return list(glyphs)
    outside: list[Glyph] = []
    beside: dict[float, list[Box]] = {}
    """The boxes that reach over a height: few have to be tried for the characters of a line."""
    for glyph in glyphs:
        middle = glyph.middle
        if middle not in beside:
            beside[middle] = [box for box in boxes if box.foot <= middle <= box.top]
        box = next((box for box in beside[middle] if box.left <= glyph.x <= box.right), None)
        (outside if box is None else box.glyphs).append(glyph)
    return outside


def _glyphs(page: pdfium.PdfTextPage) -> Iterator[Glyph]:
    """The characters in the order drawn, without white space (which is also all that pdfium makes up)."""
    x, y = ctypes.c_double(), ctypes.c_double()
    for index, text in _characters(page):
        if not text.isspace():
            pdfium_c.FPDFText_GetCharOrigin(page.raw, index, x, y)
            yield Glyph(text, x.value, y.value, pdfium_c.FPDFText_GetFontSize(page.raw, index))


def _characters(page: pdfium.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Each character with its place; pdfium gives one beyond U+FFFF as halves, a line's last hyphen as 2."""
    high = 0
    for index in range(pdfium_c.FPDFText_CountChars(page)):
        code = pdfium_c.FPDFText_GetUnicode(page.raw, index)
        if HIGH_HALVES[0] <= code < HIGH_HALVES[1]:
            high = code
        elif high:
            yield index, struct.pack("<2H", high, code).decode("utf-16-le", "replace")
            high = 0
        elif code:
            yield index, "-" if code == HYPHEN else chr(code)


def _lines(glyphs: Sequence[Glyph]) -> Iterator[PrintedLine]:
    """Characters as lines from the top, each from the left."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if line and line[0].y - glyph.y > BASELINE:
            yield _line(line)
            line = []
        line.append(glyph)
    if line:
        yield _line(line)


def _line(glyphs: Sequence[Glyph]) -> PrintedLine:
    glyphs = sorted(glyphs, key=lambda glyph: glyph.x)
    first = glyphs[0]
    return PrintedLine("".join(glyph.text for glyph in glyphs), first.x, first.y, first.size)


def _pieces(boxes: Sequence[Box]) -> Iterator[Piece]:
    """Boxes that touch from top to foot are one table's."""
    piece: list[Box] = []
    foot = 0.0
    for box in sorted(boxes, key=lambda box: -box.top):
        if piece and box.top < foot - EDGE:
            yield _piece(piece)
            piece = []
        foot = min(foot, box.foot) if piece else box.foot
        piece.append(box)
    if piece:
        yield _piece(piece)


def _piece(boxes: Sequence[Box]) -> Piece:
    """A table's boxes (sorted from the top) row by row."""
    rows: list[list[Box]] = []
    for box in boxes:
        if not rows or rows[-1][0].top - box.top > EDGE:
            rows.append([])
        rows[-1].append(box)
    texts = [box.text for row in rows for box in sorted(row, key=lambda box: box.left)]
    return Piece(tuple(texts), len(rows))
