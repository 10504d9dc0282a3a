"""Findings are worded by the catalogue, with their place."""

import pytest
from msgspec.structs import replace

from pipeline.model.finding import Severity, by_code, heard, some, visible
from pipeline.model.place import CellPlace


def test_a_finding_says_where_what_was_found_and_what_was_expected(catalogue):
    finding = catalogue.finding(
        "cell-not-whole",
        year=2020,
        place=CellPlace("a/教育局.xlsx", "依申请公开", "F12"),
        found="3.5",
        expected="整数",
        words="新收·自然人",
    )
    assert finding.where() == "a/教育局.xlsx [依申请公开]F12"
    assert finding.message == "“新收·自然人”填的是“3.5”，应填：整数。"
    assert finding.is_error


def test_an_unknown_code_is_refused(catalogue):
    with pytest.raises(KeyError):
        catalogue.finding("no-such-code", year=2020)


def test_an_office_may_weigh_a_code_otherwise(catalogue):
    lighter = catalogue.weighed({"items-continuity": Severity.NOTICE})
    assert lighter.kinds["items-continuity"].severity is Severity.NOTICE
    assert catalogue.kinds["items-continuity"].severity is Severity.WARNING


def test_weights_are_said_in_chinese():
    assert [severity.word for severity in Severity] == ["错误", "待核", "提示", "关闭"]


def test_text_of_others_is_quoted_in_one_printable_line_and_cut(catalogue):
    finding = catalogue.finding(
        "cell-not-a-number", year=2020, found="甲\n\x1b[31m" + "长" * 900, expected="整数", words="新收"
    )
    assert "\n" not in finding.message
    assert "\x1b" not in finding.found
    assert len(finding.found) < 250
    assert finding.found.endswith("……")


def test_what_cannot_be_seen_is_shown_by_its_code(catalogue):
    assert (
        visible("甲\u202e乙\u200b\x1b丙\u3000丁\t戊\ue000")
        == "甲〔U+202E〕乙〔U+200B〕〔U+001B〕丙\u3000丁 戊〔U+E000〕"
    )
    finding = catalogue.finding("section-unknown", year=2020, found="七、\u202e附则")
    assert finding.found == "七、〔U+202E〕附则"
    assert "\u202e" not in finding.message


def test_what_an_office_switched_off_is_not_heard(catalogue):
    lighter = catalogue.weighed({"items-continuity": Severity.OFF})
    off = lighter.finding(
        "items-continuity", year=2020, found="3", expected="2", words="规章", detail="", last=""
    )
    on = lighter.finding("font-substituted", year=2020, found="黑体")
    assert heard((off, on, off)) == (on,)


def test_findings_of_a_code_stay_in_their_order(catalogue):
    first, second = (
        catalogue.finding("agency-missing", year=2020, agency=name, group="") for name in ("甲局", "乙局")
    )
    other = replace(first, code="cell-blank")
    assert by_code([first, other, second]) == {"agency-missing": [first, second], "cell-blank": [other]}


def test_many_names_are_the_first_few_and_how_many_there_are():
    assert some(["甲", "乙", "丙"]) == "甲、乙、丙"
    assert some(["甲", "乙", "丙", "丁"]) == "甲、乙、丙等"
    assert some(["甲", "乙", "丙"], 2, "家") == "甲、乙等 3 家"
