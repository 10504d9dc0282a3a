"""The words and numbers of a chart in a Word file, as its chart part holds them (ECMA-376 part 1, 21.2)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import cast

from lxml import etree

from pipeline.verify.space import without_space
from pipeline.verify.wordpackage import parsed

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
PLAIN = frozenset(("", "0", "0_ ", "General", "G/通用格式", "@", "#,##0"))
"""Number formats under which a whole number is shown as what it is; the programs write one for another."""
_NAMED = etree.XPath(".//c:chart/@r:id", namespaces=NAMESPACES)
_CHARTS = etree.XPath(".//c:chart[@r:id]", namespaces=NAMESPACES)
_DESCRIPTION = etree.XPath(
    "string(ancestor::*[self::wp:inline or self::wp:anchor][1]/wp:docPr/@descr)", namespaces=NAMESPACES
)
_SERIES = etree.XPath(".//c:ser", namespaces=NAMESPACES)
_NAME = etree.XPath("string(c:tx//c:v)", namespaces=NAMESPACES)
_CATEGORIES = etree.XPath("c:cat//c:pt/c:v/text()", namespaces=NAMESPACES)
_VALUES = etree.XPath("c:val//c:pt/c:v/text()", namespaces=NAMESPACES)
_TYPED = etree.XPath(".//a:t/text()", namespaces=NAMESPACES)
_FORMATS = etree.XPath(
    ".//c:val//c:formatCode/text() | .//c:val//c:pt/@formatCode | .//c:dLbls//c:numFmt/@formatCode"
    " | .//c:valAx/c:numFmt/@formatCode",
    namespaces=NAMESPACES,
)
_OTHER_SCALE = etree.XPath(
    "boolean(.//c:valAx[c:dispUnits or c:scaling[c:logBase or c:min/@val != 0"
    " or c:orientation/@val = 'maxMin' or c:max/@val < //c:val//c:pt/c:v]])",
    namespaces=NAMESPACES,
)
"""Bars that do not begin at 0, or end before their number."""


def chart_words(body: etree._Element, parts: Mapping[str, bytes]) -> Iterator[tuple[str, ...]]:
    """Each chart of the document in order: the names of its series, then each category with its numbers;
    behind them what else it shows, and in words what shows the numbers as others.

    ``parts`` are what the document names, by id. A chart that cannot be read, or has no bars, has no words.
    """
    for name in cast("list[str]", _NAMED(body)):
        try:
            root = parsed(parts[name])
        except (KeyError, etree.LxmlError):
            yield ()
        else:
            words = _words(cast("list[etree._Element]", _SERIES(root)))
            yield tuple(map(without_space, (*words, *_changed(root))))


def chart_descriptions(body: etree._Element) -> Iterator[str]:
    """What is said of each chart in words; "" where nothing is, as in what LibreOffice saves."""
    for chart in cast("list[etree._Element]", _CHARTS(body)):
        yield without_space(cast("str", _DESCRIPTION(chart)))


def _words(series: Sequence[etree._Element]) -> Iterator[str]:
    yield from (cast("str", _NAME(one)) for one in series)
    categories = (cast("list[str]", _CATEGORIES(one)) for one in series[:1])
    values = (cast("list[str]", _VALUES(one)) for one in series)
    for group in zip_longest(*categories, *values, fillvalue=""):
        yield from group


def _changed(root: etree._Element) -> Iterator[str]:
    """Text typed into the chart, and what a report's chart has not."""
    yield from cast("list[str]", _TYPED(root))
    if not PLAIN.issuperset(cast("list[str]", _FORMATS(root))):
        yield "改过的数字格式"
    if _OTHER_SCALE(root):
        yield "改过的坐标轴"
