"""Setting text: headings, passages and table cells in lines, justified, a face for each character."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.render.font import FaceChain
from pipeline.render.galley import Canvas
from pipeline.render.linebreak import Line, break_lines
from pipeline.render.textcode import CODE, Font, TextCode, type_case

Align: TypeAlias = Literal["justify", "left", "center"]
Run: TypeAlias = tuple[Font, float, str]
"""The font, the space to leave behind each character, and the characters' codes."""
KEPT = 256
"""So many texts are kept as they were set and as they are drawn: every report has the law's headings."""
ASCENT = 0.88
"""How far above the baseline a Chinese character's square reaches, in em."""
TIGHT = re.compile("[!-~](?=[!-~])|—(?=—)|…(?=…)")
"""What is not spaced out: between two characters of a word or number, or of one mark."""
GAP = 0.25
"""The white between Chinese and a digit or letter, in em: Word leaves as much, LibreOffice a little less."""
BETWEEN_SCRIPTS = re.compile(r"(?<=[0-9A-Za-z%])(?=[㐀-鿿])|(?<=[㐀-鿿])(?=[0-9A-Za-z])")
LOOSEST = 0.5
"""A line that would have to be spaced wider than this, in em, is left ragged."""


class Style(Struct, frozen=True):
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
        sorts, size = type_case(self.faces), self.size * self.scale
        return [sorts[character].width * size + self.tracking for character in text]

    def gaps(self, text: str) -> list[float]:
        """The white behind each character that parts it from a script not its own."""
        gaps = [0.0] * len(text)
        if self.spaced:
            for between in BETWEEN_SCRIPTS.finditer(text):
                gaps[between.start() - 1] = GAP * self.size
        return gaps


@lru_cache(maxsize=KEPT)
def set_lines(text: str, style: Style, room: float) -> tuple[Line, ...]:
    """The lines of a text in its style, ``room`` points wide; characters no face has are 〓."""
    printable = type_case(style.faces).printable(text)
    widths, gaps = style.widths(printable), style.gaps(printable)
    return tuple(break_lines(printable, widths, room, style.indent, gaps))


def set_balanced(text: str, style: Style, room: float) -> list[Line]:
    """The same in as few lines, but of like length: a title does not leave one character alone."""
    lines = set_lines(text, style, room)
    narrow = room - style.size if len(lines) > 1 else 0.0
    while narrow > style.size and len(narrower := set_lines(text, style, narrow)) == len(lines):
        lines, narrow = narrower, narrow - style.size
    return [replace(line, room=room - (style.indent if line is lines[0] else 0)) for line in lines]


def draw_lines(
    canvas: Canvas, lines: Sequence[Line], style: Style, corner: tuple[float, float], room: float
) -> None:
    """Draw lines one under the other from the upper left ``corner``; centred ones within ``room``."""
    canvas.embed(style.faces, "".join([line.text for line in lines]))
    canvas.draw_text(_code(tuple(lines), style, room), *corner)


@lru_cache(maxsize=KEPT)
def _code(lines: tuple[Line, ...], style: Style, room: float) -> str:
    return lines_code(lines, style, room)


def lines_code(
    lines: Sequence[Line],
    style: Style,
    room: float,
    corner: tuple[float, float] = (0.0, 0.0),
    font: Font | None = None,
) -> str:
    """The lines' operators from where the text's matrix has been set; ``corner`` is theirs, seen from there.

    ``font`` is the one set before, if any (see TextCode).
    """
    code = TextCode(font)
    code.scale(100 * style.scale)
    across, up = corner
    up -= (style.leading - style.size) / 2 + ASCENT * style.size
    for line in lines:
        natural = line.width - style.tracking
        space = (room - natural) / 2 if style.align == "center" else room - line.room
        code.begin_line(across + space, up)
        for run in _runs(line, style):
            code.add(*run)
        across, up = -space, -style.leading
    return code.end()


def _runs(line: Line, style: Style) -> Iterator[Run]:
    """The line's characters, those joined that stand alike."""
    sorts = list(map(type_case(style.faces).__getitem__, line.text))
    codes = "".join([sort.code for sort in sorts])
    stand = zip([sort.font for sort in sorts], _spaces(line, style), strict=True)
    start = 0
    for ((name, size), space), alike in groupby(stand):
        end = start + CODE * len(list(alike))
        yield (name, size * style.size), space, codes[start:end]
        start = end


def _spaces(line: Line, style: Style) -> list[float]:
    """The space to leave behind each character so that the line fills its room, or no longer overruns it."""
    missing = line.room - (line.width - style.tracking)
    places: Sequence[int] = ()
    if missing < 0:
        places = range(len(line.text) - 1)
    elif style.align == "justify" and not line.last:
        places = _elastic(line.text)
    spaces = [style.tracking + gap for gap in style.gaps(line.text)]
    spread = missing / max(len(places), 1)
    if spread <= LOOSEST * style.size:
        for place in places:
            spaces[place] += spread
    return spaces


def _elastic(text: str) -> Sequence[int]:
    """Where a line may be spaced out: behind each character but the last, and not inside a word or number."""
    tight = {joint.start() for joint in TIGHT.finditer(text)}
    return [place for place in range(len(text) - 1) if place not in tight]


class TextGalley(Struct, frozen=True):
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
