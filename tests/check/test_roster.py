"""Whose a workbook is, and which of several counts."""

import pytest

from pipeline.check.roster import Awaited, is_named, receive
from pipeline.model.finding import Severity
from pipeline.model.place import CellPlace
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Arrival, Cell, Cover, Submission

OFFICE = Agency("01", "市政府办公室", "市直机关", ("市政府办",))
BUREAU = Agency("02", "市教育局", "市直机关")
DISTRICT = Agency("03", "海拉尔区人民政府", "旗市区政府", ("海拉尔区",))
ROSTER = Roster((OFFICE, BUREAU, DISTRICT))


def arrival(name, *, number=1, findings=(), **cover):
    """A workbook with one figure and this on its cover."""
    cell = Cell("a", str(number), number, CellPlace(name, "表", "A1"))
    return Arrival(name, "", Submission(name, Cover(**{"year": 2020, **cover}), {"a": cell}), tuple(findings))


def unread(name, catalogue, code="workbook-password"):
    """A workbook that could not be read."""
    return Arrival(name, "", None, (catalogue.finding(code, year=2020, workbook=name),))


def awaited(catalogue, use=None):
    return Awaited(ROSTER, 2020, "某某市", use or {}, catalogue)


def received(catalogue, *arrivals, use=None):
    everyone = [arrival("办.xlsx", code="01"), arrival("局.xlsx", code="02"), arrival("区.xlsx", code="03")]
    names = {one.workbook for one in arrivals}
    return receive(
        [*arrivals, *(one for one in everyone if one.workbook not in names)], awaited(catalogue, use)
    )


def codes(reception):
    return [finding.code for finding in reception.findings]


def owner(reception, name):
    return next(receipt.agency for receipt in reception.receipts if receipt.arrival.workbook == name)


@pytest.mark.parametrize(
    "cover",
    [
        {"code": "02"},
        {"agency": "市教育局"},
        {"agency": "市 教育局", "code": "02"},
        {"agency": "市教育局", "code": "02"},
    ],
)
def test_a_cover_says_whose_it_is(catalogue, cover):
    reception = received(catalogue, arrival("局.xlsx", **cover))
    assert owner(reception, "局.xlsx") == BUREAU
    assert codes(reception) == []


def test_an_old_or_short_name_in_the_roster_is_known(catalogue):
    assert owner(received(catalogue, arrival("区.xlsx", agency="海拉尔区")), "区.xlsx") == DISTRICT


def test_a_cover_without_a_word_is_known_by_the_file_s_name_and_says_so(catalogue):
    reception = received(catalogue, arrival("局.xlsx"), arrival("附件1.海拉尔区2020年报表(定稿).xlsx"))
    assert owner(reception, "附件1.海拉尔区2020年报表(定稿).xlsx") == DISTRICT
    assert "agency-by-file-name" in codes(reception)


def test_a_file_s_name_that_fits_two_agencies_is_not_guessed_at(catalogue):
    reception = received(catalogue, arrival("市教育局和海拉尔区.xlsx"))
    assert owner(reception, "市教育局和海拉尔区.xlsx") is None
    assert codes(reception) == ["agency-unknown"]


def test_a_stranger_s_workbook_is_not_counted(catalogue):
    reception = received(catalogue, arrival("x.xlsx", agency="邻市财政局"))
    assert [(f.code, f.found) for f in reception.findings] == [("agency-unknown", "邻市财政局")]


@pytest.mark.parametrize(
    "cover",
    [
        {"agency": "市教育局", "code": "01"},
        {"agency": "邻市教育局", "code": "02"},
        {"agency": "市教育局", "code": "99"},
    ],
)
def test_a_name_and_a_code_that_disagree_are_asked_about(catalogue, cover):
    reception = received(catalogue, arrival("局.xlsx", **cover))
    assert "agency-conflict" in codes(reception)
    assert owner(reception, "局.xlsx") is None


def test_an_agency_that_sent_nothing_is_named_with_its_group(catalogue):
    reception = receive([arrival("办.xlsx", code="01")], awaited(catalogue))
    assert [(f.code, f.agency) for f in reception.findings] == [
        ("agency-missing", "市教育局"),
        ("agency-missing", "海拉尔区人民政府"),
    ]
    assert "市直机关" in reception.findings[0].message


def test_an_agency_whose_workbook_cannot_be_read_is_not_called_missing_as_well(catalogue):
    reception = received(catalogue, arrival("局.xlsx", code="01"), unread("市教育局.xls", catalogue))
    assert "agency-missing" not in codes(reception)
    assert [f.agency for f in reception.findings if f.code == "workbook-password"] == ["市教育局"]
    assert "02" not in reception.counted


@pytest.mark.parametrize("code", ["wrong-year", "wrong-edition"])
def test_a_workbook_of_another_year_or_edition_does_not_count(catalogue, code):
    wrong = catalogue.finding(code, year=2020, workbook="局.xlsx", found="2019", expected="2020")
    reception = received(catalogue, arrival("局.xlsx", code="02", findings=[wrong]))
    assert codes(reception) == [code]
    assert "02" not in reception.counted
    assert next(r.reason for r in reception.receipts if r.arrival.workbook == "局.xlsx") == wrong.message


