"""Who has submitted, on a terminal: a line each, or where there are many those to look at."""

import pytest

from pipeline.inquire import Standing
from pipeline.model.roster import Agency
from pipeline.screen_status import status_lines


@pytest.mark.parametrize(("days", "said"), [(5, "还有 5 天"), (0, "还有 0 天"), (-2, "已过 2 天")])
def test_status_counts_and_days(days, said):
    agencies = [Agency("1", "甲局", "市直"), Agency("2", "很长名字的某某局", "市直")]
    unused = (("旧.xlsx", "采用的是 a.xlsx"),)
    rows = [
        Standing(agencies[0], "已报", "a.xlsx", 0, "2 份里采用这一份", unused),
        Standing(agencies[1], "未报", "", 0),
    ]
    lines = list(status_lines(rows, days))
    assert lines[0].startswith("已报    甲局              a.xlsx")
    assert lines[0].endswith("a.xlsx　2 份里采用这一份")
    assert lines[1].strip() == "未采用 旧.xlsx：采用的是 a.xlsx"
    assert lines[3] == "应报 2 家：已报 1，未报 1。"
    assert said in lines[4]


def many(size):
    """A county in order, and an office of which every third sent nothing."""
    rows = [Standing(Agency(f"1{n}", f"旗局{n}", "某旗"), "已报", f"{n}.xlsx", 0) for n in range(size)]
    return rows + [
        Standing(Agency(f"2{n}", f"市局{n}", "市直"), "已报" if n % 3 else "未报", "", 0) for n in range(size)
    ]


def test_of_many_agencies_only_those_to_look_at_are_listed_and_the_others_are_counted():
    lines = list(status_lines(many(9), None, most=10))
    assert [line.split()[1] for line in lines[:3]] == ["市局0", "市局3", "市局6"]
    assert lines[3:] == [
        "……已报、没有别的情况的 15 家没有列出；加 -v 全部列出。",
        "各分组（全部已报的不列）：",
        "  市直 9 家：未报 3，已报 6",
        "应报 18 家：已报 15，未报 3。",
    ]


def test_what_a_screen_does_not_hold_is_counted_too():
    lines = list(status_lines(many(9), None, [("甲.xlsx", "认不出")] * 3, most=2))
    assert "……还有 1 家要看的没有列出，已报、没有别的情况的 15 家没有列出；加 -v 全部列出。" in lines
    assert "  ……还有 1 份，加 -v 全部列出。" in lines


def test_all_are_listed_where_that_is_asked_for():
    lines = list(status_lines(many(9), None, everything=True, most=2))
    assert sum(line.startswith(("已报", "未报")) for line in lines) == 18
    assert not any("……" in line for line in lines)
