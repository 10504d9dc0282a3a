"""The agencies of the sample: the fourteen banners and districts, thirty-eight bodies of the city."""

from collections import Counter

from sample_agencies import load_sharers, roster

FOURTEEN = (
    "海拉尔区、满洲里市、扎兰屯市、牙克石市、根河市、额尔古纳市、扎赉诺尔区、阿荣旗、莫力达瓦达斡尔族自治旗、"
    "鄂伦春自治旗、鄂温克族自治旗、新巴尔虎左旗、新巴尔虎右旗、陈巴尔虎旗"
)
AGENCIES = roster(load_sharers()).agencies


def test_fourteen_banners_and_districts_and_thirty_eight_city_bodies():
    assert Counter(agency.group for agency in AGENCIES) == {"市直机关": 38, "旗市区政府": 14}
    banners = [agency.aliases[0] for agency in AGENCIES if agency.group == "旗市区政府"]
    assert "、".join(banners) == FOURTEEN


def test_a_banners_code_is_its_administrative_division_code():
    assert {agency.name: agency.code for agency in AGENCIES}["海拉尔区人民政府"] == "150702"


def test_codes_and_names_are_each_agencys_own():
    assert len({agency.code for agency in AGENCIES}) == len(AGENCIES)
    names = [name for agency in AGENCIES for name in agency.names]
    assert len(set(names)) == len(names)


def test_contacts_are_plainly_made_up():
    assert all(agency.email.endswith("@example.invalid") for agency in AGENCIES)
    assert all(agency.contact.startswith("样例") for agency in AGENCIES)
