"""Which piece answers to which: what is equal stays together, whatever is lost or added between."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.verify.align import aligned, excerpts, text_likeness

LINES = st.lists(st.text("甲乙丙12", max_size=4), max_size=12)


def pairs(expected, found):
    return list(aligned(expected, found, text_likeness))


def test_a_lost_line_and_an_edited_one():
    assert pairs(["一、总体情况", "收到224件", "结转2件"], ["收到223件", "结转2件"]) == [
        (0, None),
        (1, 0),
        (2, 1),
    ]


def test_unlike_lines_between_equal_ones_answer_to_each_other_by_order():
    assert pairs(["甲", "乙丙", "丁"], ["甲", "12", "丁"]) == [(0, 0), (1, 1), (2, 2)]


def test_an_added_line():
    assert pairs(["甲", "乙"], ["甲", "丙", "乙"]) == [(0, 0), (None, 1), (1, 2)]


def test_a_line_that_stands_hundreds_of_times_is_no_noise():
    many = ["无。"] * 250
    assert pairs(["一、", *many], many) == [(0, None), *((n + 1, n) for n in range(250))]


def test_two_long_reports_with_nothing_in_common_are_paired_by_order_without_trying_all():
    expected, found = [f"甲{n}" for n in range(99)], [f"乙{n}" for n in range(98)]
    assert pairs(expected, found) == [*((n, n) for n in range(98)), (98, None)]


@given(LINES, LINES)
def test_every_piece_stands_in_exactly_one_pair_and_in_order(expected, found):
    result = pairs(expected, found)
    assert [i for i, _ in result if i is not None] == list(range(len(expected)))
    assert [j for _, j in result if j is not None] == list(range(len(found)))


@given(LINES)
def test_equal_sequences_are_all_equal_pairs(lines):
    assert pairs(lines, lines) == [(n, n) for n in range(len(lines))]


def test_texts_that_share_nothing_are_not_alike_and_equal_ones_are():
    assert text_likeness("甲乙", "丙丁") == 0.0
    assert text_likeness("甲乙", "甲乙") == 1.0


def test_a_short_text_is_shown_whole():
    assert excerpts("收到224件", "收到223件") == ("收到224件", "收到223件")


def test_a_long_text_is_cut_to_where_it_differs():
    before, after = "前" * 30, "后" * 30
    expected, found = excerpts(f"{before}224{after}", f"{before}1224{after}")
    assert expected == f"…{'前' * 12}224{'后' * 9}…"
    assert found == f"…{'前' * 12}1224{'后' * 9}…"


@given(st.text("甲乙12", max_size=60), st.text("甲乙12", max_size=60))
def test_two_different_texts_never_look_alike_when_cut(expected, found):
    shown, other = excerpts(expected, found)
    assert (shown == other) == (expected == found)
