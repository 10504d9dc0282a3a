"""A Chart as bars in black and white: what each shows is told by its pattern and its number, not by colour.

The picture is one object of the page (a form XObject), so that its words are never taken for the text's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.document import Chart
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


@dataclass(frozen=True)
class ChartGalley:
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
        name = f"chart-{self.block}"
        canvas.beginForm(name, left, top - CHART_HEIGHT, left + TYPE_WIDTH, top)
        _Picture(self.chart, self.faces, canvas, left, top).draw()
        canvas.endForm()
        with canvas.marked((self.block, 0), (left, top - CHART_HEIGHT, left + TYPE_WIDTH, top)):
            canvas.doForm(name)
        with canvas.marked((self.block, 1)):
            draw_lines(canvas, self.caption, self.caption_style, (left, top - CHART_HEIGHT), TYPE_WIDTH)


def set_chart(chart: Chart, faces: FaceChain, block: int) -> ChartGalley:
    """The chart set as wide as the text, its caption centred below."""
    style = Style(faces, CAPTION_SIZE, LEADING, align="center")
    return ChartGalley(chart, faces, set_balanced(chart.caption, style, TYPE_WIDTH), style, block)


@dataclass(frozen=True)
class _Picture:
    """The bars from an upper left corner, in points."""

    chart: Chart
    faces: FaceChain
    canvas: Canvas
    left: float
    top: float

    def draw(self) -> None:
        """Words come in the order of ``Chart.words``, whatever stands beside what."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(self.left, self._ground, self.left + TYPE_WIDTH, self._ground)
        self._draw_key()
        for number, (category, *values) in enumerate(self.chart.groups):
            self._write(category, self._slot(number), self._ground - 2)
            for series, value in enumerate(values):
                self._draw_bar(number, series, value)

    @property
    def _ground(self) -> float:
        """Where the bars stand: above the names of the categories."""
        return self.top - CHART_HEIGHT + WORD_PITCH + 6

    @property
    def _pitch(self) -> float:
        """The width of a category."""
        return TYPE_WIDTH / len(self.chart.categories)

    @property
    def _bar(self) -> float:
        return min(BAR, self._pitch / (len(self.chart.series) + 1))

    def _slot(self, number: int) -> tuple[float, float]:
        """A category's left and right."""
        return self.left + number * self._pitch, self.left + (number + 1) * self._pitch

    def _draw_key(self) -> None:
        right = self.left + TYPE_WIDTH
        names = [one.name for one in self.chart.series]
        widths = [self._width(name, CHART_SIZE) + 2 * KEY + 8 for name in names]
        for number, name in enumerate(names):
            at = right - sum(widths[number:])
            self._fill(number, at, self.top - 3 - KEY, KEY, KEY)
            self._write(name, (at + KEY + 4, at + widths[number] - KEY), self.top)

    def _draw_bar(self, number: int, series: int, value: str) -> None:
        left, right = self._slot(number)
        bar = self._bar
        near = (left + right) / 2 + (series - len(self.chart.series) / 2) * bar
        height = float(Decimal(value) / self._most) * (self.top - self._ground - 3 * WORD_PITCH)
        if height:
            self._fill(series, near + 1, self._ground, bar - 2, height)
        # Numbers wider than their bars stand apart, as far as the category can spare.
        room = self._pitch / len(self.chart.series)
        widest = max(self._width(one, CHART_SIZE) for one in self.chart.groups[number][1:])
        apart = min(room, max(bar, widest + GAP))
        middle = (left + right) / 2 + (series - (len(self.chart.series) - 1) / 2) * apart
        half = (room - GAP) / 2
        self._write(value, (middle - half, middle + half), self._ground + height + WORD_PITCH)

    @property
    def _most(self) -> Decimal:
        return max(*(max(one.values) for one in self.chart.series), Decimal(1))

    def _fill(self, series: int, left: float, foot: float, width: float, height: float) -> None:
        """This year's bar is dark, an earlier year's hatched."""
        if series == len(self.chart.series) - 1:
            self.canvas.setFillGray(DARK)
            self.canvas.rect(left, foot, width, height, fill=1)
            self.canvas.setFillGray(0)
            return
        self.canvas.saveState()
        outline = self.canvas.beginPath()
        outline.rect(left, foot, width, height)
        self.canvas.clipPath(outline, stroke=1, fill=0)
        for start in _steps(foot - width, foot + height):
            self.canvas.line(left, start, left + width, start + width)
        self.canvas.restoreState()

    def _write(self, word: str, slot: tuple[float, float], top: float) -> None:
        """The word in the middle of its slot, smaller where it is too wide for it."""
        left, right = slot
        printable = self.faces.printable(word)
        size = min(CHART_SIZE, CHART_SIZE * (right - left) / max(self._width(printable, CHART_SIZE), 1))
        style = Style(self.faces, size, WORD_PITCH, align="center")
        width = self._width(printable, size)
        draw_lines(
            self.canvas, [Line(printable, width, right - left, last=True)], style, (left, top), right - left
        )

    def _width(self, word: str, size: float) -> float:
        return sum(Style(self.faces, size, WORD_PITCH).widths(word))


def _steps(first: float, last: float) -> Iterator[float]:
    while first < last:
        yield first
        first += HATCH
