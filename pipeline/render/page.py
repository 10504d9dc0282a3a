"""The official page (GB/T 9704—2012, 5.2 and 7.5): A4, type area 156 x 225 mm, page numbers, 草稿 behind."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen.canvas import Canvas

from pipeline.model.document import DRAFT
from pipeline.render.drawing import Drawing, Page
from pipeline.render.font import FaceChain, Fonts
from pipeline.render.linebreak import Line
from pipeline.render.measures import (
    LEFT,
    NUMBER_DEPTH,
    NUMBER_SIZE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TOP,
    TYPE_HEIGHT,
    TYPE_WIDTH,
)
from pipeline.render.outline import Bookmark
from pipeline.render.paragraph import ASCENT, Style, draw_lines
from pipeline.render.pdffont import registered
from pipeline.render.structure import Box, Piece
from pipeline.render.textcode import type_case

DASH_HEIGHT = 0.27
"""How high a dash lies above its baseline in our 宋体, in em."""
MIDDLE = 0.38
"""How high the middle of a Chinese character lies above its baseline, in em."""
DRAFT_SIZE, DRAFT_ANGLE, DRAFT_GREY = 200.0, 45, 0.9


class Sheet(Canvas):
    """A canvas that draws what every page bears, marks what is drawn and keeps the outline.

    Reportlab only draws on it; the file is written from its ``drawing``.
    """

    def __init__(self, fonts: Fonts, *, draft: bool) -> None:
        self._song = fonts.song
        self._title = fonts.title
        self._draft = draft
        self._bookmarks: list[Bookmark] = []
        self.marks: list[list[Piece]] = []
        """For each page, the pieces marked on it; a piece's place is its number there (MCID)."""
        self.boxes: dict[Piece, Box] = {}
        """Where each picture stands on its page."""
        self._printed: defaultdict[FaceChain, set[str]] = defaultdict(set)
        super().__init__(
            "",  # it is not saved
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            initialFontName=fonts.song.faces[0].name,  # type: ignore[arg-type] # the stubs say float; it is a name
        )

    @contextmanager
    def marked(self, piece: Piece, box: Box | None = None) -> Iterator[None]:
        """What is drawn meanwhile is this piece of the document; a picture tells the ``box`` it fills."""
        pieces = self.marks[-1]
        if box:
            self.boxes[piece] = box
        self.addLiteral(f"/Span <</MCID {len(pieces)}>> BDC")
        pieces.append(piece)
        yield
        self.addLiteral("EMC")

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn meanwhile is no part of the document; ``kind`` says which part of each page it is."""
        self.addLiteral(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self.addLiteral("EMC")

    def book(self, pieces: Sequence[Piece]) -> int:
        """Number pieces that the caller draws and marks itself: the first one's number on the page."""
        first = len(self.marks[-1])
        self.marks[-1] += pieces
        return first

    def embed(self, faces: FaceChain, text: str) -> None:
        """Have the characters of a text that is drawn in these faces embedded."""
        self._printed[faces].update(text)

    def write(self, operators: str) -> None:
        """Draw what is ready as operators."""
        self.addLiteral(operators)

    def draw_text(self, code: str, left: float, up: float) -> None:
        """Draw a text from there on."""
        self.addLiteral(f"BT 1 0 0 1 {fp_str(left, up)} Tm {code} ET")

    def _book_fonts(self) -> None:
        """Have what is printed embedded, now that it is known."""
        printed: defaultdict[str, set[str]] = defaultdict(set)
        for faces, characters in self._printed.items():
            sorts = type_case(faces)
            for character in characters:
                printed[sorts[character].font[0]].add(character)
        for name in sorted(printed):
            font = registered(name)
            font.getSubsetInternalName(0, vars(self)["_doc"])
            font.note(printed[name])

    def begin_page(self) -> None:
        """Draw what lies behind the text."""
        self.marks.append([])
        if self._draft:
            with self.artifact("Watermark"):
                self._draw_watermark()

    def _draw_watermark(self) -> None:
        self.saveState()
        self.setFillGray(DRAFT_GREY)
        self.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        self.rotate(DRAFT_ANGLE)
        style = Style(self._title, DRAFT_SIZE, DRAFT_SIZE)
        self._draw_words(DRAFT, style, -DRAFT_SIZE, -DRAFT_SIZE * MIDDLE)
        self.restoreState()

    def end_page(self) -> None:
        """Draw the page number, a blank character in from the outer edge, and turn the page."""
        number = self.getPageNumber()
        with self.artifact("Footer"):
            baseline = PAGE_HEIGHT - TOP - TYPE_HEIGHT - NUMBER_DEPTH - DASH_HEIGHT * NUMBER_SIZE
            words, style = f"— {number} —", Style(self._song, NUMBER_SIZE, NUMBER_SIZE)
            odd = LEFT + TYPE_WIDTH - NUMBER_SIZE - sum(style.widths(words))
            self._draw_words(words, style, odd if number % 2 else LEFT + NUMBER_SIZE, baseline)
        self.showPage()

    def _draw_words(self, words: str, style: Style, left: float, baseline: float) -> None:
        width = sum(style.widths(words))
        corner = (left, baseline + ASCENT * style.size)
        draw_lines(self, [Line(words, width, width, last=True)], style, corner, width)

    def add_heading(self, text: str, depth: int, top: float) -> None:
        """Set a bookmark at ``top``, under those of less ``depth`` (from 1) before it."""
        self._bookmarks.append(Bookmark(text, depth, len(self.marks) - 1, top))

    def drawing(self) -> Drawing:
        """All of it, once the last page has ended."""
        document = vars(self)["_doc"]
        self._book_fonts()
        for font in document.delayedFonts:
            font.addObjects(document)
        pages = [
            Page(page.stream, tuple(page.XObjects.dict) if page.XObjects else ())
            for page in document.Pages.pages
        ]
        return Drawing(pages, self.marks, self.boxes, self._bookmarks, document.idToObject)
