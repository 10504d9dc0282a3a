"""A Chart as a picture inside the page's own file: SVG in black and white, by lines and numbers, not colour.

An ``img`` with the picture in its address is kept by editors that drop ``svg``. Measures are in the
picture's own units.
"""

from base64 import b64encode
from collections.abc import Iterator

from pipeline.model.breadth import ems
from pipeline.model.document import Chart
from pipeline.render.bars import Scale, bar_groups, is_dark
from pipeline.render.web_text import Attributes, element, start, text

WIDTH, HEIGHT = 640, 260
GROUND, HIGHEST = 230, 170
"""Where the bars stand, and how high the longest is."""
BAR, GAP = 28, 6
"""A bar's width, and the least between two numbers."""
EM = 14
HATCH = (
    '<pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V5" stroke="#000" stroke-width="2"/></pattern>'
)


def chart_picture(chart: Chart, attributes: Attributes) -> str:
    """The picture as an ``img``, with what it shows in words for who cannot see it."""
    address = f"data:image/svg+xml;base64,{b64encode(chart_svg(chart).encode()).decode('ascii')}"
    return start("img", {"src": address, "alt": chart.description, **attributes})


def chart_svg(chart: Chart) -> str:
    """The picture's file; its words come in the order of ``Chart.words``."""
    names = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    faces = {"font-family": "SimSun, 宋体, serif", "font-size": str(EM), "text-anchor": "middle"}
    ground = f'<path d="M0 {GROUND}H{WIDTH}" stroke="#000"/>'
    return element("svg", HATCH + ground + "".join((*_key(chart), *_bars(chart))), {**names, **faces})


def _key(chart: Chart) -> Iterator[str]:
    """Each pattern and what it stands for, in the upper right corner."""
    for number, series in enumerate(chart.series):
        left = WIDTH - 110 * (len(chart.series) - number)
        yield _bar(chart, number, (left, 4, EM, EM))
        yield _word(series.name, left + 60, 4 + EM - 2, 80)


def _bars(chart: Chart) -> Iterator[str]:
    for group in bar_groups(chart, Scale(WIDTH, BAR, GAP, _width)):
        yield _word(group.category, group.middle, HEIGHT - 10, group.pitch - 4)
        for series, bar in enumerate(group.bars):
            high = bar.share * HIGHEST
            yield _bar(chart, series, (bar.left, GROUND - high, bar.width, high))
            yield _word(bar.number, bar.middle, GROUND - high - 5, group.room - 4)


def _bar(chart: Chart, series: int, box: tuple[float, float, float, float]) -> str:
    """This year's is dark, an earlier year's hatched."""
    fill = "#404040" if is_dark(chart, series) else "url(#h)"
    x, y, width, height = (f"{round(measure, 1):g}" for measure in box)
    place = {"x": x, "y": y, "width": width, "height": height}
    return element("rect", "", {**place, "fill": fill, "stroke": "#000"})


def _word(word: str, middle: float, foot: float, room: float) -> str:
    """A word in its place, pressed together where it is too wide for it."""
    place = {"x": f"{round(middle, 1):g}", "y": f"{round(foot, 1):g}"}
    pressed = {"textLength": f"{room:.0f}", "lengthAdjust": "spacingAndGlyphs"} if _width(word) > room else {}
    return element("text", text(word), {**place, **pressed})


def _width(word: str) -> float:
    """About how wide a word is."""
    return ems(word) * EM
