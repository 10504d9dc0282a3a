"""Compare the pictures' words and numbers as read back with the Document's charts."""

from collections.abc import Iterator
from itertools import zip_longest

from pipeline.model.document import Chart, Document
from pipeline.model.finding import Finding
from pipeline.model.rendition import ReadBack
from pipeline.verify.align import aligned, excerpts, texts_likeness
from pipeline.verify.compare_line import NOTHING
from pipeline.verify.compare_table import MISSING, Reporter
from pipeline.verify.space import without_space

ADDED = "多出的图"
WHOLE = "（整幅图）"
SPOKEN = "（替代文字）"
"""What a screen reader says of a picture, as word processors call it."""


def compare_charts(document: Document, read: ReadBack, report: Reporter) -> Iterator[Finding]:
    """A finding for each picture that says another word or number, is missing, or was added."""
    expected = [tuple(map(without_space, chart.words)) for chart in document.charts]
    for i, j in aligned(expected, read.charts, texts_likeness):
        name = ADDED if i is None else document.charts[i].caption
        if i is None:
            yield report("readback-chart", chart=name, found=WHOLE, expected=NOTHING)
        elif j is None or not read.charts[j]:
            yield report("readback-chart", chart=name, found=MISSING, expected=WHOLE)
        elif read.charts[j] != expected[i]:
            shown, other = _differing(expected[i], read.charts[j])
            yield report("readback-chart", chart=name, found=other, expected=shown)
        elif read.descriptions and read.descriptions[j]:
            yield from _described(document.charts[i], read.descriptions[j], report)


def _described(chart: Chart, found: str, report: Reporter) -> Iterator[Finding]:
    """A finding where the words for who cannot see the picture say something else."""
    expected = without_space(chart.description)
    if found != expected:
        shown, other = excerpts(expected, found)
        yield report(
            "readback-chart", chart=chart.caption, found=f"{SPOKEN}{other}", expected=f"{SPOKEN}{shown}"
        )


def _differing(expected: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, str]:
    """The words that differ, each with the one before it: a number is known by what it stands behind.

    What is only added stands alone.
    """
    if expected and found[: len(expected)] == expected:
        return NOTHING, "、".join(found[len(expected) :])
    pairs = list(zip_longest(expected, found, fillvalue=MISSING))
    first = next((place for place, (one, other) in enumerate(pairs) if one != other), 0)
    shown = pairs[max(first - 1, 0) : first + 1]
    return " ".join(one for one, _ in shown), " ".join(other for _, other in shown)
