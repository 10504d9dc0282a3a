"""Words that a number's format shows around it are read as if they had been typed."""

import io

import openpyxl
import pytest

from kit.packages import open_document, small_workbook
from pipeline.workbooks.formats import displayed, shown
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sheet import open_workbook


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("188710", '0"元"', "188710元"),
        ("18.871", '#,##0.00"万元"', "18.871万元"),
        ("25", "0\\元", "25元"),
        ("13", '"减"0', "减13"),
        ("-13", '"增"0;"减"0', "减13"),
        ("12", '"增"0;"减"0', "增12"),
        ("-13", '0"元";(0)', ""),
        ("0", '"增"0;"减"0;0', ""),
        ("12", '0"件"', ""),
        ("12", "General", ""),
        ("188710", '0!.0,"万元"', '188710（0!.0,"万元"）'),
        ("188710", '0,"千元"', '188710（0,"千元"）'),
        ("251000", "0!.0,", "251000（0!.0,）"),
        ("251000", "#,##0,", "251000（#,##0,）"),
        ("251000", '0"."0,', '251000（0"."0,）'),
        ("251000", "0!.0000", "251000（0!.0000）"),
        ("251000", "#,##0", ""),
        ("251000", "#,##0.00", ""),
        ("251000", "_ * #,##0.00_ ;_ * -#,##0.00_ ", ""),
    ],
)
def test_a_number_has_the_words_of_its_format(number, code, text):
    assert shown(number, code) == text


@pytest.mark.parametrize(
    ("number", "display", "text"),
    [("18.871", "18.9元", "18.871元"), ("-13", "减13", "减13"), ("12", "12件", ""), ("1000", "1,000元", "1000元"),
     ("188710", "18.9万元", "188710（18.9万元）"), ("5", "元", "5（元）")],
)  # fmt: skip
def test_a_display_that_does_not_fit_its_number_is_kept_in_doubt(number, display, text):
    assert displayed(number, display) == text


def test_in_a_workbook_only_such_cells_become_texts():
    book = openpyxl.load_workbook(io.BytesIO(small_workbook(A1=188710, B1=5, C1=13, D1="题")))
    sheet = book.active
    sheet["A1"].number_format, sheet["B1"].number_format = '0"元"', '0"件"'
    sheet["C1"].number_format = '0.0"元"'
    buffer = io.BytesIO()
    book.save(buffer)
    (read,) = open_workbook(buffer.getvalue()).sheets
    assert read.cells == {(1, 1): "188710元", (1, 2): 5, (1, 3): "13元", (1, 4): "题"}


def test_in_an_open_document_too():
    cell = (
        '<table:table-cell office:value-type="float" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    )
    row = "".join(cell.format(*one) for one in (("188710", "188710元"), ("1", "TRUE"), ("7", "7")))
    (read,) = open_workbook(open_document(f"<table:table-row>{row}</table:table-row>")).sheets
    assert read.cells == {(1, 1): "188710元", (1, 2): "TRUE", (1, 3): 7}


def test_a_number_that_is_none_is_a_damaged_file():
    cell = (
        '<table:table-cell office:value-type="float" office:value="x"><text:p>5元</text:p></table:table-cell>'
    )
    with pytest.raises(RefusalError) as refused:
        open_workbook(open_document(f"<table:table-row>{cell}</table:table-row>"))
    assert refused.value.code == "workbook-damaged"
