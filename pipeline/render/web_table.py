"""A grid as an HTML table: its merges, and which cells are labels of what (HTML Standard, 4.9)."""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.web_text import Attributes, element, start, text

_FIGURES = frozenset((CellRole.FIGURE, CellRole.VOID, CellRole.WORDS))

Dressing = Callable[[GridCell], Attributes]
"""The attributes a writer gives a cell beyond its spans and scope."""


def rows(grid: Grid, dressing: Dressing) -> list[str]:
    """The grid's rows, each one ``tr``; a cell stands in the row where it begins."""
    lines: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        lines[cell.row].append(_cell(cell, dressing))
    return [element("tr", "".join(line)) for line in lines]


def page_table(grid: Grid, anchor: str) -> str:
    """The table of the web page, in a frame that a narrow screen scrolls; ``anchor`` begins all its ids.

    Every figure names its labels (``headers``): by scope alone a figure under the second block of column
    labels would belong to the first block's too.
    """
    return framed(grid, anchor, lambda _: {}, {"style": f"--least:{_least_width(grid)}em"}, _columns(grid))


def framed(grid: Grid, anchor: str, dressing: Dressing, attributes: Attributes, columns: str = "") -> str:
    """The table in its frame, dressed by a writer: each cell, the table itself, and its columns (HTML)."""
    ids = {cell: f"{anchor}-{number}" for number, cell in enumerate(grid.cells, start=1)}
    lines = rows(grid, lambda cell: {**_names(grid, cell, ids), **dressing(cell)})
    bodies = (element("tbody", "".join(lines[first:end])) for first, end in pairwise(_body_edges(grid)))
    content = (
        element("caption", text(grid.caption), {"id": anchor}),
        columns,
        element("thead", "".join(lines[: grid.head])) if grid.head else "",
        *bodies,
    )
    table = element("table", "".join(content), attributes)
    frame = {"class": "frame", "role": "region", "aria-labelledby": anchor, "tabindex": "0"}
    return element("div", table, frame)


def _cell(cell: GridCell, dressing: Dressing) -> str:
    spans = {"rowspan": cell.rows, "colspan": cell.columns}
    attributes = {name: str(span) for name, span in spans.items() if span > 1}
    tag = "td" if cell.role in _FIGURES else "th"
    scope = {} if tag == "td" else {"scope": _scope(cell)}
    return element(tag, text(cell.text), {**attributes, **scope, **dressing(cell)})


def _scope(cell: GridCell) -> str:
    """A band is a label of the rows under it, up to the next band."""
    if cell.role is CellRole.BAND:
        return "rowgroup"
    if cell.role is CellRole.STUB:
        return "row" if cell.rows == 1 else "rowgroup"
    return "col" if cell.columns == 1 else "colgroup"


def _names(grid: Grid, cell: GridCell, ids: dict[GridCell, str]) -> Attributes:
    """A label's own id; the ids of a figure's labels."""
    if cell.role not in _FIGURES:
        return {"id": ids[cell]}
    bands = [band for band in grid.cells if band.role is CellRole.BAND and band.row < cell.row]
    return {"headers": " ".join(ids[label] for label in (*bands[-1:], *grid.labels(cell)))}


def _body_edges(grid: Grid) -> Sequence[int]:
    """Where the table's bodies begin and end: at each band, and around a label of several rows."""
    edges = {grid.head, grid.rows}
    for cell in grid.cells:
        if cell.role is CellRole.BAND:
            edges.add(cell.row)
        elif cell.role is CellRole.STUB and cell.column == 0 and cell.rows > 1:
            edges |= {cell.row, cell.row + cell.rows}
    crossed = {row for cell in grid.cells for row in range(cell.row + 1, cell.row + cell.rows)}
    return sorted(edges - crossed)


def _least_width(grid: Grid) -> int:
    """How wide the table must be, in characters, so that the narrowest figure has room for three."""
    narrowest = min(
        (sum(grid.widths[cell.column : cell.column + cell.columns]) for cell in grid.cells if cell.address),
        default=sum(grid.widths),
    )
    return 3 * sum(grid.widths) // narrowest


def _columns(grid: Grid) -> str:
    """The columns with their shares of the table's width."""
    whole = sum(grid.widths)
    edges = [round(1000 * edge / whole) for edge in accumulate(grid.widths, initial=0)]
    shares = ((right - left) / 10 for left, right in pairwise(edges))
    return element("colgroup", "".join(start("col", {"style": f"width:{share:g}%"}) for share in shares))
