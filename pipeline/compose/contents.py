"""A list of contents for a report whose office wants one (report.toml, contents = true)."""

from msgspec.structs import replace

from pipeline.model.document import Contents, Document, Heading

DEEPEST = 2
"""The list goes down to （一）; what stands below is found by eye."""


def with_contents(document: Document) -> Document:
    """The document with its list of contents before everything else but the title."""
    headings = (block for block in document.blocks if isinstance(block, Heading))
    contents = Contents(tuple(heading for heading in headings if heading.level <= DEEPEST))
    return replace(document, blocks=(contents, *document.blocks))
