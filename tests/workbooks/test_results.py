"""Formulas go out with the results they had: whoever reads without reckoning sees the numbers."""

import io

import openpyxl
import pytest

from kit.opened import opened, shown
from kit.packages import small_workbook
from pipeline.workbooks.results import with_results


@pytest.mark.parametrize(("result", "seen"), [(12.0, 12.0), (2.5, 2.5), ("相符", "相符"), (True, True)])
def test_a_formula_keeps_its_result_and_stays_a_formula(result, seen):
    content = with_results(small_workbook(A1="=B1", B1=3), {1: {"A1": result, "B1": 99}})
    assert shown(content)["表"] == [[seen, 3.0]]
    assert opened(content)["表"]["A1"].value == "=B1"


def test_a_formula_without_a_result_stays_without_one():
    content = with_results(small_workbook(A1="=B1"), {1: {"C9": 1}, 2: {"A1": 7}})
    assert openpyxl.load_workbook(io.BytesIO(content), data_only=True)["表"]["A1"].value is None


def test_the_same_workbook_gives_the_same_bytes():
    content = small_workbook(A1="=B1", B1=3)
    assert with_results(content, {1: {"A1": 3}}) == with_results(content, {1: {"A1": 3}})
