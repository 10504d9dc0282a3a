"""A file of last year's ledger says what it is: all, the main file of several, or one of them."""

import io

import pytest
from openpyxl import Workbook

from kit.parts import divided_ledger
from pipeline.errors import OperatorError
from pipeline.workbooks import previous_file
from pipeline.workbooks.bounds import LEDGER
from pipeline.workbooks.previous_file import read_file


@pytest.fixture
def ledger(form, indicators):
    return divided_ledger(form, indicators)


def test_main_file_and_part_are_told_apart(ledger):
    main = read_file(ledger.main, "previous.xlsx", 2020, "某市")
    assert (main.parts, main.place) == (3, None)
    part = read_file(ledger.files["2.xlsx"], "2.xlsx", 2020, "某市")
    assert (part.parts, part.place) == (0, (2, 3))
    assert [len(page.agencies) for page in part.pages] == [4, 4, 4, 4]


@pytest.mark.parametrize("said", ["共〇册", "三册", "共0册"])
def test_a_number_of_parts_that_nobody_can_read_is_refused(ledger, said):
    def change(book):
        for row in book["说明"].iter_rows():
            if row[0].value == "分册":
                row[1].value = said

    ledger.edit("", change)
    with pytest.raises(OperatorError, match=f"写的“分册”是“{said}”，看不懂"):
        read_file(ledger.main, "previous.xlsx", 2020, "某市")


def test_a_file_of_too_many_figures_is_refused_with_how_many(ledger, monkeypatch):
    monkeypatch.setattr(previous_file, "LEDGER", LEDGER._replace(filled=1000))
    with pytest.raises(OperatorError, match="太大：工作簿填了"):
        read_file(ledger.main, "previous.xlsx", 2020, "某市")


def test_another_workbook_is_refused():
    buffer = io.BytesIO()
    Workbook().save(buffer)
    with pytest.raises(OperatorError, match="没有写明年度"):
        read_file(buffer.getvalue(), "甲.xlsx", 2020, "某市")
