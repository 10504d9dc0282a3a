"""How the cells of our workbooks look: a few named looks, each made into a style once per workbook."""

from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.number import NumberKind

SONG = "宋体"
HEI = "微软雅黑"
"""Faces that every Windows, WPS and 麒麟 machine has or replaces well."""

TEXT_FORMAT = "@"
FORMATS = {
    NumberKind.COUNT: "0",
    NumberKind.CHANGE: '"增"0;"减"0;0',
    NumberKind.YUAN: TEXT_FORMAT,
    NumberKind.WAN: "General",
    NumberKind.DECIMAL: "General",
}
"""How a kind's cells show their number; a change shows as the law prints it and stays a number."""

_LINE = Side("thin", color="7F7F7F")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


class Look(Struct, frozen=True):
    """One look of a cell; ``size`` in points, colours as RRGGBB, "" for no fill."""

    face: str = SONG
    size: float = 11
    bold: bool = False
    colour: str = "000000"
    fill: str = ""
    border: bool = True
    horizontal: str = "center"
    vertical: str = "center"
    indent: int = 0
    locked: bool = True
    number_format: str = "General"


TITLE = Look(face=HEI, size=14, bold=True, border=False)
REMARK = Look(size=10, colour="595959", border=False, horizontal="left", number_format=TEXT_FORMAT)
HEAD = Look(face=HEI, size=10, fill="E8EEF5")
BAND = replace(HEAD, bold=True)
STUB = replace(HEAD, horizontal="left", indent=1)
FACT = Look(horizontal="left", indent=1, number_format=TEXT_FORMAT)
INPUT = Look(fill="FFF8DC", locked=False)
TOTAL = Look(fill="EDEDED", bold=True)
PROSE = replace(INPUT, horizontal="left", indent=1, vertical="top", number_format=TEXT_FORMAT)
CHECK = Look(face=HEI, size=10, colour="C00000", border=False, horizontal="left")
ADDRESS = Look(size=7, colour="A6A6A6", number_format=TEXT_FORMAT)


def printed_as(look: Look, kind: NumberKind) -> Look:
    """The look with the number format of a kind."""
    return replace(look, number_format=FORMATS[kind])


class Palette:
    """The looks of one workbook as styles, each made once: thousands of cells then share them cheaply."""

    def __init__(self, scratch: Worksheet) -> None:
        self._scratch = scratch
        self._styles: dict[Look, int] = {}

    def style(self, look: Look) -> int:
        """The style of a look, as the workbook numbers it."""
        found = self._styles.get(look)
        if found is None:
            found = self._styles[look] = _style(self._scratch, look)
        return found


def _style(sheet: Worksheet, look: Look) -> int:
    cell: Any = WriteOnlyCell(sheet)
    for name, part in _parts(look).items():
        setattr(cell, name, part)
    return int(cell.style_id)


@cache
def _parts(look: Look) -> dict[str, Any]:
    """What a cell of this look has, by the library's names."""
    parts = {
        "font": Font(look.face, look.size, bold=look.bold, color=look.colour),
        "alignment": Alignment(look.horizontal, look.vertical, wrap_text=True, indent=look.indent),
        "protection": Protection(locked=look.locked),
        "number_format": look.number_format,
    }
    if look.fill:
        parts["fill"] = PatternFill("solid", look.fill)
    if look.border:
        parts["border"] = _BORDER
    return parts
