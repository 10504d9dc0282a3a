"""Workbooks typed anew: whatever the clerk did to the tables, the figures read back."""

import io

import openpyxl
import pytest

from kit.returns import asked, given, numbers
from pipeline.workbooks.read import read_submission
from sample_clerks import Clerk
from sample_retyped import retyped

CHANGES = {
    "stacked": [],
    "renamed": [],
    "blank-row": [],
    "half-width": [],
    "subtotal": ["column-ignored"],
}


@pytest.mark.parametrize(("change", "codes"), CHANGES.items())
def test_the_figures_read_back_and_only_a_foreign_column_is_remarked_on(change, codes):
    one = given("150702", Clerk(tables=(change,), ways=("thousands", "full-width", "signs")))
    submission, findings = read_submission(retyped(one), "表.xlsx", asked())
    assert submission is not None
    assert [finding.code for finding in findings] == codes
    assert numbers(submission, one) == one.numbers


def test_all_at_once_reads_as_well():
    one = given("150727", Clerk(tables=tuple(CHANGES)))
    submission, _ = read_submission(retyped(one), "表.xlsx", asked())
    assert submission is not None
    assert numbers(submission, one) == one.numbers


def sheet_names(*changes: str) -> list[str]:
    content = retyped(given("150702", Clerk(tables=changes)))
    return openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def test_stacked_tables_share_one_sheet_and_renamed_ones_say_nothing():
    assert sheet_names("stacked") == ["封面", "统计表", "补充指标"]
    assert sheet_names("renamed") == ["Sheet1", "Sheet2", "Sheet3", "Sheet4", "Sheet5"]


def test_the_subtotal_column_adds_up_the_organisations():
    one = given("150702", Clerk(tables=("subtotal",)))
    sheet = openpyxl.load_workbook(io.BytesIO(retyped(one)))["依申请公开"]
    (head,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "小计"]
    received = sheet.cell(head.row + 1, head.column).value
    assert received == one.values["requests.received.total"] - one.values["requests.received.natural_person"]


def test_the_blank_row_is_blank():
    sheet = openpyxl.load_workbook(io.BytesIO(retyped(given("150702", Clerk(tables=("blank-row",))))))[
        "依申请公开"
    ]
    empty = [row[0].row for row in sheet.iter_rows() if all(cell.value is None for cell in row)]
    assert len(empty) == 1