def test_of_two_versions_the_later_by_its_own_count_counts(catalogue):
    first = arrival("局.xlsx", code="02", version=1)
    second = arrival("局(改).xlsx", code="02", version=2, number=2)
    for order in ((first, second), (second, first)):
        reception = received(catalogue, *order)
        assert reception.counted["02"].workbook == "局(改).xlsx"
        (told,) = reception.findings
        assert (told.code, told.workbook, told.expected) == (
            "submission-superseded",
            "局.xlsx",
            "局(改).xlsx",
        )


def test_a_later_version_with_the_same_figures_counts_for_its_texts(catalogue):
    """Only a sentence was wrong and only it was corrected: the corrected workbook is the one."""
    first = arrival("局.xlsx", code="02", version=1)
    second = arrival("局(改).xlsx", code="02", version=2)
    reception = received(catalogue, first, second)
    assert reception.counted["02"].workbook == "局(改).xlsx"


@pytest.mark.parametrize("versions", [(1, 1), (None, 2), (None, None)])
def test_versions_that_do_not_tell_are_asked_about_and_none_counts(catalogue, versions):
    several = [arrival(f"局{n}.xlsx", code="02", version=v, number=n) for n, v in enumerate(versions)]
    reception = received(catalogue, arrival("局.xlsx", code="01"), *several)
    assert "submission-twice" in codes(reception)
    assert "02" not in reception.counted


def test_the_same_figures_sent_twice_count_once(catalogue):
    reception = received(catalogue, arrival("局(副本).xlsx", code="02"), arrival("局.xlsx", code="02"))
    assert reception.counted["02"].workbook == "局(副本).xlsx"
    assert codes(reception) == ["submission-superseded"]


def test_the_office_may_say_which_counts(catalogue):
    several = [arrival("局.xlsx", code="02", number=1), arrival("旧/局(改).xlsx", code="02", number=2)]
    reception = received(catalogue, *several, use={"02": "局(改).xlsx"})
    assert reception.counted["02"].workbook == "旧/局(改).xlsx"


def test_a_workbook_that_states_no_year_counts_but_is_asked_about(catalogue):
    reception = received(catalogue, arrival("局.xlsx", code="02", year=None))
    assert [(f.code, f.agency, f.severity.value) for f in reception.findings] == [
        ("year-unstated", "市教育局", "warning")
    ]
    assert "02" in reception.counted


def test_a_name_with_its_place_before_it_is_the_agency_s_where_the_code_says_so(catalogue):
    assert (
        owner(received(catalogue, arrival("局.xlsx", agency="某某市教育局", code="02")), "局.xlsx") == BUREAU
    )
    assert owner(received(catalogue, arrival("局.xlsx", agency="某某市教育局", code="01")), "局.xlsx") is None


def test_a_code_whose_zeros_a_spreadsheet_dropped_is_known(catalogue):
    assert owner(received(catalogue, arrival("局.xlsx", agency="市教育局", code="2")), "局.xlsx") == BUREAU


def test_another_agency_s_cover_under_one_s_own_file_name_is_asked_about(catalogue):
    wrong = arrival("市教育局更正.xlsx", code="01", version=2)
    reception = received(catalogue, wrong)
    (told,) = [finding for finding in reception.findings if finding.is_error]
    assert (told.code, told.found, told.expected) == ("agency-file-name", "市政府办公室", "市教育局")
    assert reception.counted["01"].workbook == "办.xlsx"


def test_a_file_name_that_speaks_of_both_is_no_contradiction(catalogue):
    both = arrival("报市政府办公室-市教育局.xlsx", code="02")
    assert owner(received(catalogue, both), both.workbook) == BUREAU


@pytest.mark.parametrize(
    ("workbook", "use", "named"),
    [
        ("inputs/2020/submissions/市教育局.xlsx", "市教育局.xlsx", True),
        ("inputs/2020/submissions/旧/市教育局.xlsx", "旧/市教育局.xlsx", True),
        ("inputs/2020/submissions/旧/市教育局.xlsx", "旧\\市教育局.xlsx", True),
        ("inputs/2020/submissions/新市教育局.xlsx", "市教育局.xlsx", False),
    ],
)
def test_a_choice_names_a_whole_file(workbook, use, named):
    assert is_named(workbook, use) is named


def test_what_is_wrong_in_a_version_that_is_not_used_is_not_held_against_the_agency(catalogue):
    blank = catalogue.finding("cell-blank", year=2020, workbook="局.xlsx", words="新收·自然人")
    first = arrival("局.xlsx", code="02", version=1, findings=[blank])
    second = arrival("局(改).xlsx", code="02", version=2, number=2)
    assert codes(received(catalogue, first, second)) == ["submission-superseded"]
    assert codes(received(catalogue, first)) == ["cell-blank"]


def test_another_agency_s_blank_with_the_cover_changed_is_not_taken(catalogue):
    reused = arrival("补充.xlsx", code="01", agency="市政府办公室", made_for="02", version=2)
    (told,) = [finding for finding in received(catalogue, reused).findings if finding.is_error]
    assert (told.code, told.found, told.expected) == ("workbook-of-another", "市政府办公室", "市教育局")
    assert not [
        f for f in received(catalogue, arrival("办.xlsx", code="01", made_for="01")).findings if f.is_error
    ]


def test_a_workbook_of_another_year_does_not_count_however_light_the_office_makes_of_it(catalogue):
    lighter = catalogue.weighed({"wrong-year": Severity.NOTICE})
    wrong = lighter.finding("wrong-year", year=2020, workbook="局.xlsx", found="2019", expected="2020")
    assert "02" not in received(lighter, arrival("局.xlsx", code="02", findings=[wrong])).counted
