"""DOCX by docxtpl: our own Word file as its template, an expression in place of every figure and paragraph."""

import io
from collections.abc import Iterator

from docxtpl import DocxTemplate
from msgspec.structs import replace

from pipeline.model.document import Block, Document, Paragraph, Table
from pipeline.model.narrative import Run
from pipeline.render.word import render_word


def template(document: Document) -> bytes:
    """A template for documents of the same shape: as many paragraphs, the same headings and tables."""
    title = tuple(f"{{{{ l{number} }}}}" for number in range(len(document.title_lines)))
    return render_word(replace(document, title_lines=title, blocks=tuple(_expressions(document))))


def _expressions(document: Document) -> Iterator[Block]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield Paragraph((Run(f"{{{{ p{number} }}}}"),))
        elif isinstance(block, Table):
            addresses = [cell.address for cell in block.grid.cells if cell.address]
            yield Table(block.grid.filled({one: f"{{{{ c.{one} }}}}" for one in addresses}))
        else:
            yield block


def context(document: Document) -> dict[str, object]:
    """What goes into the template: title lines, paragraphs by number, figures by table, row and column."""
    found: dict[str, object] = {f"l{number}": line for number, line in enumerate(document.title_lines)}
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            found[f"p{number}"] = block.text
    texts = {cell.address: cell.text for grid in document.grids for cell in grid.cells if cell.address}
    return found | {"c": nested(texts)}


def nested(texts: dict[str, str]) -> dict[str, dict[str, dict[str, str]]]:
    """Texts by address as table, row and column, one within the other."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for address, text in texts.items():
        table, row, column = address.split(".")
        found.setdefault(table, {}).setdefault(row, {})[column] = text
    return found


def rendered(form: bytes, given: dict[str, object]) -> bytes:
    """The Word file."""
    report = DocxTemplate(io.BytesIO(form))
    report.render(given, autoescape=True)
    written = io.BytesIO()
    report.save(written)
    return written.getvalue()
