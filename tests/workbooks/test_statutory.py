"""The statutory sheets: the law's labels and merges, open inputs, locked live totals."""

import datetime

import pytest
from openpyxl import Workbook

from kit.opened import opened
from pipeline.model.form import FormTable, StatutoryForm
from pipeline.model.place import a1
from pipeline.model.roster import Agency
from pipeline.model.submission import Cover
from pipeline.workbooks.filling import Filling
from pipeline.workbooks.formulas import BALANCED
from pipeline.workbooks.layout import Book
from pipeline.workbooks.statutory import TOP, add_table

DAY = datetime.date(2021, 1, 4)


@pytest.fixture
def book(form: StatutoryForm) -> Workbook:
    """The three sheets of an edition."""
    filling = Filling(Agency("01", "市教育局", ""), 2020, form, (), {}, {}, Cover())
    made = Book()
    for table in form.tables:
        add_table(made, filling, table)
    return opened(made.saved("", DAY))


def place(table: FormTable, address: str) -> str:
    """Where a figure stands."""
    cell = next(cell for cell in table.grid.cells if cell.address == address)
    return a1(TOP + cell.row, 1 + cell.column)


def test_labels_stand_to_the_letter_and_merges_are_the_forms(form: StatutoryForm, book: Workbook) -> None:
    for table in form.tables:
        sheet = book[table.alias]
        merges = {str(area) for area in sheet.merged_cells.ranges}
        for cell in table.grid.cells:
            row, column = TOP + cell.row, 1 + cell.column
            if cell.address is None:
                assert sheet.cell(row, column).value == cell.text
                assert sheet.cell(row, column).protection.locked
            if cell.rows * cell.columns > 1:
                assert f"{a1(row, column)}:{a1(row + cell.rows - 1, column + cell.columns - 1)}" in merges
        assert sheet["A1"].value == table.grid.caption
        inside = [area for area in sheet.merged_cells.ranges if TOP <= area.min_row < TOP + table.grid.rows]
        assert len(inside) == sum(cell.rows * cell.columns > 1 for cell in table.grid.cells)


def test_inputs_are_open_marked_and_validated_and_totals_are_locked_formulas(
    form: StatutoryForm, book: Workbook
) -> None:
    for table in form.tables:
        sheet = book[table.alias]
        validated = [validation.sqref for validation in sheet.data_validations.dataValidation]
        for address in (cell.address for cell in table.cells):
            cell = sheet[place(table, address)]
            if address in form.computed:
                assert cell.protection.locked
                assert str(cell.value).startswith("=SUM(")
                assert not any(cell.coordinate in area for area in validated)
            else:
                assert not cell.protection.locked
                assert cell.value is None
                assert cell.fill.fgColor.rgb == "00FFF8DC"
                assert sum(cell.coordinate in area for area in validated) == 1


def test_totals_add_up_what_the_law_adds_up(form: StatutoryForm, book: Workbook) -> None:
    table = form.tables[1]
    sheet = book["依申请公开"]
    last = TOP + table.grid.rows - 3
    assert sheet[place(table, "requests.received.total")].value == "=SUM(D6:I6)"
    assert sheet[place(table, "requests.outcome_total.natural_person")].value == f"=SUM(D8:D{last})"
    assert book["复议诉讼"]["E6"].value == "=SUM(A6:D6)"


def test_the_lines_under_a_table_are_live_and_turn_green(form: StatutoryForm, book: Workbook) -> None:
    for table in form.tables:
        sheet = book[table.alias]
        line = sheet.cell(TOP + table.grid.rows + 1, 1)
        assert str(line.value).startswith("=IF(")
        assert BALANCED in str(line.value)
        rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
        assert [rule.formula for rule in rules] == [[f'$A${line.row}="{BALANCED}"']]


def test_wide_tables_print_across_and_heads_stay_in_sight(form: StatutoryForm, book: Workbook) -> None:
    assert [sheet.page_setup.orientation for sheet in book] == ["portrait", "landscape", "landscape"]
    assert [sheet.freeze_panes for sheet in book] == ["B3", "D6", "A6"]
