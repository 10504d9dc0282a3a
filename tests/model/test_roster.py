"""The roster finds agencies by code and keeps its groups' order."""

from pipeline.model.roster import Agency, Roster

ROSTER = Roster(
    (Agency("1", "甲局", "市直", ("甲",)), Agency("2", "乙区", "旗市区"), Agency("3", "丙局", "市直"))
)


def test_groups_stand_in_order_of_first_appearance():
    assert ROSTER.groups == ("市直", "旗市区")


def test_an_agency_is_found_by_its_code_only():
    assert ROSTER.by_code("2").name == "乙区"
    assert ROSTER.by_code("甲局") is None


def test_names_are_the_name_and_its_aliases():
    assert ROSTER.agencies[0].names == ("甲局", "甲")


def test_all_names_are_those_of_all_agencies_in_their_order():
    assert ROSTER.names == ("甲局", "甲", "乙区", "丙局")
