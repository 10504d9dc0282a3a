"""The unit of an amount: what the label says, what stands beside, what a line above says, and where they differ."""

import pytest

from kit.workbook import filled
from pipeline.workbooks.sheet import open_workbook
from pipeline.workbooks.source import Source
from pipeline.workbooks.tables import locate_tables

FEE = "proactive.fees.amount"


@pytest.fixture
def unit(forms, catalogue):
    """The unit of the 2021 form's fee, after the label was retyped and other cells were written."""

    def stated(label=None, beside=None, **written):
        form = forms["2021"]
        laid = filled(form)
        sheet = laid.book["主动公开"]
        for row in sheet.iter_rows():
            for cell in row:
                if label is not None and "收费金额" in str(cell.value):
                    cell.value = label
        if beside:
            sheet.cell(laid.cell(FEE).row, 7).value = beside
        for name, value in written.items():
            sheet[name] = value
        sheets = open_workbook(laid.content()).sheets
        return locate_tables(form, sheets, Source("甲.xlsx", 2022, catalogue)).slots[FEE].unit

    return stated


def test_the_forms_own_label_states_it(unit):
    assert unit() == "万元"


def test_a_label_without_a_unit_leaves_it_open(unit):
    assert unit("本年收费金额") == ""


@pytest.mark.parametrize(
    "caption",
    ["单位：元", "（单位：元）", "金额单位：元", "单位：件、元", "计量单位: 元", " " * 40 + "单位： 元"],
)
def test_a_line_on_the_sheet_states_it(unit, caption):
    assert unit("本年收费金额", F1=caption) == "元"


@pytest.mark.parametrize("text", ["填报单位：元宝山区", "单位：件", "填报单位：财政局", "元旦"])
def test_other_lines_do_not(unit, text):
    assert unit("本年收费金额", F1=text) == ""


def test_two_that_disagree_are_both_told(unit):
    assert unit(F1="单位：元") == "万元、元"
    assert unit(beside="元") == unit(beside="\u3000" * 40 + "元") == "万元、元"


def test_two_that_agree_are_one(unit):
    assert unit(F1="单位：万元", beside="万") == "万元"
