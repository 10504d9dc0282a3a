"""What is no difference between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.verify.space import without_space


def test_white_space_of_any_kind_is_taken_away_and_nothing_else():
    assert without_space(" 收到\u3000224\u00a0件，\n\t结转 2 件 ") == "收到224件，结转2件"


@given(st.text(), st.sampled_from(" \n\t\u3000\u00a0"), st.text())
def test_where_a_line_is_broken_makes_no_difference(before, space, after):
    assert without_space(before + space + after) == without_space(before) + without_space(after)
