"""Where a Chart's bars and numbers stand, in the units of whoever draws them: the PDF's points, the web's."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec import Struct

from pipeline.model.document import Chart

WHITE = 1
"""What a bar leaves free at each side."""


class Bar(Struct, frozen=True):
    """A bar: its left edge, its width, its ``share`` of the longest one's height, its number's ``middle``."""

    left: float
    width: float
    share: float
    number: str
    middle: float


class Group(Struct, frozen=True):
    """A category and a bar for each series; a number may take ``room``, the category's name ``pitch``."""

    category: str
    middle: float
    pitch: float
    room: float
    bars: tuple[Bar, ...]


class Scale(Struct, frozen=True):
    """The picture's ``width``, the widest a bar may be, the least ``gap`` between numbers, a word's width."""

    width: float
    widest: float
    gap: float
    measure: Callable[[str], float]


def is_dark(chart: Chart, series: int) -> bool:
    """Whether a series' bars are dark: this year's are, an earlier year's hatched."""
    return series == len(chart.series) - 1


def bar_groups(chart: Chart, scale: Scale) -> Iterator[Group]:
    """The categories from the left edge on, 0.

    Numbers wider than their bars stand apart, as far as the category can spare.
    """
    pitch, count = scale.width / len(chart.categories), len(chart.series)
    bar, room = min(scale.widest, pitch / (count + 1)), pitch / count
    most = max(*(max(series.values) for series in chart.series), Decimal(1))
    for place, (category, *numbers) in enumerate(chart.groups):
        middle = (place + 0.5) * pitch
        apart = min(room, max(bar, max(map(scale.measure, numbers)) + scale.gap))
        steps = [(series - (count - 1) / 2, number) for series, number in enumerate(numbers)]
        bars = [
            Bar(
                left=middle + (step - 0.5) * bar + WHITE,
                width=bar - 2 * WHITE,
                share=float(Decimal(number) / most),
                number=number,
                middle=middle + step * apart,
            )
            for step, number in steps
        ]
        yield Group(category, middle, pitch, room, tuple(bars))
