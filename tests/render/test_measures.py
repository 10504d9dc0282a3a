"""The page's measures are the standard's, and Word's whole twentieths lose nothing of them."""

import pytest

from pipeline.render.measures import (
    BOTTOM,
    LEADING,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE,
    TOP,
    TYPE_HEIGHT,
    TYPE_WIDTH,
    WORD_LEADING,
    WORD_WIDTH,
    twentieths,
)


def test_the_type_area_is_what_the_margins_leave_of_a4():
    assert pytest.approx(TYPE_WIDTH) == PAGE_WIDTH - LEFT - RIGHT
    assert pytest.approx(TYPE_HEIGHT) == PAGE_HEIGHT - TOP - BOTTOM


def test_the_type_area_holds_22_lines_and_28_characters_set_a_little_closer():
    assert 22 * LEADING < TYPE_HEIGHT < 22.1 * LEADING
    assert 27 * SIZE < TYPE_WIDTH < 28 * SIZE


def test_word_and_the_pdf_differ_by_no_more_than_a_twentieth():
    assert pytest.approx(TYPE_WIDTH, abs=0.05) == WORD_WIDTH / 20
    assert WORD_LEADING / 20 == LEADING


@pytest.mark.parametrize(("points", "word"), [(0, 0), (28 * MM, 1587), (0.024, 0), (0.025, 1), (0.075, 2)])
def test_a_half_twentieth_is_rounded_up(points, word):
    assert twentieths(points) == word
