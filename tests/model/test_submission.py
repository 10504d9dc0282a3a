"""A submission gives numbers and places, and nothing where there is doubt."""

from decimal import Decimal

from pipeline.model.place import CellPlace
from pipeline.model.submission import Cell, Cover, Submission

PLACE = CellPlace("甲.xlsx", "依申请公开", "D4")
SUBMISSION = Submission(
    "甲.xlsx", Cover(), {"a": Cell("a", "5", Decimal(5), PLACE), "b": Cell("b", "2000万", None, PLACE)}
)


def test_a_figure_in_doubt_is_no_number_and_never_nought():
    assert SUBMISSION.value("b") is None
    assert SUBMISSION.values() == {"a": 5}


def test_a_figure_that_is_not_there_has_no_place():
    assert SUBMISSION.place("a") == PLACE
    assert SUBMISSION.place("c") is None
    assert SUBMISSION.value("c") is None
