"""What is amiss with acceptances, and what is not."""

import datetime

import pytest
from msgspec.structs import replace

from pipeline.check.acceptances import Accepted, check_acceptances
from pipeline.model.acceptance import Acceptance
from pipeline.model.finding import Severity
from pipeline.model.place import CellPlace

DAY = datetime.date(2021, 2, 1)
ADDRESS = "proactive.licences.items_last_year"
OLD = Acceptance("items-continuity", "机构改革", "张三", "市教育局", address=ADDRESS, found="8", expected="5")


@pytest.fixture
def finding(catalogue):
    def of(agency="市教育局", found="8", code="items-continuity"):
        place = CellPlace(f"{agency}.xlsx", "主动公开", "B6")
        return catalogue.finding(
            code,
            year=2020,
            agency=agency,
            place=place,
            address=ADDRESS,
            found=found,
            expected="5",
            words="行政许可",
            detail="",
        )

    return of


@pytest.fixture
def amiss(catalogue):
    def of(acceptances, findings, asked=True):
        accepted = Accepted(acceptances, "accepted.toml", 2020, DAY, lambda _: asked, str.upper)
        return [(one.code, one.cell, one.message) for one in check_acceptances(accepted, findings, catalogue)]

    return of


def test_one_that_holds_is_nobody_s_business(amiss, finding):
    assert amiss([OLD], [finding()]) == []


def test_one_whose_number_changed_says_both_numbers(amiss, finding):
    ((code, cell, message),) = amiss([OLD], [finding(found="9")])
    assert (code, cell) == ("acceptance-changed", "第1条")
    assert "确认的是“查到 8，应为 5”，现在是“查到 9，应为 5”" in message
    assert "张三，理由：机构改革" in message


def test_one_that_is_over_says_whose_why_and_until_when(amiss, finding):
    over = replace(OLD, until=datetime.date(2021, 1, 31))
    ((code, _, message),) = amiss([over], [finding()])
    assert code == "acceptance-expired"
    assert all(word in message for word in ("张三", "机构改革", "2021-01-31", "市教育局", ADDRESS.upper()))
    assert amiss([over], [finding(found="9")])[0][0] == "acceptance-expired"


def test_one_that_nothing_needs_is_told_only_when_all_was_asked(amiss, finding):
    assert [code for code, _, _ in amiss([OLD], [finding("市财政局")])] == ["acceptance-idle"]
    assert amiss([OLD], [finding("市财政局")], asked=False) == []


def test_an_old_one_beside_a_newer_one_is_not_told(amiss, finding):
    fresh = replace(OLD, found="9", by="李四")
    over = replace(OLD, until=datetime.date(2021, 1, 31))
    assert amiss([OLD, fresh], [finding(found="9")]) == []
    assert amiss([over, OLD], [finding()]) == []


def test_one_of_a_notice_is_not_worth_a_warning(amiss, finding):
    light = replace(finding(found="9"), severity=Severity.NOTICE)
    assert amiss([OLD, replace(OLD, until=datetime.date(2021, 1, 31))], [light]) == []


def test_one_without_an_agency_is_wide_where_it_lets_several_pass(amiss, finding):
    wide = Acceptance("items-continuity", "机构改革", "张三")
    several = [finding(), finding("市财政局"), finding("市财政局")]
    ((code, _, message),) = amiss([wide], several)
    assert code == "acceptance-wide"
    assert "市教育局、市财政局 2 家的 3 处" in message
    assert amiss([wide], several[1:]) == []
