"""A body keeps its past whatever its number is now, and gets nobody else's."""

from decimal import Decimal

from msgspec.structs import replace

from pipeline.check.continuing import check_membership, of_this_roster
from pipeline.model.consolidation import LastYear
from pipeline.model.roster import Agency, Roster


def last(**names):
    """A year before in which each code stood for this name; the figure tells whose it is."""
    figures = {code: {"a": Decimal(len(name))} for code, name in names.items()}
    return LastYear(2019, "previous.xlsx", figures, {}, {}, names)


def found(before, *agencies):
    """For each code now, the name last year under which its figures were found, and who was renumbered."""
    known = of_this_roster(before, Roster(tuple(agencies)))
    whose = {
        code: next(n for c, n in before.names.items() if before.agencies[c] is figures)
        for code, figures in known.agencies.items()
    }
    return whose, dict(known.renumbered)


def test_numbered_anew_all_keep_their_own_past():
    """The first body was dissolved, and the second took its number."""
    before = last(c01="扶贫办", c02="教育局", c03="财政局")
    assert found(before, Agency("c01", "教育局", ""), Agency("c02", "财政局", "")) == (
        {"c01": "教育局", "c02": "财政局"},
        {"c01": "c02", "c02": "c03"},
    )


def test_a_new_body_under_an_old_number_does_not_get_the_old_one_s_past():
    before = last(c01="扶贫办", c02="教育局")
    whose, _ = found(before, Agency("c09", "扶贫办", ""), Agency("c01", "乡村振兴局", ""))
    assert whose == {"c09": "扶贫办"}


def test_a_body_that_got_a_new_name_is_known_by_its_number_or_an_alias():
    before = last(c01="文化局", c02="民委")
    renamed = Agency("c01", "文化和旅游局", ""), Agency("c08", "民族事务委员会", "", ("民委",))
    assert found(before, *renamed) == ({"c01": "文化局", "c08": "民委"}, {"c08": "c02"})


def test_a_name_that_two_had_tells_nothing():
    assert found(last(c01="教育局", c02="教育局"), Agency("c02", "教育局", "")) == ({"c02": "教育局"}, {})
    assert found(last(c01="教育局", c02="教育局"), Agency("c07", "教育局", "")) == ({}, {})


def test_who_has_nothing_but_the_number_of_last_year_s_body_is_said(catalogue):
    before = last(c01="文化局", c02="民委", c03="教育局")
    here = Agency("c01", "文旅局", ""), Agency("c02", "民族委", "", ("民委",)), Agency("c09", "教育局", "")
    roster = Roster(here)
    told = check_membership(of_this_roster(before, roster), roster, 2020, catalogue)
    assert [(one.code, one.agency, one.found) for one in told] == [
        ("last-year-by-name", "教育局", "c03"),
        ("last-year-by-code", "文旅局", "文化局"),
    ]


def said(catalogue, before, *agencies):
    """What is said of the rosters of both years, besides who was renumbered."""
    roster = Roster(tuple(agencies))
    told = check_membership(of_this_roster(before, roster), roster, 2020, catalogue)
    return [(one.code, one.found) for one in told if not one.code.startswith("last-year-by")]


def test_who_is_lost_from_the_roster_is_said_whatever_its_files(catalogue):
    before = last(c01="教育局", c02="水利局", c03="民委")
    assert said(
        catalogue, before, Agency("c01", "教育局", ""), Agency("c08", "民族事务委员会", "", ("民委",))
    ) == [("agency-left", "水利局")]


def test_a_line_in_another_group_is_said_and_a_new_body_has_no_other(catalogue):
    before = replace(last(c01="教育局", c02="水利局"), grouping={"c01": "市直机关", "c02": "市直机关"})
    roster = (
        Agency("c01", "教育局", "市直机关"),
        Agency("c09", "水利局", "旗市区"),
        Agency("c03", "体育局", "旗市区"),
    )
    assert said(catalogue, before, *roster) == [("agency-regrouped", "水利局（上一年市直机关，今年旗市区）")]


def test_without_last_year_nobody_left(catalogue):
    assert said(catalogue, LastYear(2019, "", {}, {}, {}), Agency("c01", "教育局", "市直机关")) == []


def summed(before, agencies, absorbed=(), unsummed=()):
    """Each agency's figure of last year, and what is said of mergers, splits and names nobody knows."""
    known = of_this_roster(before, Roster(tuple(agencies), tuple(absorbed)), unsummed)
    figures = {code: int(one["a"]) for code, one in known.agencies.items() if "a" in one}
    return (
        figures,
        dict(known.merged),
        dict(known.divided),
        [name for _, name, _ in known.unclear],
        known.left,
    )


