"""A submission gives numbers and places, and nothing where there is doubt."""

from decimal import Decimal

from pipeline.model.place import CellPlace
from pipeline.model.submission import Cell, Columns, Cover, Order, Submission

PLACE = CellPlace("甲.xlsx", "依申请公开", "D4")
SUBMISSION = Submission(
    "甲.xlsx", Cover(), {"a": Cell("a", "5", Decimal(5), PLACE), "b": Cell("b", "2000万", None, PLACE)}
)


def test_a_figure_in_doubt_is_no_number_and_never_nought():
    assert SUBMISSION.value("b") is None
    assert SUBMISSION.values() == {"a": 5}


def test_kept_as_columns_its_numbers_are_those_of_its_cells():
    columns = Columns(
        "甲.xlsx", Order(("a", "b")), ("5", ""), ("D4", "D5"), (("依申请公开", 2),), {1: "2000万"}, {}
    )
    kept = Submission("甲.xlsx", Cover(), columns)
    assert {address: kept.value(address) for address in "abc"} == {"a": 5, "b": None, "c": None}
    assert [cell.value for cell in columns.values()] == [Decimal(5), None]
    assert kept.digits() == SUBMISSION.digits() == {"a": "5", "b": ""}


def test_all_cells_at_once_are_told_as_one_by_one():
    sheets, raws, readings = (("主动公开", 1), ("依申请公开", 2)), {1: "2000万", 2: "５"}, {2: "全角数字"}
    columns = Columns(
        "甲.xlsx", Order(tuple("abc")), ("5", "", "5"), ("D4", "D5", "D6"), sheets, raws, readings
    )
    assert columns["c"] == Cell("c", "５", Decimal(5), CellPlace("甲.xlsx", "依申请公开", "D6"), "全角数字")
    assert columns.told() == (
        ("5", "", "5"),
        ["5", "2000万", "５"],
        ["主动公开", "依申请公开", "依申请公开"],
        ("D4", "D5", "D6"),
        ["", "", "全角数字"],
    )
    assert SUBMISSION.cells == dict(SUBMISSION.columns())


def test_a_figure_that_is_not_there_has_no_place():
    assert SUBMISSION.place("a") == PLACE
    assert SUBMISSION.place("c") is None
    assert SUBMISSION.value("c") is None
