"""The report as a piece of HTML to paste into a portal's editor.

Editors drop style sheets and classes, and some drop styles: so each cell carries its own, the borders and
alignments stand a second time as attributes, and lines are indented by two full-width blanks.
"""

from collections.abc import Sequence

from pipeline.model.document import Chart, Contents, Document
from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.measures import TITLE_SIZE
from pipeline.render.web_blocks import Dress, blocks
from pipeline.render.web_chart import HEIGHT, WIDTH, chart_picture
from pipeline.render.web_table import rows
from pipeline.render.web_text import Attributes, element, lined, start, text

INDENT = "\u3000\u3000"
_CENTRED: Attributes = {
    "align": "center",
    "style": f"text-align:center;font-size:{TITLE_SIZE:g}pt;font-weight:bold",
}


def render_fragment(document: Document) -> bytes:
    """The fragment in UTF-8, its encoding named at its head; the same document gives the same bytes."""
    lines = ("<!DOCTYPE html>", start("meta", {"charset": "utf-8"}), *blocks(document, DRESS), "")
    return "\n".join(lines).encode()


def fragment_table(grid: Grid, _: str) -> str:
    """The table: rows and cells alone, nothing that an editor might not know."""
    attributes = {
        "border": "1",
        "cellspacing": "0",
        "cellpadding": "4",
        "width": "100%",
        "align": "center",
        "style": "width:100%;border-collapse:collapse;border:1px solid #000",
    }
    return element("table", element("tbody", lined(*rows(grid, _cell))), attributes)


def _contents(block: Contents, _: Sequence[str]) -> str:
    """The headings as lines: an editor drops the ids that links would lead to."""
    return lined(*(element("p", INDENT + text(line)) for line in block.lines))


def _figure(chart: Chart) -> str:
    """The picture and its caption, each a line in the middle."""
    picture = chart_picture(chart, {"style": "max-width:100%", "width": str(WIDTH), "height": str(HEIGHT)})
    centred = {"align": "center", "style": "text-align:center"}
    return lined(element("p", picture, centred), element("p", text(chart.caption), centred))


def _cell(cell: GridCell) -> Attributes:
    """Row labels at the left, as on the page, all else in the middle."""
    left = cell.role is CellRole.WORDS or (cell.role is CellRole.STUB and cell.rows == 1)
    side = "left" if left else "center"
    style = f"border:1px solid #000;padding:4px;font-weight:normal;text-align:{side};vertical-align:middle"
    return {"align": side, "valign": "middle", "style": style}


DRESS = Dress(
    title=("p", _CENTRED),
    draft=_CENTRED,
    heading=lambda _: {"style": "font-size:1em;font-weight:bold"},
    contents=_contents,
    table=fragment_table,
    chart=_figure,
    indent=INDENT,
)
