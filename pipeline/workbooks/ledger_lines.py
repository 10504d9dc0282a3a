"""The agencies' lines of a ledger's sheet, written as text into the finished part behind the first of them.

The workbook library takes eight times as long for a line, and keeps each of its cells. It writes the first
line; the others are like it, cell for cell, byte for byte as it would write them, and stand where its row
numbers have left room (ECMA-376 part 1, 18.3.1.73 ``row``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape

from openpyxl.compat import safe_string

_CELL = re.compile(r'<c r="([A-Z]+)\d+" s="(\d+)"')


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet: the texts it begins with, as a cell holds them, its height in points, its figures.

    A figure stands as it is written into the part, "" for none.
    """

    texts: tuple[str, ...]
    height: float
    figures: tuple[str, ...]


def written(value: Decimal | None) -> str:
    """A figure as the workbook library writes it, in the 16 digits of a spreadsheet's number; "" for none."""
    return "" if value is None else safe_string(value)


@dataclass
class Lines:
    """The lines to be put into a sheet: runs of them by the row where each begins."""

    model: int = 0
    """The row of the line written already, from which the others take their looks; 0 for none."""
    runs: dict[int, Sequence[Line]] = field(default_factory=dict)

    def put_into(self, part: bytes) -> bytes:
        """The sheet's part with the lines in it; as it is where there are none."""
        if not self.runs:
            return part
        cells = self._cells(part)
        pieces, at, waiting = [], 0, list[bytes]()
        for first, lines in self.runs.items():
            waiting += [self._row(number, line, cells) for number, line in enumerate(lines, start=first)]
            before = part.find(b'<row r="%d"' % (first + len(lines)))
            if before >= 0:  # else the next run follows at once
                pieces += [part[at:before], *waiting]
                at, waiting = before, []
        return b"".join((*pieces, part[at:]))

    def _cells(self, part: bytes) -> Sequence[tuple[str, str]]:
        """The letters and the style of each cell of the model."""
        first = part.index(b'<row r="%d"' % self.model)
        return _CELL.findall(part[first : part.index(b"</row>", first)].decode())

    def _row(self, number: int, line: Line, cells: Sequence[tuple[str, str]]) -> bytes:
        told = (*map(_text, line.texts), *map(_figure, line.figures))
        content = "".join(
            f'<c r="{letters}{number}" s="{style}"{said}'
            for (letters, style), said in zip(cells, told, strict=True)
        )
        row = f'<row r="{number}" ht="{safe_string(line.height)}" customHeight="1">{content}</row>'
        return row.encode("ascii", "xmlcharrefreplace")


def _text(text: str) -> str:
    if not text:
        return ' t="inlineStr"></c>'
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    told = escape(text, quote=False).replace("\r", "&#13;")
    return f' t="inlineStr"><is><t{kept}>{told}</t></is></c>'


def _figure(figure: str) -> str:
    return f' t="n"><v>{figure}</v></c>' if figure else ' t="n"></c>'
