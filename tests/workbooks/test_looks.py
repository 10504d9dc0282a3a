"""Looks are made into styles once per workbook."""

from openpyxl import Workbook

from pipeline.model.number import NumberKind
from pipeline.workbooks.looks import INPUT, TOTAL, Palette, printed_as


def test_one_look_is_one_style() -> None:
    palette = Palette(Workbook().worksheets[0])
    assert palette.style(INPUT) == palette.style(INPUT) != palette.style(TOTAL)


def test_an_input_is_open_and_a_total_is_locked() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    palette = Palette(sheet)
    for name, look in (("A1", INPUT), ("A2", TOTAL)):
        sheet[name]._style = book._cell_styles[palette.style(look)]
    assert not sheet["A1"].protection.locked
    assert sheet["A2"].protection.locked
    assert sheet["A1"].fill.fgColor.rgb != sheet["A2"].fill.fgColor.rgb


def test_a_change_is_shown_as_the_law_prints_it() -> None:
    assert printed_as(INPUT, NumberKind.CHANGE).number_format == '"增"0;"减"0;0'
