"""A finding in the agency's words: where, what it typed, what it should be, what to do."""

import pytest
from msgspec.structs import replace

from pipeline.check.crossfooting import RuleBook
from pipeline.compose.slip_line import Wording, pointed_line, slip_line
from pipeline.model.alike import Alike
from pipeline.model.place import CellPlace
from pipeline.model.slip import Pointer

FILE = "inputs/2019/submissions/市教育局.xlsx"


@pytest.fixture
def wording(catalogue, forms, indicators):
    book = RuleBook.of(2019, forms["2019"], indicators)
    return Wording(catalogue, book.rules, book.words)


def finding(catalogue, code, cell="D6", sheet="依申请公开", **told):
    names = {"words": "新收", "detail": "", "column": "自然人", **told}
    return catalogue.finding(code, year=2019, place=CellPlace(FILE, sheet, cell), **names)


def line(wording, *findings):
    return slip_line(Alike(findings), wording)


def test_a_wrong_total_should_be_its_sum(catalogue, wording):
    one = line(
        wording,
        finding(catalogue, "row-total", found="9", expected="12", address="requests.disclosed.total"),
    )
    assert (one.where, one.found, one.expected) == ("依申请公开 D6：（一）予以公开·总计", "9", "12")
    assert one.remedy.startswith("横向合计不等。请核对")
    assert (one.is_error, one.cells, one.findings) == (True, ("D6",), 1)


def test_a_sum_of_several_cells_is_no_value_for_one_cell(catalogue, wording):
    one = line(
        wording,
        finding(
            catalogue,
            "requests-balance",
            found="9",
            expected="12",
            address="requests.received.natural_person",
        ),
    )
    assert (one.found, one.expected) == ("2 格相加是 9", "相加等于 12")
    assert "新收加上年结转，应等于办理总计加结转下年度" in one.remedy


def test_a_limit_is_said_as_one(catalogue, wording):
    one = line(
        wording,
        finding(catalogue, "made-published", found="9", expected="6", address="proactive.normative.made"),
    )
    assert (one.is_error, one.expected) == (False, "不大于 6")


def test_blanks_alike_are_one_line_with_their_ranges(catalogue, wording):
    told = [
        finding(
            catalogue, "cell-blank", f"D{row}", expected="0 或正整数", address="requests.received.business"
        )
        for row in (6, 7, 9)
    ]
    one = line(wording, *told)
    assert one.where == "依申请公开 D6:D7 D9：一、本年新收政府信息公开申请数量·商业企业等 3 格"
    assert (one.found, one.expected, one.cells, one.findings) == (
        "（空）",
        "0 或正整数",
        ("D6", "D7", "D9"),
        3,
    )


def test_what_concerns_the_whole_file_says_the_sentence_itself(catalogue, wording):
    whole = catalogue.finding("workbook-password", year=2019, workbook=FILE)
    one = line(wording, whole)
    assert (one.where, one.found, one.expected) == ("整个工作簿", "—", "—")
    assert one.remedy == "工作簿设了打开密码，读不出内容。请取消打开密码再发。"


def test_the_offices_folder_is_not_the_agencies_business(catalogue, wording):
    told = catalogue.finding(
        "submission-twice", year=2019, workbook=FILE, found=f"{FILE}、{FILE.replace('局', '局二')}"
    )
    assert line(wording, told).found == "市教育局.xlsx、市教育局二.xlsx"
    assert "inputs" not in line(wording, told).message


def test_the_remedy_speaks_to_the_agency_and_not_of_report_toml(catalogue, wording):
    for code, kind in catalogue.kinds.items():
        told = kind.slip or kind.remedy
        asks_office = any(
            word in told
            for word in ("report.toml", "accepted.toml", "报送单位", "花括号", "退回", "名册", "程序不改")
        )
        on_slips = code not in {"agency-missing"} and kind.severity.value in {"error", "warning"}
        if on_slips and asks_office:
            assert code in OFFICE_ONLY, code


OFFICE_ONLY = {
    "agency-unknown", "agency-conflict", "agency-file-name", "workbook-of-another", "sums-incomplete", "last-year-incomplete",
    "narrative-gap", "figure-glued", "agency-left", "agency-regrouped", "predecessor-unclear", "mail-address", "mail-address-missing",
}  # fmt: skip
"""Findings about no known agency, about the sums or about the office's own text: none stands on a slip."""


def test_one_cell_that_explains_several_breaches_is_pointed_at(catalogue, wording):
    told = tuple(
        replace(finding(catalogue, code, found="1", expected="2"), message=f"{code}。")
        for code in ("row-total", "outcome-total")
    )
    pointer = Pointer(CellPlace(FILE, "依申请公开", "E8"), "requests.disclosed.business", "4321", "36", told)
    one = pointed_line(pointer, wording)
    assert (one.where, one.found, one.expected) == ("依申请公开 E8：（一）予以公开·商业企业", "4321", "36")
    assert one.remedy.startswith("横向合计不等、办理结果合计不等。改这一格就都对上")
    assert (one.findings, one.message) == (2, "row-total。outcome-total。")
