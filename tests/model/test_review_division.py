"""A part of a review counts its agencies by how they stand."""

from pipeline.model.board import State
from pipeline.model.review_division import PartLine


def test_who_has_sent_nothing_usable_is_expected_and_not_counted():
    states = {State.MISSING: 1, State.UNUSABLE: 2, State.WRONG: 3, State.SUBMITTED: 4}
    line = PartLine(1, "第1册", "市直", "001.html", (), states, 5, 0, 0)
    assert (line.expected, line.counted) == (10, 7)
