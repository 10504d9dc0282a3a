"""A body keeps its past whatever its number is now, and gets nobody else's."""

from dataclasses import replace
from decimal import Decimal

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
