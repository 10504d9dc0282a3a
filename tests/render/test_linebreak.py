"""Lines broken as GB/T 15834 and the offices ask."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.linebreak import CLOSING, OPENING, break_costs, break_lines

CHINESE = "政府信息公开工作年度报告呼伦贝尔市旗区条件答复"
LINE_END = "，。、；：？！）》”％"
LINE_START = "（《“〔"


def lines(text: str, room: float) -> list[str]:
    """The lines of a text, ASCII half as wide as the rest, in a column of ``room`` characters."""
    widths = [0.5 if character.isascii() else 1.0 for character in text]
    return [line.text for line in break_lines(text, widths, room)]


def test_plain_text_fills_every_line() -> None:
    assert lines("政府信息公开工作年度报告", 5) == ["政府信息公", "开工作年度", "报告"]


def test_the_first_line_is_indented_two_characters() -> None:
    broken = break_lines("政府信息公开工作", [1.0] * 8, 5, indent=2)
    assert [line.text for line in broken] == ["政府信", "息公开工作"]
    assert [line.room for line in broken] == [3, 5]
    assert [line.last for line in broken] == [False, True]


@pytest.mark.parametrize("mark", sorted(LINE_END))
def test_a_closing_mark_takes_a_character_with_it_to_the_next_line(mark: str) -> None:
    assert lines(f"政府信息公{mark}开", 5) == ["政府信息", f"公{mark}开"]


@pytest.mark.parametrize("mark", sorted(LINE_START))
def test_an_opening_mark_goes_to_the_next_line_with_what_it_opens(mark: str) -> None:
    assert lines(f"政府信息{mark}公开", 5) == ["政府信息", f"{mark}公开"]


def test_on_a_long_line_a_closing_mark_is_pulled_in_instead() -> None:
    text = "政" * 28 + "。" + "府" * 3
    assert lines(text, 28) == ["政" * 28 + "。", "府府府"]


def test_two_closing_marks_are_guarded_together() -> None:
    assert lines("政府信息公）。开", 5) == ["政府信息", "公）。开"]


@pytest.mark.parametrize("pair", ["——", "……"])
def test_a_dash_and_an_ellipsis_are_never_torn(pair: str) -> None:
    assert lines(f"政府信息{pair}公开", 5) == ["政府信息", f"{pair}公开"]


@pytest.mark.parametrize(
    "number", ["103615条", "61.45%", "1,036件", "31.17亿元", "２０２０年", "-13", "99.5％"]
)
def test_a_number_keeps_its_unit(number: str) -> None:
    broken = lines(f"本年度一共公开了{number}政府信息公开", 10)
    assert any(number in line for line in broken)
    assert "".join(broken) == f"本年度一共公开了{number}政府信息公开"


def test_a_web_address_too_long_for_the_line_begins_on_it() -> None:
    text = "联系地址" + "http://www.hulunbuir.gov.cn/index.html" + "。"
    broken = lines(text, 14)
    assert broken == ["联系地址http://www.", "hulunbuir.gov.cn/index.html。"]


def test_a_word_is_kept_whole_where_the_line_is_full_enough_without_it() -> None:
    assert lines("政府信息公开工作年度 report 报告", 12) == ["政府信息公开工作年度 ", "report 报告"]


def test_a_column_narrower_than_a_character_still_takes_all_text() -> None:
    assert lines("政府", 0.5) == ["政", "府"]


def test_the_white_between_two_scripts_falls_away_at_a_line_s_end() -> None:
    """Three characters and a gap behind each of the first two: the third line end has none."""
    widths, gaps = [1.0] * 6, [0.5, 0.5, 0.5, 0.5, 0.5, 0.0]
    broken = break_lines("甲乙丙丁戊己", widths, 4.0, gaps=gaps)
    assert [(line.text, line.width) for line in broken] == [("甲乙丙", 4.0), ("丁戊己", 4.0)]
    assert [line.text for line in break_lines("甲乙丙丁戊己", widths, 3.9, gaps=gaps)] == [
        "甲乙",
        "丙丁",
        "戊己",
    ]


def test_no_text_has_no_lines() -> None:
    assert lines("", 5) == []


words = st.one_of(
    st.text(CHINESE, min_size=1, max_size=9),
    st.text(LINE_END + "·～", min_size=1, max_size=2),
    st.sampled_from(LINE_START),
    st.sampled_from(["——", "……", "2020", "61.45%", "1,036", "COVID-19", "A4", "31.17亿元", " "]),
    st.integers(0, 10**7).map(str),
)


@given(parts=st.lists(words, max_size=40), room=st.integers(8, 40))
def test_whatever_the_text_no_line_begins_or_ends_wrongly(parts: list[str], room: int) -> None:
    text = "".join(parts)
    broken = lines(text, room)
    assert "".join(broken) == text
    place = 0
    for line in broken[:-1]:
        start, place = place, place + len(line)
        choices = break_costs(text)[start + 1 : place + 1]
        if min(choices, default=0) == 0:  # some good place lay in the line
            assert line[-1] not in OPENING
            assert text[place] not in CLOSING
            assert text[place - 1 : place + 1] not in {"——", "……"}
            assert not (text[place - 1].isdigit() and text[place] in "0123456789%条")


MARKED = st.tuples(
    st.text(LINE_START, max_size=2),
    st.one_of(
        st.text(CHINESE, min_size=1, max_size=30),
        st.sampled_from(["——", "……", "61.45%", "1,036件", "COVID-19", "31.17亿元", "www.hlbe.gov.cn"]),
        st.integers(0, 10**12).map(str),
    ),
    st.text(LINE_END, max_size=3),
).map("".join)
"""A word as it stands in a text: up to two marks open before it, up to three close behind it."""


@given(parts=st.lists(MARKED, max_size=30), room=st.integers(8, 40))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(parts: list[str], room: int) -> None:
    text = "".join(parts)
    broken = lines(text, room)
    assert "".join(broken) == text
    for line, following in pairwise(broken):
        assert line[-1] not in OPENING
        assert following[0] not in CLOSING
        assert line[-1] + following[0] not in {"——", "……"}


@given(parts=st.lists(words, max_size=40), room=st.integers(8, 40))
def test_a_line_overruns_its_room_by_no_more_than_it_can_be_squeezed(parts: list[str], room: int) -> None:
    text = "".join(parts)
    for line in break_lines(text, [0.5 if sign.isascii() else 1.0 for sign in text], room):
        assert line.width <= room / 0.96 + 1e-6
