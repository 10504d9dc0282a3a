"""The list of contents: each heading, dots to the edge, and its page."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.model.document import Contents
from pipeline.render.font import FaceChain
from pipeline.render.galley import Canvas, Galley
from pipeline.render.linebreak import Line
from pipeline.render.measures import TYPE_WIDTH
from pipeline.render.paragraph import Style, TextGalley, draw_lines, set_lines

LEADER = "…"
LEAST_LEADERS = 3
"""So many at least: two are a Chinese ellipsis and might be the heading's own."""
NUMBER_ROOM = 3
"""Room for the page number, in characters."""


class EntryGalley(TextGalley, frozen=True):
    """A heading in the list: ``entry`` is its number there, from 1; ``page`` where it stands."""

    entry: int = 0
    page: int = 0

    def draw(self, canvas: Canvas, first: int, end: int, left: float, top: float) -> None:
        """Draw the heading, and behind its last line the dots and the page."""
        corner = (left, top)
        with canvas.marked((self.block, self.entry)):
            draw_lines(canvas, self.lines[first:end], self.style, corner, self.room)
            if end == len(self.lines):
                foot = (left, top - (end - first - 1) * self.style.leading)
                draw_lines(canvas, [self._leader()], self.style, foot, TYPE_WIDTH)

    def _leader(self) -> Line:
        number = f" {self.page}"
        last = self.lines[-1]
        free = TYPE_WIDTH - (self.room - last.room) - last.width - self._width(f" {number}")
        text = LEADER * int(free / self._width(LEADER)) + number
        width = self._width(text)
        return Line(text, width, width - self.style.tracking, last=True)

    def _width(self, text: str) -> float:
        return sum(self.style.widths(text))


def set_contents(
    contents: Contents, block: int, pages: Sequence[int], style: Style, title: FaceChain
) -> Iterator[Galley]:
    """The list's title, centred, and its entries, indented by level, with their ``pages``.

    Only an entry's first line is indented, as a passage's is.
    """
    heading, *_ = contents.lines
    centred = replace(style, faces=title, align="center")
    lines = set_lines(heading, centred, TYPE_WIDTH)
    yield TextGalley(centred, lines, TYPE_WIDTH, block, space=style.leading)
    room = TYPE_WIDTH - (LEAST_LEADERS + NUMBER_ROOM) * (style.size + style.tracking)
    for number, (entry, page) in enumerate(zip(contents.entries, pages, strict=True), 1):
        indent = (2 * entry.level - 1) * (style.size + style.tracking)
        left = replace(style, indent=indent, align="left")
        yield EntryGalley(left, set_lines(entry.text, left, room), room, block, entry=number, page=page)
