"""The figure in which two breaches cross: named where it alone would mend both."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.check.suspect import Suspect, suspects
from pipeline.model.rule import Identity, Relation, Term

ROW = Identity((Term("row"),), Relation.EQUAL, (Term("a"), Term("b")))
COLUMN = Identity((Term("column"),), Relation.EQUAL, (Term("a"), Term("c")))
BALANCE = Identity((Term("a"), Term("d")), Relation.EQUAL, (Term("column"), Term("e")))


def look(**values):
    return lambda term: None if term.address not in values else Decimal(values[term.address])


def test_row_and_column_out_by_the_same_cross_in_the_wrong_figure():
    known = look(row=3, column=4, a=8, b=2, c=3)
    assert suspects([ROW, COLUMN], known) == dict.fromkeys(
        [ROW, COLUMN], Suspect("a", Decimal(1), Decimal(7))
    )


def test_out_by_different_amounts_there_are_two_faults_and_no_suspect():
    assert suspects([ROW, COLUMN], look(row=3, column=5, a=8, b=2, c=3)) == {}


def test_one_breach_alone_names_nobody():
    assert suspects([ROW], look(row=3, a=8, b=2)) == {}


def test_a_figure_that_would_have_to_be_below_nothing_is_no_suspect():
    assert suspects([ROW, COLUMN], look(row=3, column=4, a=1, b=9, c=10)) == {}


def test_where_two_could_be_it_nobody_is_named():
    other = Identity((Term("third"),), Relation.EQUAL, (Term("b"), Term("f")))
    known = look(row=9, column=4, third=7, a=8, b=8, c=3, f=6)
    assert suspects([ROW, COLUMN], known)
    assert suspects([ROW, COLUMN, other], known) == {}


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(1, 99))
def test_whatever_is_added_to_one_figure_it_is_found_and_what_it_was(a, b, c, step):
    known = look(row=a + b, column=a + c, a=a + step, b=b, c=c)
    found = suspects([ROW, COLUMN], known)
    assert {(one.address, one.right) for one in found.values()} == {("a", Decimal(a))}


def test_a_figure_on_the_left_side_counts_the_other_way():
    other = Identity((Term("row"),), Relation.EQUAL, (Term("a"), Term("b")))
    known = look(row=5, a=8, b=2, d=1, column=4, e=0)
    assert suspects([other, BALANCE], known)[BALANCE] == Suspect("a", Decimal(3), Decimal(5))
