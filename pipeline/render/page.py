"""The official page (GB/T 9704—2012, 5.2 and 7.5): A4, type area 156 x 225 mm, page numbers, 草稿 behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from reportlab.pdfgen.canvas import Canvas

from pipeline.model.document import DRAFT
from pipeline.render.drawing import Drawing, Page
from pipeline.render.font import Fonts
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
from pipeline.render.pdffont import Type0Font, registered
from pipeline.render.structure import Box, Piece
from pipeline.render.textcode import TextCode

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
        self._song = fonts.song.faces[0].name
        self._title = fonts.title.faces[0].name
        self._draft = draft
        self._bookmarks: list[Bookmark] = []
        self.marks: list[list[Piece]] = []
        """For each page, the pieces marked on it; a piece's place is its number there (MCID)."""
        self.boxes: dict[Piece, Box] = {}
        """Where each picture stands on its page."""
        super().__init__(
            "",  # it is not saved
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            initialFontName=self._song,  # type: ignore[arg-type] # the stubs say float; it is a name
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

    def begin_text(self) -> TextCode:
        """A text that is not drawn yet."""
        return TextCode(self._font)

    def draw_text(self, text: TextCode) -> None:
        """Draw a text that is whole; what it left behind characters is not left behind others."""
        self.addLiteral(f"{text.operators} 0 Tc")

    def _font(self, name: str) -> Type0Font:
        """The document's font of a face's name, which is then embedded."""
        font = registered(name)
        font.getSubsetInternalName(0, vars(self)["_doc"])
        return font

    def begin_page(self) -> None:
        """Draw what lies behind the text."""
        self.marks.append([])
        if self._draft:
            with self.artifact("Watermark"):
                self._draw_watermark()

    def _draw_watermark(self) -> None:
        self.saveState()
        self.setFillGray(DRAFT_GREY)
        self.setFont(self._title, DRAFT_SIZE)
        self.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        self.rotate(DRAFT_ANGLE)
        self.drawString(-DRAFT_SIZE, -DRAFT_SIZE * MIDDLE, DRAFT)
        self.restoreState()

    def end_page(self) -> None:
        """Draw the page number, a blank character in from the outer edge, and turn the page."""
        number = self.getPageNumber()
        with self.artifact("Footer"):
            self.setFont(self._song, NUMBER_SIZE)
            baseline = PAGE_HEIGHT - TOP - TYPE_HEIGHT - NUMBER_DEPTH - DASH_HEIGHT * NUMBER_SIZE
            words = f"— {number} —"
            width = self.stringWidth(words, self._song, NUMBER_SIZE)
            odd = LEFT + TYPE_WIDTH - NUMBER_SIZE - width
            self.drawString(odd if number % 2 else LEFT + NUMBER_SIZE, baseline, words)
        self.showPage()

    def add_heading(self, text: str, depth: int, top: float) -> None:
        """Set a bookmark at ``top``, under those of less ``depth`` (from 1) before it."""
        self._bookmarks.append(Bookmark(text, depth, len(self.marks) - 1, top))

    def drawing(self) -> Drawing:
        """All of it, once the last page has ended."""
        document = vars(self)["_doc"]
        for font in document.delayedFonts:
            font.addObjects(document)
        pages = [
            Page(page.stream, tuple(page.XObjects.dict) if page.XObjects else ())
            for page in document.Pages.pages
        ]
        return Drawing(pages, self.marks, self.boxes, self._bookmarks, document.idToObject)
