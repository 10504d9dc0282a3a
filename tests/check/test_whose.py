"""Whose a workbook is that arrived."""

import pytest

from kit.reception import BUREAU, DISTRICT, arrival, codes, owner, received


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


def test_another_agency_s_blank_with_the_cover_changed_is_not_taken(catalogue):
    reused = arrival("补充.xlsx", code="01", agency="市政府办公室", made_for="02", version=2)
    (told,) = [finding for finding in received(catalogue, reused).findings if finding.is_error]
    assert (told.code, told.found, told.expected) == ("workbook-of-another", "市政府办公室", "市教育局")
    assert not [
        f for f in received(catalogue, arrival("办.xlsx", code="01", made_for="01")).findings if f.is_error
    ]
