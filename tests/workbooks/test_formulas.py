"""Formulas use plain functions only and name the cells of the law's identities."""

import re

from pipeline.model.form import StatutoryForm
from pipeline.model.number import NumberKind
from pipeline.model.rule import Term
from pipeline.workbooks.formulas import BALANCED, breach_line, live_identities, state_line, sum_of

PLAIN = {"IF", "AND", "SUM", "COUNT", "COUNTA"}
PLACES = {"a": (5, 2, 5, 2), "b": (5, 3, 5, 3), "c": (7, 2, 7, 2)}


def functions(formula: str) -> set[str]:
    """The functions a formula calls."""
    return set(re.findall(r"([A-Z]+)\(", formula))


def test_a_sum_takes_away_what_the_law_takes_away() -> None:
    assert sum_of([Term("a"), Term("b"), Term("c", -1)], PLACES) == "SUM(B5:C5)-SUM(B7)"


def test_requests_balance_is_watched_for_each_column_a_clerk_fills(form: StatutoryForm) -> None:
    watched = [identity.focus for identity in live_identities(form, form.tables[1])]
    assert watched == [
        f"requests.received.{column}"
        for column in ("natural_person", "business", "research", "public_interest", "legal_services", "other")
    ]


def test_the_other_tables_have_nothing_a_clerk_could_unbalance(form: StatutoryForm) -> None:
    assert live_identities(form, form.tables[0]) == live_identities(form, form.tables[2]) == ()


def test_a_breach_is_told_with_both_sums(form: StatutoryForm) -> None:
    table = form.tables[1]
    places = {cell.address: (row, 1, row, 1) for row, cell in enumerate(table.cells, start=1)}
    line = breach_line(form, live_identities(form, table)[0], places)
    assert '"自然人这一列：新收＋上年结转＝"&SUM(' in line
    assert '"，办理总计＋结转下年＝"&SUM(' in line
    assert line.endswith('&"，不相等")')
    assert functions(line) <= PLAIN


def test_the_state_line_counts_only_whole_numbers_as_numbers() -> None:
    kinds = {"a": NumberKind.COUNT, "b": NumberKind.COUNT, "c": NumberKind.YUAN}
    line = state_line(PLACES, kinds, range(9, 11), BALANCED)
    assert "(3-COUNTA(B5:C5,B7))" in line
    assert "(COUNTA(B5:C5)-COUNT(B5:C5))" in line
    assert 'IF(A9="",0,1)+IF(A10="",0,1)' in line
    assert functions(line) <= PLAIN
    assert len(line) < 8192


def test_a_sheet_without_counts_has_a_state_line_too() -> None:
    line = state_line({"c": PLACES["c"]}, {"c": NumberKind.YUAN}, range(0), BALANCED)
    assert "COUNT()" not in line
    assert "COUNTA()" not in line
