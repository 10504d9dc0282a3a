"""A sheet's rows as text, put into the part that the workbook library has made of all the rest.

The library takes several times as long for a cell, and keeps each of them. Cells stand byte for byte as it
would write them (ECMA-376 part 1, 18.3.1.4 ``c``, 18.3.1.73 ``row``, 18.3.1.80 ``sheetData``).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape
from operator import itemgetter

from msgspec import Struct
from openpyxl.compat import safe_string

from pipeline.model.place import a1, column_letters

_NUMBER = "#"
"""Stands for the row's number in a pattern: no letters and no style have it."""
_NO_ROWS = b"<sheetData></sheetData>"
_NO_EXTENT = b'<dimension ref="A1:A1"'


class Line(Struct, frozen=True):
    """One of many rows that look alike: the texts it begins with, its height in points, its figures.

    A text stands as a cell holds it, a figure as it is written into the part, "" for none.
    """

    texts: tuple[str, ...]
    height: float
    figures: tuple[str, ...]


class Rows:
    """The rows of one sheet; rows and columns count from 1, styles as the workbook numbers them."""

    def __init__(self) -> None:
        self._cells: defaultdict[int, dict[int, str]] = defaultdict(dict)
        self._heights: dict[int, float] = {}
        self._runs: list[tuple[int, str, Sequence[Line]]] = []
        self._wide = 0

    @property
    def extent(self) -> tuple[int, int]:
        """The last row and the last column that has a cell; (1, 1) where there is none."""
        ends = (first + len(lines) - 1 for first, _, lines in self._runs)
        return max((1, *self._cells, *ends)), max(1, self._wide)

    def text(self, row: int, column: int, style: int, text: str) -> None:
        """A text as a cell holds it."""
        self._put(row, column, style, _text(text))

    def number(self, row: int, column: int, style: int, value: Decimal | int | None) -> None:
        """A number, None for an empty cell."""
        self._put(row, column, style, _figure("" if value is None else safe_string(value)))

    def formula(self, row: int, column: int, style: int, formula: str) -> None:
        """A formula with its ``=``, without a result."""
        self._put(row, column, style, f"><f>{_told(formula[1:])}</f><v></v></c>")

    def height(self, row: int, points: float) -> None:
        """The least height of a row."""
        self._heights[row] = max(self._heights.get(row, 0), points)

    def lines(self, first: int, styles: Sequence[int], lines: Sequence[Line]) -> None:
        """Lines from a row on, their cells in these styles; no other cells stand in these rows."""
        if lines:
            self._runs.append((first, _pattern(styles), lines))
            self._wide = max(self._wide, len(styles))

    def put_into(self, part: bytes) -> bytes:
        """The sheet's part, which has no rows yet, with these.

        ValueError where it has some, or where a line and something else were to stand in one row.
        """
        extent, rows = part.index(_NO_EXTENT), part.index(_NO_ROWS)
        reach = b'<dimension ref="A1:%b"' % a1(*self.extent).encode()
        head = part[:extent] + reach + part[extent + len(_NO_EXTENT) : rows]
        end = part[rows + len(_NO_ROWS) :]
        return b"".join((head, b"<sheetData>", *self._written(), b"</sheetData>", end))

    def _put(self, row: int, column: int, style: int, content: str) -> None:
        self._cells[row][column] = f'<c r="{a1(row, column)}" s="{style}"{content}'
        self._wide = max(self._wide, column)

    def _written(self) -> Iterator[bytes]:
        """Every row, from the top."""
        single = [(row, "", ()) for row in {*self._cells, *self._heights}]
        end = 0
        for row, pattern, lines in sorted([*self._runs, *single], key=itemgetter(0)):
            if row <= end:
                message = f"row {row} is a line's already"
                raise ValueError(message)
            end = max(row, row + len(lines) - 1)
            yield from (_row(number, line, pattern) for number, line in enumerate(lines, start=row))
            if not lines:
                yield self._single(row)

    def _single(self, row: int) -> bytes:
        height, cells = self._heights.get(row), self._cells.get(row, {})
        tall = "" if height is None else f' ht="{safe_string(height)}" customHeight="1"'
        content = "".join([cells[column] for column in sorted(cells)])
        return f'<row r="{row}"{tall}>{content}</row>'.encode("ascii", "xmlcharrefreplace")


@lru_cache(maxsize=1024)  # most are few small ones, which come again at every agency
def written(numeral: str) -> str:
    """A figure as the workbook library writes it, in the 16 digits of a spreadsheet's number; "" for none."""
    return safe_string(Decimal(numeral)) if numeral else ""


def _pattern(styles: Sequence[int]) -> str:
    """A row with the letters and the style of each cell, to be filled in by ``_row``."""
    cells = (
        f'<c r="{column_letters(place)}{_NUMBER}" s="{style}"%s'
        for place, style in enumerate(styles, start=1)
    )
    return f'<row r="{_NUMBER}" ht="%s" customHeight="1">{"".join(cells)}</row>'


def _row(number: int, line: Line, pattern: str) -> bytes:
    """A line as a row; TypeError where it has not as many cells as the pattern."""
    told = (safe_string(line.height), *map(_text, line.texts), *map(_figure, line.figures))
    return (pattern.replace(_NUMBER, str(number)) % told).encode("ascii", "xmlcharrefreplace")


def _text(text: str) -> str:
    if not text:
        return ' t="inlineStr"></c>'
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f' t="inlineStr"><is><t{kept}>{_told(text)}</t></is></c>'


def _told(text: str) -> str:
    """A text as XML tells it; a line end of its own would be read as another."""
    return escape(text, quote=False).replace("\r", "&#13;")


@lru_cache(maxsize=1024)
def _figure(figure: str) -> str:
    return f' t="n"><v>{figure}</v></c>' if figure else ' t="n"></c>'
