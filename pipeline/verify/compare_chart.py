"""Compare the pictures' words and numbers as read back with the Document's charts."""

from collections.abc import Iterator
from itertools import zip_longest

from pipeline.model.document import Document
from pipeline.model.finding import Finding
from pipeline.model.rendition import ReadBack
from pipeline.verify.compare_line import NOTHING
from pipeline.verify.compare_table import MISSING, Reporter

ADDED = "多出的图"


def compare_charts(document: Document, read: ReadBack, report: Reporter) -> Iterator[Finding]:
    """A finding for each picture that says another word or number, is missing, or was added."""
    for chart, found in zip_longest(document.charts, read.charts):
        expected = tuple("".join(word.split()) for word in chart.words) if chart else ()
        if found == expected:
            continue
        shown, other = _differing(expected, found or ())
        yield report(
            "readback-chart",
            chart=chart.caption if chart else ADDED,
            found=other if found else MISSING,
            expected=shown,
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
