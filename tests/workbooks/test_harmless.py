"""Formulas of others: plain sums within their own workbook stay, everything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.workbooks.harmless import is_harmless

SHEETS = ("依申请公开", "O'Neil", "a b")


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(D6:I6)",
        "=D6+$E$7-1.5*(F8/2)%",
        '=IF(COUNT(D6:I6)<6,"",SUM(D6:I6))',
        "=依申请公开!D6+'O''Neil'!A1+'a b'!B2:B9",
        '=sum(a:a)&"条"',
        "=ROUND(-D6,2)",
    ],
)
def test_arithmetic_inside_the_workbook_is_harmless(formula):
    assert is_harmless(formula, SHEETS)


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|'/c calc'!A0",
        "=+cmd|'/c calc'!A0",
        "=DDE(\"cmd\",\"/c calc\",\"A0\")",
        "=[1]表!A1",
        "='[别处.xlsx]表'!A1",
        "='file:///etc/[a.xlsx]表'!A1",
        "='\\\\server\\share\\[a.xlsx]表'!A1",
        "=HYPERLINK(\"http://a.example\",\"点这里\")",
        "=WEBSERVICE(\"http://a.example\")",
        "=SUM(WEBSERVICE(\"http://a.example\"))",
        "=INDIRECT(\"A1\")",
        "=CALL(\"kernel32\",\"WinExec\",\"JCJ\",\"calc\",0)",
        "=别的表!A1",
        "=依申请公开:a!A1",
        "=某个名称",
        "={1,2}",
        "=_xlfn.WEBSERVICE(\"x\")",
        "=SUM(",
        "=",
        "=" + "1+" * 9000 + "1",
    ],
)  # fmt: skip
def test_what_reaches_out_or_is_not_understood_is_not(formula):
    assert not is_harmless(formula, SHEETS)


@given(st.text(max_size=40))
def test_nothing_typed_makes_it_fail_and_no_pipe_or_bracket_outside_a_text_passes(text):
    allowed = is_harmless(f"={text}", SHEETS)
    if any(mark in text for mark in "|[]") and '"' not in text:
        assert not allowed
