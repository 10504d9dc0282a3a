"""Bars and numbers of a picture: inside their category, as high as their numbers, never over each other."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kit.report import CHART
from pipeline.model.document import Series
from pipeline.render.bars import Scale, bar_groups, is_dark

SCALE = Scale(width=600, widest=28, gap=6, measure=lambda word: 7.0 * len(word))


def chart(*series: tuple[int, ...]):
    """A chart of these numbers, a series a year."""
    years = [Series(f"{2018 + at}年", tuple(map(Decimal, one))) for at, one in enumerate(series)]
    return replace(CHART, categories=tuple("甲乙丙丁戊己"[: len(series[0])]), series=tuple(years))


def test_a_bar_is_its_number_s_share_of_the_longest_and_stands_in_the_middle_of_its_category():
    groups = list(bar_groups(chart((5, 20), (10, 0)), SCALE))
    assert [bar.share for group in groups for bar in group.bars] == [0.25, 0.5, 1.0, 0.0]
    first, second = groups[0].bars
    assert (groups[0].middle, groups[1].middle) == (150, 450)
    assert first.left + first.width + 2 == second.left
    assert (first.left + second.left + second.width) / 2 == groups[0].middle


def test_nothing_but_zeros_has_no_height():
    assert [bar.share for group in bar_groups(chart((0, 0)), SCALE) for bar in group.bars] == [0, 0]


@given(st.integers(1, 6), st.integers(1, 3), st.integers(0, 10**7))
def test_all_stays_in_its_category_and_long_numbers_stand_apart(categories, years, number):
    for group in bar_groups(chart(*[(number,) * categories] * years), SCALE):
        left, right = group.middle - group.pitch / 2, group.middle + group.pitch / 2
        assert all(left <= bar.left and bar.left + bar.width <= right for bar in group.bars)
        assert all(left < bar.middle < right for bar in group.bars)
        apart = min(group.room, SCALE.measure(str(number)) + SCALE.gap)
        for one, other in pairwise(group.bars):
            assert one.left + one.width < other.left
            assert other.middle - one.middle >= apart - 1e-6


def test_the_last_year_is_the_dark_one():
    assert [is_dark(chart((1,), (2,)), series) for series in (0, 1)] == [False, True]
