"""A Chart as bars in black and white: what each shows is told by its pattern and its number, not by colour.

The picture is one object of the page (a form XObject), so that its words are never taken for the text's.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from reportlab.lib.rl_accel import fp_str

from pipeline.model.document import Chart
from pipeline.render.bars import Scale, bar_groups, is_dark
from pipeline.render.font import FaceChain
from pipeline.render.galley import Canvas
from pipeline.render.linebreak import Line
from pipeline.render.measures import CAPTION_SIZE, CHART_HEIGHT, CHART_SIZE, LEADING, TYPE_WIDTH
from pipeline.render.paragraph import Style, draw_lines, set_balanced

WORD_PITCH = 13.0
"""From line to line of a picture's words."""
BAR = 22.0
"""A bar's width in points; less where there are many categories."""
GAP = 4.0
"""Between two numbers beside each other, at least."""
KEY = 9.0
"""The side of a pattern's square beside its name."""
HATCH = 3.0
"""From one line of the earlier year's pattern to the next."""
DARK = 0.25


class ChartGalley(Struct, frozen=True):
    """A picture and its caption; ``block`` is its number in the document."""

    chart: Chart
    faces: FaceChain
    caption: Sequence[Line]
    caption_style: Style
    block: int
    space: float = 0.0
    head: int = 0
    keeps_next: bool = False
    opens_page: bool = False

    @property
    def heights(self) -> Sequence[float]:
        """The picture, and each line of the caption."""
        return [CHART_HEIGHT, *[LEADING] * len(self.caption)]

    def may_part(self, _unit: int) -> bool:
        """A picture stays with its caption."""
        return False

    def draw(self, canvas: Canvas, _first: int, _end: int, left: float, top: float) -> None:
        """Draw the picture and its caption under it."""
        name, box = f"FormXob.chart-{self.block}", (left, top - CHART_HEIGHT, left + TYPE_WIDTH, top)
        with canvas.picture(name, box):
            _Picture(self.chart, self.faces, canvas, left, top).draw()
        with canvas.marked((self.block, 0), box):
            canvas.show(name)
        with canvas.marked((self.block, 1)):
            draw_lines(canvas, self.caption, self.caption_style, (left, top - CHART_HEIGHT), TYPE_WIDTH)


def set_chart(chart: Chart, faces: FaceChain, block: int) -> ChartGalley:
    """The chart set as wide as the text, its caption centred below."""
    style = Style(faces, CAPTION_SIZE, LEADING, align="center")
    return ChartGalley(chart, faces, set_balanced(chart.caption, style, TYPE_WIDTH), style, block)


class _Picture(Struct, frozen=True):
    """The bars from an upper left corner, in points."""

    chart: Chart
    faces: FaceChain
    canvas: Canvas
    left: float
    top: float

    def draw(self) -> None:
        """Words come in the order of ``Chart.words``, whatever stands beside what."""
        self.canvas.write(f"{fp_str(0.5)} w")
        self.canvas.line((self.left, self._ground), (self.left + TYPE_WIDTH, self._ground))
        self._draw_key()
        for group in bar_groups(self.chart, Scale(TYPE_WIDTH, BAR, GAP, self._measure)):
            self._write(group.category, self._slot(group.middle, group.pitch), self._ground - 2)
            for series, bar in enumerate(group.bars):
                height = bar.share * (self.top - self._ground - 3 * WORD_PITCH)
                if height:
                    self._fill(series, self.left + bar.left, self._ground, bar.width, height)
                slot = self._slot(bar.middle, group.room - GAP)
                self._write(bar.number, slot, self._ground + height + WORD_PITCH)

    @property
    def _ground(self) -> float:
        """Where the bars stand: above the names of the categories."""
        return self.top - CHART_HEIGHT + WORD_PITCH + 6

    def _slot(self, middle: float, room: float) -> tuple[float, float]:
        """The left and right of what is ``room`` wide around a middle."""
        return self.left + middle - room / 2, self.left + middle + room / 2

    def _draw_key(self) -> None:
        right = self.left + TYPE_WIDTH
        names = [one.name for one in self.chart.series]
        widths = [self._measure(name) + 2 * KEY + 8 for name in names]
        for number, name in enumerate(names):
            at = right - sum(widths[number:])
            self._fill(number, at, self.top - 3 - KEY, KEY, KEY)
            self._write(name, (at + KEY + 4, at + widths[number] - KEY), self.top)

    def _fill(self, series: int, left: float, foot: float, width: float, height: float) -> None:
        """This year's bar is dark, an earlier year's hatched."""
        bar = f"{fp_str(left, foot, width, height)} re"
        if is_dark(self.chart, series):
            self.canvas.write(f"{fp_str(DARK)} g")
            self.canvas.write(f"n {bar} B*")
            self.canvas.write("0 g")
            return
        with self.canvas.restored():
            self.canvas.write(f"n {bar} W* S")
            for start in _steps(foot - width, foot + height):
                self.canvas.line((left, start), (left + width, start + width))

    def _write(self, word: str, slot: tuple[float, float], top: float) -> None:
        """The word in the middle of its slot, smaller where it is too wide for it."""
        left, right = slot
        printable = self.faces.printable(word)
        size = min(CHART_SIZE, CHART_SIZE * (right - left) / max(self._measure(printable), 1))
        style = Style(self.faces, size, WORD_PITCH, align="center")
        width = self._measure(printable, size)
        draw_lines(
            self.canvas, [Line(printable, width, right - left, last=True)], style, (left, top), right - left
        )

    def _measure(self, word: str, size: float = CHART_SIZE) -> float:
        return sum(Style(self.faces, size, WORD_PITCH).widths(word))


def _steps(first: float, last: float) -> Iterator[float]:
    while first < last:
        yield first
        first += HATCH
