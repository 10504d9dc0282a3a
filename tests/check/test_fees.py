"""A fee left unpaid in the table, and what section six says of fees."""

import pytest

from kit.watch import body, said, states, watch
from pipeline.check.fees import check_fees
from pipeline.model.tally import State

UNPAID = "requests.other_fee_unpaid.total"
FOUND = [("fee-unstated", "市教育局", UNPAID)]


@pytest.fixture
def read(forms, indicators, catalogue):
    """What is tried beside a section six."""

    def tried(closing, unpaid=1, edition="2021"):
        figures = {UNPAID: unpaid} if edition == "2021" else {}
        return list(
            check_fees(
                body(forms[edition], figures, closing=closing), watch(forms, edition, indicators, catalogue)
            )
        )

    return tried


@pytest.mark.parametrize(
    "closing",
    [
        "无。",
        "无其他需要报告的事项。",
        "本年度未收取信息处理费。",
        "2021年，没有收取政府信息公开信息处理费。",
        "全年未产生信息处理费。",
        "本机关没有发生信息处理费。",
        "全年未发出收费通知，未收取信息处理费。",
        "收取信息处理费0元。",
        "收取信息处理费 ０ 元。",
        "依申请公开政府信息没有收费。",
        "未向申请人收取任何费用",
    ],
)
def test_a_text_that_knows_of_no_fee_does_not_fit_an_unpaid_one(read, closing):
    assert said(read(closing)) == FOUND
    assert said(read(closing, unpaid=0)) == []


@pytest.mark.parametrize(
    "closing",
    [
        "发出收费通知1件，应收200元，实际收取0元。",
        "向1名申请人发出收费通知，申请人逾期未缴纳，没有收取信息处理费。",
        "有1件申请人未按时缴费，不再处理；全年未收取信息处理费。",
        "收取信息处理费10元。",
        "收取信息处理费100.0元。",
        "按规定收取信息处理费。",
    ],
)
def test_a_text_that_tells_of_a_fee_fits(read, closing):
    assert said(read(closing)) == []


def test_without_a_section_six_nothing_is_asked_here(read):
    assert states(read(""), "fee-unstated") == {State.WITHOUT_FIGURE}


def test_the_edition_without_such_a_figure_is_not_asked(read):
    assert read("无。", edition="2019") == []


def test_the_finding_quotes_what_the_text_says(read):
    (trial,) = read("本年度未收取信息处理费。")
    assert "写的是“未收取”" in trial.finding.message
    (trial,) = read("无。")
    assert "没有写收取信息处理费的情况" in trial.finding.message
