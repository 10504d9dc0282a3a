"""A relation between figures, held against numbers."""

from decimal import Decimal

import pytest

from pipeline.model.rule import Identity, Relation, Term, total

FIGURES = {"a": Decimal(3), "b": Decimal(1), "c": Decimal(2)}


def look(term):
    return FIGURES.get(term.address)


def test_a_sum_counts_signs():
    assert total((Term("a"), Term("b", -1)), look) == 2


def test_a_sum_with_a_missing_figure_is_no_sum():
    assert total((Term("a"), Term("lost")), look) is None


def test_an_empty_side_is_nought():
    assert Identity((Term("a"),), Relation.AT_LEAST, ()).sums(look) == (3, 0)


@pytest.mark.parametrize(
    ("relation", "left", "right", "holds"),
    [
        (Relation.EQUAL, 1, 1, True),
        (Relation.EQUAL, 1, 2, False),
        (Relation.AT_MOST, 1, 2, True),
        (Relation.AT_MOST, 3, 2, False),
        (Relation.AT_LEAST, 2, 2, True),
        (Relation.AT_LEAST, -1, 0, False),
    ],
)
def test_relations(relation, left, right, holds):
    assert relation.holds(Decimal(left), Decimal(right)) is holds


def test_a_breach_is_shown_at_the_first_figure_of_the_left_side():
    assert Identity((Term("a"), Term("b")), Relation.EQUAL, (Term("c"),)).focus == "a"
