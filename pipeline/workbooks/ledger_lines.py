"""The agencies' lines of a ledger's sheet, written as text into the finished part behind the first of them.

The workbook library takes eight times as long for a line, and keeps each of its cells. It writes the first
line; the others are like it, cell for cell, byte for byte as it would write them, and stand where its row
numbers have left room (ECMA-376 part 1, 18.3.1.73 ``row``).
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape

from msgspec import Struct, field
from openpyxl.compat import safe_string

_NUMBER = "#"
"""Stands for the row's number in a pattern: no letters and no style have it."""
_CELL = re.compile(r'<c r="([A-Z]+)\d+" s="(\d+)"')


class Line(Struct, frozen=True):
    """A line of a sheet: the texts it begins with, as a cell holds them, its height in points, its figures.

    A figure stands as it is written into the part, "" for none.
    """

    texts: tuple[str, ...]
    height: float
    figures: tuple[str, ...]


@lru_cache(maxsize=1024)  # most are few small ones, which come again at every agency
def written(numeral: str) -> str:
    """A figure as the workbook library writes it, in the 16 digits of a spreadsheet's number; "" for none."""
    return safe_string(Decimal(numeral)) if numeral else ""


class Lines(Struct):
    """The lines to be put into a sheet: runs of them by the row where each begins."""

    model: int = 0
    """The row of the line written already, from which the others take their looks; 0 for none."""
    runs: dict[int, Sequence[Line]] = field(default_factory=dict)

    def put_into(self, part: bytes) -> bytes:
        """The sheet's part with the lines in it; as it is where there are none."""
        if not self.runs:
            return part
        pattern = self._pattern(part)
        pieces, at, waiting = [], 0, list[bytes]()
        for first, lines in self.runs.items():
            waiting += [_row(number, line, pattern) for number, line in enumerate(lines, start=first)]
            before = part.find(b'<row r="%d"' % (first + len(lines)))
            if before >= 0:  # else the next run follows at once
                pieces += [part[at:before], *waiting]
                at, waiting = before, []
        return b"".join((*pieces, part[at:]))

    def _pattern(self, part: bytes) -> str:
        """A row with the letters and the style of each cell of the model, to be filled in by ``_row``."""
        first = part.index(b'<row r="%d"' % self.model)
        cells = _CELL.findall(part[first : part.index(b"</row>", first)].decode())
        content = "".join(f'<c r="{letters}{_NUMBER}" s="{style}"%s' for letters, style in cells)
        return f'<row r="{_NUMBER}" ht="%s" customHeight="1">{content}</row>'


def _row(number: int, line: Line, pattern: str) -> bytes:
    """A line as a row; TypeError where it has not as many cells as the model."""
    told = (safe_string(line.height), *map(_text, line.texts), *map(_figure, line.figures))
    return (pattern.replace(_NUMBER, str(number)) % told).encode("ascii", "xmlcharrefreplace")


def _text(text: str) -> str:
    if not text:
        return ' t="inlineStr"></c>'
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    told = escape(text, quote=False).replace("\r", "&#13;")
    return f' t="inlineStr"><is><t{kept}>{told}</t></is></c>'


@lru_cache(maxsize=1024)
def _figure(figure: str) -> str:
    return f' t="n"><v>{figure}</v></c>' if figure else ' t="n"></c>'