def test_a_renamed_body_keeps_its_past_whatever_its_new_number():
    before = last(c01="文化局", c02="扶贫办")
    renamed = Agency("c77", "文化和旅游局", "", formerly=("文化局",)), Agency("c02", "扶贫办", "")
    assert found(before, *renamed) == ({"c77": "文化局", "c02": "扶贫办"}, {"c77": "c01"})


def test_a_former_name_stands_above_the_number_that_another_body_had():
    """c02 was the 扶贫办; the new body under c02 says it was the 文化局."""
    before = last(c01="文化局", c02="扶贫办")
    assert found(before, Agency("c02", "文化和旅游局", "", formerly=("文化局",)))[0] == {"c02": "文化局"}


def test_the_pasts_of_merged_bodies_are_added_whichever_way_the_roster_says_it():
    before = last(c01="教育局", c02="体育运动局")
    by_name = summed(before, [Agency("c09", "教体局", "", formerly=("教育局", "体育运动局"))])
    heir, gone = Agency("c01", "教育局", ""), Agency("c02", "体育运动局", "", merged_into="教育局")
    taken_over = summed(before, [heir], [gone])
    assert by_name == ({"c09": 8}, {"c09": ("教育局", "体育运动局")}, {}, [], ())
    assert taken_over == ({"c01": 8}, {"c01": ("教育局", "体育运动局")}, {}, [], ())


def test_said_twice_a_body_is_added_once():
    before = last(c01="教育局", c02="体育运动局")
    heir = Agency("c01", "教育局", "", formerly=("教育局", "体育运动局"))
    gone = Agency("c02", "体育运动局", "", merged_into="教育局")
    assert summed(before, [heir], [gone])[0] == {"c01": 8}


def test_what_one_of_the_merged_had_no_number_for_is_not_known_nor_is_a_rate():
    before = last(c01="教育局", c02="体育运动局")
    before = replace(
        before,
        agencies={
            "c01": {"a": Decimal(1), "b": Decimal(1), "r": Decimal(1)},
            "c02": {"a": Decimal(2), "r": Decimal(2)},
        },
    )
    merged = of_this_roster(
        before, Roster((Agency("c09", "教体局", "", formerly=("教育局", "体育运动局")),)), ["r"]
    )
    assert merged.agencies == {"c09": {"a": Decimal(3)}}


def test_a_body_that_was_split_leaves_no_part_a_past_to_be_guessed():
    before = last(c01="教体局", c02="财政局")
    parts = (
        Agency("c01", "教育局", "", formerly=("教体局",)),
        Agency("c08", "体育局", "", formerly=("教体局",)),
    )
    assert summed(before, [*parts, Agency("c02", "财政局", "")]) == (
        {"c02": 3},
        {},
        {"教体局": ("教育局", "体育局")},
        [],
        (),
    )


def test_a_part_that_kept_the_name_has_no_past_of_its_own_either():
    before = last(c01="教体局")
    parts = Agency("c01", "教体局", ""), Agency("c08", "体育局", "", formerly=("教体局",))
    assert summed(before, parts)[:3] == ({}, {}, {"教体局": ("教体局", "体育局")})


def test_a_former_name_that_last_year_does_not_know_gives_no_past():
    before = last(c01="文化局", c02="体育局", c03="体育局")
    assert summed(before, [Agency("c01", "文旅局", "", formerly=("文华局",))])[3:] == (
        ["文华局"],
        ("文化局", "体育局", "体育局"),
    )
    twice = summed(before, [Agency("c02", "文体局", "", formerly=("文化局", "体育局"))])
    assert (twice[0], twice[3]) == ({}, ["体育局"])
    gone = summed(before, [Agency("c01", "文化局", "")], [Agency("c09", "水务局", "", merged_into="文化局")])
    assert (gone[0], gone[3]) == ({}, ["水务局"])


def test_without_last_year_nothing_is_unclear():
    assert summed(LastYear(2019, "", {}, {}, {}), [Agency("c01", "文旅局", "", formerly=("文化局",))]) == (
        {},
        {},
        {},
        [],
        (),
    )


def test_a_renamed_body_that_says_its_former_name_is_not_found_by_its_code_alone(catalogue):
    for formerly, told in (((), ["last-year-by-code"]), (("文化局",), [])):
        roster = Roster((Agency("c01", "文旅局", "", formerly=formerly),))
        known = of_this_roster(last(c01="文化局"), roster)
        assert [one.code for one in check_membership(known, roster, 2020, catalogue)] == told
