"""The clerks: what is asked of the sample's workbooks is in their list."""

from sample_agencies import load_sharers
from sample_clerks import Clerk, load_clerks

CLERKS = load_clerks()
AGENCIES = {sharer.agency.code: sharer.agency for sharer in load_sharers()}


def endings() -> list[str]:
    return [clerk.file.rpartition(".")[2] for clerk in CLERKS.values()]


def test_every_clerk_belongs_to_an_agency_of_the_roster():
    assert set(CLERKS) <= set(AGENCIES)


def test_formats_are_mixed_as_offices_mix_them():
    assert endings().count("xls") >= 3
    assert endings().count("ods") >= 1
    assert endings().count("et") >= 1


def test_every_habit_and_every_change_to_the_tables_occurs():
    assert {way for c in CLERKS.values() for way in c.ways} == {"full-width", "thousands", "units", "signs"}
    changed = {change for clerk in CLERKS.values() for change in clerk.tables}
    assert changed == {"stacked", "renamed", "blank-row", "subtotal", "half-width"}


def test_an_agency_without_an_entry_names_its_file_as_asked():
    assert Clerk().path(AGENCIES["150702"], 1) == "海拉尔区人民政府2020年政府信息公开年报报送表.xlsx"


def test_a_second_version_has_a_name_of_its_own():
    twice = CLERKS["150700005"]
    assert twice.versions == 2
    assert twice.path(AGENCIES["150700005"], 1) != twice.path(AGENCIES["150700005"], 2)


def test_names_are_legal_on_windows():
    for code, clerk in CLERKS.items():
        for part in clerk.path(AGENCIES[code], 1).split("/"):
            assert not set(part) & set('<>:"\\|?*')
            assert part == part.strip(" .")
