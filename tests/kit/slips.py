"""A clerk with a slip in hand: reads it, types what it says into a workbook, and sends that in again."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import openpyxl
from msgspec import Struct

WHERE = re.compile(
    r"(?P<sheet>\S+) (?P<cells>[A-Z]+\d+(?::[A-Z]+\d+)?(?: [A-Z]+\d+(?::[A-Z]+\d+)?)*)(?: 等)?(?:：|$)"
)


class Line(Struct, frozen=True):
    """A row of a slip's table, as printed."""

    where: str
    found: str
    expected: str
    remedy: str

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The cells it names: sheet and A1 name or range."""
        match = WHERE.match(self.where)
        return [(match["sheet"], name) for name in match["cells"].split()] if match else []


def printed(path: Path) -> tuple[list[str], list[Line]]:
    """The paragraphs and the table's lines of a slip's Word file; bands left out."""
    document = docx.Document(str(path))
    lines = []
    for table in document.tables:
        for row in table.rows[1:]:
            number, *texts = [cell.text for cell in row.cells]
            if number.isdigit():
                lines.append(Line(*texts))
    return [paragraph.text for paragraph in document.paragraphs], lines


def corrected(content: bytes, lines: Sequence[Line], known: Mapping[tuple[str, str], object]) -> bytes:
    """The workbook after a clerk went through the slip.

    Where 应是 is a number it is typed; elsewhere the clerk types what he knows the cell should hold (``known``).
    报送次数 goes up by one.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    for line in lines:
        for sheet, area in line.cells:
            cells = book[sheet][area]
            for cell in [cells] if not isinstance(cells, tuple) else [one for row in cells for one in row]:
                number = re.fullmatch(r"-?\d+", line.expected)
                cell.value = int(line.expected) if number else known[sheet, cell.coordinate]
    for row in book["封面"].iter_rows(max_col=2):
        if row[0].value == "报送次数":
            row[1].value += 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
