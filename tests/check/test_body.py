"""A body's figures: of both years, and which of them can be relied upon."""

from decimal import Decimal

from pipeline.check.body import Body
from pipeline.model.rule import Term


def test_a_term_names_this_year_s_figure_or_last_year_s():
    body = Body("市教育局", {"a": Decimal(3)}, {"a": Decimal(2)})
    assert body.value(Term("a")) == 3
    assert body.value(Term("a", last_year=True)) == 2
    assert body.value(Term("b")) is None


def test_a_figure_called_wrong_elsewhere_is_not_relied_upon():
    body = Body("市教育局", {"a": Decimal(3), "b": Decimal(4)}, doubtful=frozenset({"a"}))
    assert (body.sure("a"), body.sure("b"), body.sure("c")) == (None, Decimal(4), None)
