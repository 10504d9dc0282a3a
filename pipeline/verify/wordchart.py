"""The words and numbers of a chart in a Word file, as its chart part holds them (ECMA-376 part 1, 21.2)."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import cast

from docx.opc.part import Part
from lxml import etree

NAMESPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_NAMED = etree.XPath(".//c:chart/@r:id", namespaces=NAMESPACES)
_SERIES = etree.XPath(".//c:ser", namespaces=NAMESPACES)
_NAME = etree.XPath("string(c:tx//c:v)", namespaces=NAMESPACES)
_CATEGORIES = etree.XPath("c:cat//c:pt/c:v/text()", namespaces=NAMESPACES)
_VALUES = etree.XPath("c:val//c:pt/c:v/text()", namespaces=NAMESPACES)


def chart_words(body: etree._Element, main: Part) -> Iterator[tuple[str, ...]]:
    """Each chart of the document in order: the names of its series, then each category with its numbers.

    A chart that cannot be read, or has no bars, has no words.
    """
    for name in cast("list[str]", _NAMED(body)):
        try:
            root = etree.fromstring(main.related_parts[name].blob)
        except (KeyError, etree.LxmlError):
            yield ()
        else:
            words = _words(cast("list[etree._Element]", _SERIES(root)))
            yield tuple("".join(word.split()) for word in words)


def _words(series: Sequence[etree._Element]) -> Iterator[str]:
    yield from (cast("str", _NAME(one)) for one in series)
    categories = (cast("list[str]", _CATEGORIES(one)) for one in series[:1])
    values = (cast("list[str]", _VALUES(one)) for one in series)
    for group in zip_longest(*categories, *values, fillvalue=""):
        yield from group
