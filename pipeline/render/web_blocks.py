"""The report's blocks as HTML elements, in a writer's own dress: the page's, or the fragment's."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from pipeline.model.document import DRAFT, Chart, Contents, Document, Heading, Paragraph, Table
from pipeline.model.grid import Grid
from pipeline.render.web_text import Attributes, element, text


class Dress(Struct, frozen=True):
    """How a writer dresses the report.

    ``draft`` are the attributes of the 草稿 that stands before all else; ``heading`` gives a heading's by its
    level; ``contents`` sets the list of headings and is given the ids to lead to; ``table`` sets a grid and
    is given an id that no other table of the report has; ``chart`` sets a picture and its caption. ``indent``
    stands before each heading and passage.
    """

    title: tuple[str, Attributes]
    draft: Attributes
    heading: Callable[[int], Attributes]
    contents: Callable[[Contents, Sequence[str]], str]
    table: Callable[[Grid, str], str]
    chart: Callable[[Chart], str]
    indent: str = ""


def blocks(document: Document, dress: Dress) -> Iterator[str]:
    """The title and every block in order.

    Headings are ``h2`` to ``h5``, as deep as they stand in the document.
    """
    if document.draft:
        yield element("p", DRAFT, dress.draft)
    tag, attributes = dress.title
    yield element(tag, "<br>".join(map(text, document.title_lines)), attributes)
    depths = document.depths
    anchors = _anchors(document)
    for number, block in enumerate(document.blocks, start=1):
        match block:
            case Heading():
                named = {"id": anchors[number]} if number in anchors else {}
                content = dress.indent + text(block.text)
                yield element(f"h{depths[number] + 1}", content, {**dress.heading(block.level), **named})
            case Paragraph():
                yield element("p", dress.indent + text(block.text))
            case Contents():
                yield dress.contents(block, list(anchors.values()))
            case Chart():
                yield dress.chart(block)
            case Table():
                yield dress.table(block.grid, f"{block.grid.id}-{number}")


def _anchors(document: Document) -> dict[int, str]:
    """The ids of the headings that a list of contents leads to, by block."""
    lists = (block for block in document.blocks if isinstance(block, Contents))
    return {number: f"part-{number}" for block in lists for number in block.targets(document.blocks)}
