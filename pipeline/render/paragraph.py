"""Setting text: headings, passages and table cells in lines, justified, a face for each character."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Literal, TypeAlias

from pipeline.render.font import FaceChain
from pipeline.render.galley import Canvas
from pipeline.render.linebreak import Line, break_lines

Align: TypeAlias = Literal["justify", "left", "center"]
Run: TypeAlias = tuple[str, float, float, str]
"""A face's name, the size, the space to leave behind each character, and the characters."""
KEPT = 4096
"""So many lines are kept as they were set."""
ASCENT = 0.88
"""How far above the baseline a Chinese character's square reaches, in em."""
JOINED = ("——", "……")
"""Two characters that are one mark."""
GAP = 0.25
"""The white between Chinese and a digit or letter, in em: Word leaves as much, LibreOffice a little less."""
BETWEEN_SCRIPTS = re.compile(r"(?<=[0-9A-Za-z%])(?=[㐀-鿿])|(?<=[㐀-鿿])(?=[0-9A-Za-z])")
LOOSEST = 0.5
"""A line that would have to be spaced wider than this, in em, is left ragged."""


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set; lengths in points. ``tracking`` is added to every character's width.

    ``scale`` is how wide the characters themselves are set of their natural width. Where ``spaced``, a little
    white parts digits and letters from Chinese, as Word, WPS and LibreOffice set it.
    """

    faces: FaceChain
    size: float
    leading: float
    tracking: float = 0.0
    indent: float = 0.0
    align: Align = "justify"
    scale: float = 1.0
    spaced: bool = False

    def widths(self, text: str) -> list[float]:
        """The width of each character."""
        size = self.size * self.scale
        return [self.faces.of(character)[1] * size + self.tracking for character in text]

    def gaps(self, text: str) -> list[float]:
        """The white behind each character that parts it from a script not its own."""
        gaps = [0.0] * len(text)
        if self.spaced:
            for between in BETWEEN_SCRIPTS.finditer(text):
                gaps[between.start() - 1] = GAP * self.size
        return gaps


def set_lines(text: str, style: Style, room: float) -> list[Line]:
    """The lines of a text in its style, ``room`` points wide; characters no face has are 〓."""
    printable = style.faces.printable(text)
    return break_lines(printable, style.widths(printable), room, style.indent, style.gaps(printable))


def set_balanced(text: str, style: Style, room: float) -> list[Line]:
    """The same in as few lines, but of like length: a title does not leave one character alone."""
    lines = set_lines(text, style, room)
    narrow = room - style.size
    while narrow > style.size and len(narrower := set_lines(text, style, narrow)) == len(lines):
        lines, narrow = narrower, narrow - style.size
    return [replace(line, room=room - (style.indent if line is lines[0] else 0)) for line in lines]


def draw_lines(
    canvas: Canvas, lines: Sequence[Line], style: Style, corner: tuple[float, float], room: float
) -> None:
    """Draw lines one under the other from the upper left ``corner``; centred ones within ``room``."""
    text = canvas.begin_text()
    if style.scale != 1:
        text.scale(100 * style.scale)
    left, top = corner
    baseline = top - (style.leading - style.size) / 2 - ASCENT * style.size
    for line in lines:
        natural = line.width - style.tracking
        space = (room - natural) / 2 if style.align == "center" else room - line.room
        text.begin_line(left + space, baseline)
        for run in _runs(line, style):
            text.add(*run)
        baseline -= style.leading
    if style.scale != 1:
        text.scale(100)
    canvas.draw_text(text)


@lru_cache(maxsize=KEPT)
def _runs(line: Line, style: Style) -> tuple[Run, ...]:
    """The line's characters, those joined that stand alike; most lines of a table stand in every report."""
    groups = groupby(_placed(line, style), key=lambda placed: placed[:3])
    return tuple((*alike, "".join(character for *_, character in group)) for alike, group in groups)


def _placed(line: Line, style: Style) -> Iterator[Run]:
    """Each character with its face's name, its size and the space to leave behind it."""
    faces = style.faces
    for character, space, gap in zip(line.text, _spaces(line, style), style.gaps(line.text), strict=True):
        size = faces.size_of(character) * style.size
        yield faces.of(character)[0].name, size, style.tracking + space + gap, character


def _spaces(line: Line, style: Style) -> list[float]:
    """What to add behind each character so that the line fills its room, or no longer overruns it."""
    missing = line.room - (line.width - style.tracking)
    if missing < 0:
        gaps = [True] * (len(line.text) - 1) + [False]
    elif style.align == "justify" and not line.last:
        gaps = _gaps(line.text)
    else:
        gaps = [False] * len(line.text)
    spread = missing / max(sum(gaps), 1)
    return [spread if gap and spread <= LOOSEST * style.size else 0.0 for gap in gaps]


def _gaps(text: str) -> list[bool]:
    """Where a line may be spaced out: behind each character but the last, and not inside a word or number."""
    return [
        bool(following)
        and not (_is_latin(character) and _is_latin(following))
        and character + following not in JOINED
        for character, following in zip(text, [*text[1:], ""], strict=True)
    ]


def _is_latin(character: str) -> bool:
    return "!" <= character <= "~"


@dataclass(frozen=True)
class TextGalley:
    """A heading or passage as lines. ``depth`` is how deep a heading stands (from 1), 0 for none.

    ``block`` is its number in the document, 0 for the title.
    """

    style: Style
    lines: Sequence[Line]
    room: float
    block: int = 0
    depth: int = 0
    space: float = 0.0
    head: int = 0
    opens_page: bool = False

    @property
    def heights(self) -> Sequence[float]:
        """One leading a line."""
        return [self.style.leading] * len(self.lines)

    @property
    def keeps_next(self) -> bool:
        """A heading never stands at the foot of a page."""
        return self.depth > 0

    def may_part(self, unit: int) -> bool:
        """A heading is not parted; a passage leaves two lines or more on either page."""
        return self.depth == 0 and 2 <= unit <= len(self.lines) - 2

    def draw(self, canvas: Canvas, first: int, end: int, left: float, top: float) -> None:
        """Draw these lines, and at a heading's first one set its bookmark."""
        if first == 0 and self.depth:
            text = "".join(line.text for line in self.lines)
            canvas.add_heading(text, self.depth, top)
        with canvas.marked((self.block, 0)):
            draw_lines(canvas, self.lines[first:end], self.style, (left, top), self.room)
