"""The official page (GB/T 9704—2012, 5.2 and 7.5): A4, type area 156 x 225 mm, page numbers, 草稿 behind."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from reportlab.lib.rl_accel import fp_str

from pipeline.model.document import DRAFT
from pipeline.render.drawing import Drawing, Page, Picture
from pipeline.render.font import Face, FaceChain, Fonts
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
from pipeline.render.structure import Box, Piece
from pipeline.render.textcode import type_case

DASH_HEIGHT = 0.27
"""How high a dash lies above its baseline in our 宋体, in em."""
MIDDLE = 0.38
"""How high the middle of a Chinese character lies above its baseline, in em."""
Point: TypeAlias = tuple[float, float]
START, END = "1 0 0 1 0 0 cm ", " \n"
"""How the operators of pages and pictures begin, and those of pages end."""
DRAFT_SIZE, DRAFT_ANGLE, DRAFT_GREY = 200.0, 45, 0.9


class Sheet:
    """What is drawn, page by page, as operators (ISO 32000-1, 8 and 9), marked, with the outline kept.

    Lengths are in points, from the lower left corner of the page.
    """

    def __init__(self, fonts: Fonts, *, draft: bool) -> None:
        self._faces = fonts.faces
        self._song = fonts.song
        self._title = fonts.title
        self._draft = draft
        self._code: list[str] = []
        self._pages: list[Page] = []
        self._shown: list[str] = []
        """The pictures on the page."""
        self._pictures: dict[str, Picture] = {}
        self._bookmarks: list[Bookmark] = []
        self.marks: list[list[Piece]] = []
        """For each page, the pieces marked on it; a piece's place is its number there (MCID)."""
        self.boxes: dict[Piece, Box] = {}
        """Where each picture stands on its page."""
        self._printed: defaultdict[FaceChain, set[str]] = defaultdict(set)

    @contextmanager
    def marked(self, piece: Piece, box: Box | None = None) -> Iterator[None]:
        """What is drawn meanwhile is this piece of the document; a picture tells the ``box`` it fills."""
        pieces = self.marks[-1]
        if box:
            self.boxes[piece] = box
        self.write(f"/Span <</MCID {len(pieces)}>> BDC")
        pieces.append(piece)
        yield
        self.write("EMC")

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn meanwhile is no part of the document; ``kind`` says which part of each page it is."""
        self.write(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self.write("EMC")

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
        self._code.append(operators)

    def draw_text(self, code: str, left: float, up: float) -> None:
        """Draw a text from there on."""
        self.write(f"BT 1 0 0 1 {fp_str(left, up)} Tm {code} ET")

    @contextmanager
    def restored(self) -> Iterator[None]:
        """What is set meanwhile holds no longer afterwards."""
        self.write("q")
        yield
        self.write("Q")

    def line(self, start: Point, end: Point) -> None:
        """Draw a line."""
        self.write(f"n {fp_str(*start)} m {fp_str(*end)} l S")

    @contextmanager
    def picture(self, name: str, box: Box) -> Iterator[None]:
        """What is drawn meanwhile is a picture, to be shown by its name: that stands for all of it."""
        page, self._code = self._code, []
        yield
        self._pictures[name] = Picture("\n".join((START, *self._code)), box)
        self._code = page

    def show(self, name: str) -> None:
        """Show a picture where its box is."""
        self.write(f"/{name} Do")
        self._shown.append(name)

    def _fonts(self) -> Iterator[tuple[Face, set[str]]]:
        """The faces by name, with what is printed in each."""
        printed: defaultdict[str, set[str]] = defaultdict(set)
        for faces, characters in self._printed.items():
            sorts = type_case(faces)
            for character in characters:
                printed[sorts[character].font[0]].add(character)
        for name in sorted(printed):
            yield self._faces[name], printed[name]

    def begin_page(self) -> None:
        """Draw what lies behind the text."""
        self.marks.append([])
        if self._draft:
            with self.artifact("Watermark"):
                self._draw_watermark()

    def _draw_watermark(self) -> None:
        turn = math.radians(DRAFT_ANGLE)
        across, up = math.cos(turn), math.sin(turn)
        style = Style(self._title, DRAFT_SIZE, DRAFT_SIZE)
        with self.restored():
            self.write(f"{fp_str(DRAFT_GREY)} g")
            self.write(f"{fp_str(across, up, -up, across, PAGE_WIDTH / 2, PAGE_HEIGHT / 2)} cm")
            self._draw_words(DRAFT, style, -DRAFT_SIZE, -DRAFT_SIZE * MIDDLE)

    def end_page(self) -> None:
        """Draw the page number, a blank character in from the outer edge, and turn the page."""
        number = len(self.marks)
        with self.artifact("Footer"):
            baseline = PAGE_HEIGHT - TOP - TYPE_HEIGHT - NUMBER_DEPTH - DASH_HEIGHT * NUMBER_SIZE
            words, style = f"— {number} —", Style(self._song, NUMBER_SIZE, NUMBER_SIZE)
            odd = LEFT + TYPE_WIDTH - NUMBER_SIZE - sum(style.widths(words))
            self._draw_words(words, style, odd if number % 2 else LEFT + NUMBER_SIZE, baseline)
        self._pages.append(Page("\n".join((START, *self._code, END)), tuple(self._shown)))
        self._code, self._shown = [], []

    def _draw_words(self, words: str, style: Style, left: float, baseline: float) -> None:
        width = sum(style.widths(words))
        corner = (left, baseline + ASCENT * style.size)
        draw_lines(self, [Line(words, width, width, last=True)], style, corner, width)

    def add_heading(self, text: str, depth: int, top: float) -> None:
        """Set a bookmark at ``top``, under those of less ``depth`` (from 1) before it."""
        self._bookmarks.append(Bookmark(text, depth, len(self.marks) - 1, top))

    def drawing(self) -> Drawing:
        """All of it, once the last page has ended."""
        return Drawing(
            self._pages, self.marks, self.boxes, self._bookmarks, self._pictures, tuple(self._fonts())
        )
