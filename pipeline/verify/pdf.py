"""Reading a report's PDF back: its tables, cell by cell, and every line outside them, from the page alone."""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest

from pipeline.model.document import DRAFT
from pipeline.model.grid import Grid
from pipeline.model.rendition import ReadBack
from pipeline.verify.pdfpage import Piece, PrintedLine, PrintedPage, opened, read_attachments, read_pages

MM = 72 / 25.4
LEFT, FOOT = 28 * MM, 35 * MM
"""The type area's left edge and foot (GB/T 9704—2012, 5.2)."""
INDENT = 12.0
"""A line that begins so far in (points) begins a paragraph; the official indent is two characters, 32."""
TITLE_SIZE = 20.0
"""The title is set in 22 points, all else in 16 or less."""
ENTRY = re.compile(r"(.+?)…{3,}(\d+)")
"""A line of the list of contents: heading, dots, page."""


def read_pdf(content: bytes, grids: Sequence[Grid]) -> ReadBack:
    """What stands in a report's PDF; the grids say only how its tables are built, not what is in them.

    A page's own number and the 草稿 behind it are left out; anything else in their place is a line. A head
    row or a span's label printed again overleaf is left out where it says the same, else added to its cell.
    Annotations and a page that is cut or turned, which no report has, are lines after all others.
    OperatorError (input) where the file is no PDF.
    """
    with opened(content) as document:
        pages, attachments = list(read_pages(document)), tuple(read_attachments(document))
    pieces = [piece for page in pages for piece in page.pieces]
    added = [f"（第{page.number}页{words}）" for page in pages for words in page.added]
    charts = tuple(chart for page in pages for chart in page.charts)
    return ReadBack(
        (*_paragraphs(pages), *added),
        _tables(pieces, grids),
        charts=charts,
        descriptions=tuple(text for page in pages for text in page.descriptions),
        attachments=attachments,
    )


def _paragraphs(pages: Iterable[PrintedPage]) -> tuple[str, ...]:
    """Title, headings and passages, whole again."""
    texts: list[str] = []
    begun: list[int] = []
    """The page on which each begins."""
    in_title = False
    for page in pages:
        if page.behind not in {"", DRAFT}:
            texts.append(page.behind)
            begun.append(page.number)
        for line in page.lines:
            if _is_page_number(line, page.number):
                continue
            is_title = line.size >= TITLE_SIZE
            goes_on = (is_title and in_title) if is_title or in_title else line.x < LEFT + INDENT
            if texts and goes_on:
                texts[-1] += line.text
            else:
                texts.append(line.text)
                begun.append(page.number)
            in_title = is_title
    return tuple(_without_page(text, set(zip(texts, begun, strict=True))) for text in texts)


def _without_page(text: str, begun: AbstractSet[tuple[str, int]]) -> str:
    """An entry of the contents as its heading alone, if that heading does begin on the page it names."""
    entry = ENTRY.fullmatch(text)
    return entry[1] if entry and (entry[1], int(entry[2])) in begun else text


def _is_page_number(line: PrintedLine, page: int) -> bool:
    """Whether the line is the page's own number, below the type area."""
    return line.y < FOOT and line.text == f"—{page}—"


def _tables(pieces: Sequence[Piece], grids: Sequence[Grid]) -> tuple[tuple[str, ...], ...]:
    """Each grid's cell texts; pieces beyond the last grid's are tables of their own."""
    waiting = deque(pieces)
    tables = []
    for grid in grids:
        texts: dict[int, str] = {}
        """By the cell's place among the grid's."""
        surplus: list[str] = []
        row, rows = 0, grid.rows
        while row < rows and waiting:
            piece = waiting.popleft()
            repeated = grid.head if row else 0
            end = row + piece.rows - repeated
            head = [place for place, cell in enumerate(grid.cells) if cell.row < repeated]
            surplus += _record(texts, head + _cells(grid, row, end), piece.texts)
            row = end
        tables.append((*(texts.get(place, "") for place in range(len(grid.cells))), *surplus))
    return (*tables, *(piece.texts for piece in waiting))


def _cells(grid: Grid, start: int, end: int) -> list[int]:
    """The cells that reach into rows start..end-1, in the order they stand there."""
    reaching = (
        (max(cell.row, start), cell.column, place)
        for place, cell in enumerate(grid.cells)
        if cell.row < end and cell.row + cell.rows > start
    )
    return [place for _, _, place in sorted(reaching)]


def _record(texts: dict[int, str], cells: Sequence[int], found: Sequence[str]) -> list[str]:
    """Enter a piece's texts at their cells; returns those for which there is no cell."""
    surplus = []
    for cell, text in zip_longest(cells, found):
        if cell is None:
            surplus.append(text)
        elif text is not None and texts.get(cell) != text:
            texts[cell] = texts.get(cell, "") + text
    return surplus
