"""An input cell says what belongs in it and refuses the rest."""

import datetime
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from kit.opened import opened
from pipeline.model.number import NumberKind
from pipeline.workbooks.entries import Entries
from pipeline.workbooks.layout import Book

KINDS = tuple(NumberKind)


def sheet() -> Worksheet:
    """One input of each kind in column A, in the kinds' order, and a second count below."""
    book = Book()
    page = book.page("表", [20])
    entries = Entries(page)
    for row, kind in enumerate((*KINDS, NumberKind.COUNT), start=1):
        entries.add(row, 1, kind, None)
    return opened(book.saved("", datetime.date(2021, 1, 1))).worksheets[0]


def test_each_kind_has_one_validation_with_its_words_in_chinese() -> None:
    validations = sheet().data_validations.dataValidation
    assert len(validations) == len(KINDS)
    for validation in validations:
        assert validation.showInputMessage
        assert validation.showErrorMessage
        assert len(validation.promptTitle) <= 32
        assert 0 < len(validation.prompt) <= 255
        assert 0 < len(validation.error) <= 255


def test_what_each_kind_accepts() -> None:
    rules = {
        str(validation.sqref): (validation.type, validation.operator, validation.formula1)
        for validation in sheet().data_validations.dataValidation
    }
    assert rules["A1 A6"] == ("whole", "between", "0")
    assert rules["A2"][:2] == ("whole", "between")
    assert rules["A2"][2].startswith("-"), "a change may be negative"
    assert rules["A3"] == ("custom", None, 'RIGHT(A3,1)="元"')
    assert rules["A4"] == rules["A5"] == ("decimal", "greaterThanOrEqual", "0")


def test_an_amount_of_money_is_told_to_carry_its_unit() -> None:
    prompts = {validation.type: validation.prompt for validation in sheet().data_validations.dataValidation}
    assert "写明单位" in prompts["custom"]
    assert "31.17亿元" in prompts["custom"]


def test_a_known_value_stands_in_the_cell_and_the_cell_stays_open() -> None:
    book = Book()
    Entries(book.page("表", [20])).add(1, 1, NumberKind.COUNT, Decimal(7))
    cell = opened(book.saved("", datetime.date(2021, 1, 1))).worksheets[0]["A1"]
    assert (cell.value, cell.protection.locked) == (7, False)
