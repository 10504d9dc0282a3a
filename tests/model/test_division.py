"""A long roster in parts: groups stay whole where they fit, nobody is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.offices import roster_of
from pipeline.model.division import SIZES, Sizes, divide
from pipeline.model.roster import Agency, Roster

SMALL = Sizes(at_once=6, each=5)


def roster(*groups: str) -> Roster:
    return Roster(tuple(Agency(str(number), f"{number}局", group) for number, group in enumerate(groups)))


def told(parts):
    return [(part.label, part.words, len(part.agencies)) for part in parts]


def test_what_a_sheet_holds_is_not_divided():
    assert divide(roster_of(6), SMALL) == ()
    assert divide(roster_of(SIZES.at_once)) == ()
    assert divide(roster_of(SIZES.at_once + 1)) != ()


def test_a_large_group_has_parts_of_its_own_and_a_small_one_stays_whole():
    assert told(divide(roster_of(12), SMALL)) == [
        ("第1册", "旗市区政府", 4),
        ("第2册", "市直机关（共2册之1）", 4),
        ("第3册", "市直机关（共2册之2）", 4),
    ]


def test_small_groups_share_a_part_in_the_roster_s_order():
    parts = divide(roster(*"甲甲乙丙丁丁戊"), Sizes(3, 5))
    assert [part.words for part in parts] == ["甲、乙", "丙、丁", "戊"], "lines of sums fill a part too"
    assert divide(roster(*"甲乙丙丁"), Sizes(3, 9))[0].words == "甲、乙、丙等4个分组"
    assert parts[0].divided is None


def test_scattered_members_of_a_group_come_together():
    parts = divide(roster("甲", "乙", "甲", "乙", "甲", "乙", "甲"), Sizes(3, 4))
    assert [[agency.code for agency in part.agencies] for part in parts] == [
        ["0", "2", "4", "6"],
        ["1", "3", "5"],
    ]


def test_a_roster_without_groups_is_divided_too():
    parts = divide(roster(*[""] * 7), SMALL)
    assert told(parts) == [("第1册", "没有分组的（共2册之1）", 3), ("第2册", "没有分组的（共2册之2）", 4)]
    assert [part.divided for part in parts] == ["", ""]


def test_many_small_groups_fill_a_sheet_with_their_sums():
    assert divide(roster(*map(str, range(6))), SMALL) != ()


@given(st.lists(st.sampled_from("甲乙丙丁戊己"), max_size=60), st.integers(1, 9))
def test_everybody_stands_in_one_part_and_no_part_is_too_long(groups, each):
    of_all = roster(*groups)
    parts = divide(of_all, Sizes(3, each))
    if parts:
        assert sorted(a.code for part in parts for a in part.agencies) == sorted(
            a.code for a in of_all.agencies
        )
        assert max(len(part.agencies) for part in parts) <= each
        assert [part.number for part in parts] == list(range(1, parts[0].count + 1))
    else:
        assert len(groups) <= 3


@pytest.mark.parametrize("part", divide(roster_of(12), SMALL), ids=lambda part: part.label)
def test_a_part_that_holds_a_piece_says_of_which_group(part):
    assert part.divided == (None if part.number == 1 else "市直机关")
