"""Which of several workbooks counts, and who is missing."""

import pytest

from kit.reception import arrival, awaited, codes, received, sorted_out, unread
from pipeline.check.roster import is_named
from pipeline.model.finding import Severity


def test_an_agency_that_sent_nothing_is_named_with_its_group(catalogue):
    reception = sorted_out([arrival("办.xlsx", code="01")], awaited(catalogue))
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


OFFICE_SAYS = {"02": "说的这份.xlsx"}


@pytest.mark.parametrize(
    ("cover", "why"),
    [
        ({"code": "03"}, "它是海拉尔区人民政府的"),
        ({"agency": "市体育局"}, "认不出是哪个单位：封面写的是“市体育局”，名册里没有"),
    ],
)
def test_the_office_names_a_workbook_that_is_not_the_agency_s(catalogue, cover, why):
    """The agency's own counts instead, and the office hears that it is not the one it named."""
    reception = received(catalogue, arrival("说的这份.xlsx", **cover), use=OFFICE_SAYS)
    told = next(one for one in reception.findings if one.code == "use-unheeded")
    assert (told.is_error, told.workbook, told.found, told.expected) == (
        True,
        "说的这份.xlsx",
        why,
        "局.xlsx",
    )
    assert "[use] 指定市教育局用这一份" in told.message
    assert told.agency == "", "no agency gets a slip about the office's own settings"


def test_the_office_names_a_workbook_that_cannot_count(catalogue):
    wrong = catalogue.finding(
        "wrong-year", year=2020, workbook="说的这份.xlsx", found="2019", expected="2020"
    )
    old = arrival("说的这份.xlsx", code="02", findings=[wrong])
    reception = received(catalogue, old, use=OFFICE_SAYS)
    assert codes(reception) == ["wrong-year", "use-unheeded"]
    alone = sorted_out([old], awaited(catalogue, OFFICE_SAYS))
    told = next(one for one in alone.findings if one.code == "use-unheeded")
    assert told.found == wrong.message.rstrip("。")
    assert "市教育局现在采用的：无" in told.message


def test_the_office_names_a_workbook_that_is_not_there(catalogue):
    (told,) = received(catalogue, use=OFFICE_SAYS).findings
    assert (told.code, told.workbook, told.found) == ("use-unheeded", "说的这份.xlsx", "没有这个文件")


def test_the_only_workbook_of_an_agency_may_be_named_too(catalogue):
    assert codes(received(catalogue, use={"02": "局.xlsx"})) == []


def test_a_workbook_that_states_no_year_counts_but_is_asked_about(catalogue):
    reception = received(catalogue, arrival("局.xlsx", code="02", year=None))
    assert [(f.code, f.agency, f.severity.value) for f in reception.findings] == [
        ("year-unstated", "市教育局", "warning")
    ]
    assert "02" in reception.counted


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


def test_a_workbook_of_another_year_does_not_count_however_light_the_office_makes_of_it(catalogue):
    lighter = catalogue.weighed({"wrong-year": Severity.NOTICE})
    wrong = lighter.finding("wrong-year", year=2020, workbook="局.xlsx", found="2019", expected="2020")
    assert "02" not in received(lighter, arrival("局.xlsx", code="02", findings=[wrong])).counted


def reason(reception, workbook):
    return next(one.reason for one in reception.receipts if one.arrival.workbook == workbook)


def test_the_office_may_leave_a_workbook_out_and_says_why(catalogue):
    wrong = catalogue.finding("cell-blank", year=2020, workbook="局(改).xlsx", words="新收·自然人")
    second = arrival("局(改).xlsx", code="02", version=2, number=2, findings=[wrong])
    without = {"局(改).xlsx": "来函作废"}
    reception = received(catalogue, arrival("局.xlsx", code="02", version=1), second, exclude=without)
    assert reception.counted["02"].workbook == "局.xlsx"
    assert [(f.code, f.agency, f.workbook, f.found) for f in reception.findings] == [
        ("submission-excluded", "市教育局", "局(改).xlsx", "来函作废")
    ]
    assert "来函作废" in reason(reception, "局(改).xlsx")
    assert reason(reception, "局.xlsx") == ""


def test_an_agency_whose_only_workbook_is_left_out_is_missing(catalogue):
    reception = received(catalogue, arrival("局.xlsx", code="02"), exclude={"局.xlsx": "数不实"})
    assert "02" not in reception.counted
    assert codes(reception) == ["submission-excluded", "agency-missing"]


def test_a_file_that_is_none_of_the_agencies_can_be_left_out(catalogue):
    reception = received(
        catalogue, unread("说明.pdf", catalogue, "not-a-workbook"), exclude={"说明.pdf": "不是报送件"}
    )
    assert codes(reception) == ["submission-excluded"]


def test_why_one_of_several_counts_is_said_of_it_too(catalogue):
    several = [
        arrival("局.xlsx", code="02", version=1),
        arrival("局(改).xlsx", code="02", version=2, number=2),
    ]
    reception = received(catalogue, *several)
    assert "报送次数最大，第 2 次" in reason(reception, "局(改).xlsx")
    assert "采用的是 局(改).xlsx" in reason(reception, "局.xlsx")
