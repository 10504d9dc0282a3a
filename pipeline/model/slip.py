"""What goes back to an agency: what to change in its workbook, line by line, and how to send it again."""

import datetime
from collections.abc import Sequence

from msgspec import Struct

from pipeline.model.finding import Finding
from pipeline.model.place import CellPlace

MUST, LOOK = "必须改正", "请核实"
"""What a line asks for, by its weight: on the page, in the comments and on the sheet in front."""
MARKER = "退回说明（程序生成，不用改，不用删，核对时不读本页）"
"""Cell A1 of the sheet in front of a marked workbook: by it the reader knows the sheet, however renamed."""


class SlipLine(Struct, frozen=True):
    """One thing to change or to look at, in words; ``findings`` is for how many findings it stands.

    ``is_error`` says that it must be changed; ``cells`` are A1 names in ``sheet`` of ``workbook``, none where
    it concerns a whole sheet or file.
    """

    is_error: bool
    workbook: str
    sheet: str
    cells: tuple[str, ...]
    where: str
    found: str
    expected: str
    remedy: str
    message: str
    findings: int = 1


class Slip(Struct, frozen=True):
    """A slip: to whom, about which workbook, what to change, by when, whom to ask.

    ``workbook`` is the file's name, "" where nothing came; ``marked`` the names of its marked copies; ``by``
    says until when in words; ``date`` stands in the file's properties.
    """

    agency: str
    organ: str
    compiler: str
    contact: str
    year: int
    date: datetime.date
    by: str
    workbook: str = ""
    version: int | None = None
    filled_by: str = ""
    lines: tuple[SlipLine, ...] = ()
    marked: tuple[str, ...] = ()


def count(lines: Sequence[SlipLine], *, errors: bool) -> int:
    """How many findings the lines stand for: those that must be changed, or the others."""
    return sum(line.findings for line in lines if line.is_error is errors)


def in_order(lines: Sequence[SlipLine]) -> tuple[SlipLine, ...]:
    """The lines as the slip numbers them: what must be changed, then what is to be looked at."""
    return tuple(sorted(lines, key=lambda line: not line.is_error))


class Pointer(Struct, frozen=True):
    """Several findings that one cell explains: where it stands, what it holds, what would put all right."""

    place: CellPlace
    address: str
    found: str
    expected: str
    findings: tuple[Finding, ...]
