"""Lines written as text stand as the workbook library itself would have written them, byte for byte."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest

from kit.opened import opened, texts
from pipeline.errors import OperatorError
from pipeline.model.number import NumberKind
from pipeline.workbooks.layout import CELL_LIMIT, Book
from pipeline.workbooks.ledger_columns import LedgerColumn
from pipeline.workbooks.ledger_lines import Line, Lines, written
from pipeline.workbooks.ledger_sheet import LEADING_WIDTHS, LedgerGroup, LedgerSheet, leading, width
from pipeline.workbooks.saving import saved

COLUMNS = [
    LedgerColumn("t.r.a", NumberKind.COUNT, ("外", "行", "甲")),
    LedgerColumn("t.r.b", NumberKind.YUAN, ("外", "行", "乙")),
]
TEXTS = [
    "=1+1",
    "  首尾空格 ",
    '<甲>&"乙"\'',
    "长" * 80,
    "跳\t格",
    "换\n行",
    "回\r车",
    "\x00坏\x1b",
    "𠀀",
    "",
]
NUMBERS = ["-3.50", "12345678901234567.891", "0", "", "1E+3", "0.1"]


def lines():
    return [
        Line(
            *leading(str(at), text, "组", f"{text}.xlsx"),
            (written(NUMBERS[at % 6]), written(NUMBERS[at // 2 % 6])),
        )
        for at, text in enumerate(TEXTS)
    ]


def sheet(groups, *, one_by_one):
    """The finished part; with ``one_by_one`` the library writes each line."""
    book = Book()
    page = book.page("表", [*LEADING_WIDTHS, *map(width, COLUMNS)])
    ledger = LedgerSheet(page, COLUMNS)
    if one_by_one:
        ledger._agencies = lambda given: range(ledger._row, [ledger._model(line) for line in given][-1] + 1)
    ledger.write("题", "注", groups, {"t.r.a": Decimal(1)})
    return saved(
        book.workbook,
        "",
        datetime.date(2021, 3, 1),
        lambda name, part: ledger.lines.put_into(part) if "sheet" in name else part,
    )


@pytest.mark.parametrize("cut", [1, 3, 9])
@pytest.mark.parametrize("names", [("甲", "乙"), ("", "乙"), ("", "")])
def test_each_line_is_as_the_library_writes_it(cut, names):
    groups = [LedgerGroup(names[0], lines()[:cut], {}), LedgerGroup(names[1], lines()[cut:], {})]
    ours, theirs = (sheet(groups, one_by_one=one) for one in (False, True))
    assert ours == theirs
    assert "  首尾空格 " in texts(opened(ours).worksheets[0])


def test_a_part_without_lines_is_left_alone():
    assert Lines().put_into(b"<worksheet/>") == b"<worksheet/>"


def test_a_text_no_cell_holds_is_refused():
    with pytest.raises(OperatorError, match="最多放"):
        leading("1", "长" * (CELL_LIMIT + 1), "", "")


def test_no_name_gets_out_of_its_cell():
    hostile = '</t></is></c></row><row r="7"><c r="A7" s="1"><f>1</f></c>'
    groups = [
        LedgerGroup(
            "",
            [Line(*leading("1", "甲", "", ""), ("1", "2")), Line(*leading("2", hostile, "", ""), ("1", "2"))],
            {},
        )
    ]
    package = zipfile.ZipFile(io.BytesIO(sheet(groups, one_by_one=False)))
    assert b"<f>1</f>" not in package.read("xl/worksheets/sheet1.xml")
    assert opened(sheet(groups, one_by_one=False)).worksheets[0]["B8"].value == hostile
