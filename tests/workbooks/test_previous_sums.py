"""A ledger is believed where every sum in it is the sum of its agencies, and not otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ExitCode, OperatorError
from pipeline.workbooks.previous_sheet import LedgerPage, read_page
from pipeline.workbooks.previous_sums import prove_pages

LINES = (
    ("01", "市政府办公室", "市直机关", 3.0, 0.1, "", 90.5),
    ("02", "市教育局", "市直机关", 4.0, 0.2, "", ""),
    ("", "市直机关小计（程序）", "", 7.0, 0.3, 40.0, ""),
    ("03", "海拉尔区", "旗市区政府", 5.0, 18.871, "", ""),
    ("", "旗市区政府小计（程序）", "", 5.0, 18.871, 50.0, ""),
    ("", "合计（程序）", "", 12.0, 19.171, 44.4, ""),
)
COLUMNS = ("requests.new", "proactive.fees", "indicators.share", "indicators.satisfaction")


def page(lines=LINES, name="依申请公开", columns=COLUMNS) -> LedgerPage:
    rows = [["地址", "", "", *columns], *lines]
    found = read_page("2020/previous.xlsx", name, rows)
    assert found is not None
    return found


def changed(row: int, column: int, value: object) -> list[tuple[object, ...]]:
    lines = [list(line) for line in LINES]
    lines[row][column] = value
    return [tuple(line) for line in lines]


def refusal(*pages: LedgerPage) -> str:
    with pytest.raises(OperatorError) as refused:
        prove_pages(pages)
    assert refused.value.code is ExitCode.INPUT
    assert "2020/previous.xlsx" in refused.value.message
    assert "请" in refused.value.message
    return refused.value.message


def test_a_ledger_that_adds_up_is_believed_ratios_and_unsummed_columns_left_alone() -> None:
    prove_pages([page(), page(name="复议诉讼", columns=[f"{one}2" for one in COLUMNS])])


@pytest.mark.parametrize(
    ("row", "column", "value", "words"),
    [
        (5, 3, 55.0, "[依申请公开]D7 “合计（程序）”是 55，3 个单位相加是 12（地址 requests.new）"),
        (2, 3, 8.0, "[依申请公开]D4 “市直机关小计（程序）”是 8，2 个单位相加是 7"),
        (1, 3, 5.0, "[依申请公开]D4 “市直机关小计（程序）”是 7，2 个单位相加是 8"),
        (5, 4, 19.172, "“合计（程序）”是 19.172，3 个单位相加是 19.171"),
        (5, 3, "", "“合计（程序）”空着，3 个单位相加是 12"),
        (5, 1, "合计", "没有“合计（程序）”这一行"),
        (4, 1, "市直机关小计（程序）", "第 4、6 行是同一个汇总行“市直机关小计（程序）”"),
        (1, 0, "01", "第 2、3 行是同一个单位“01”"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(row: int, column: int, value: object, words: str) -> None:
    assert words in refusal(page(changed(row, column, value)))


def test_an_agencys_line_taken_out_shows_in_the_sums() -> None:
    assert "“市直机关小计（程序）”是 7，1 个单位相加是 3" in refusal(page((LINES[0], *LINES[2:])))


def test_a_figure_left_out_by_an_agency_has_no_sum() -> None:
    empty = ("市教育局", "市直机关小计（程序）", "合计（程序）")
    prove_pages([page([(*line[:3], "" if line[1] in empty else line[3], *line[4:]) for line in LINES])])


def test_an_address_on_two_sheets_and_other_agencies_on_another_are_refused() -> None:
    assert "[副本] 与 [依申请公开] 都有地址 requests.new" in refusal(page(), page(name="副本"))
    zero = [("", "合计（程序）", "", 0.0)]
    other = page([("09", "别的局", "", 0.0), *zero], "复议诉讼", ["disputes.total"])
    assert "[复议诉讼] 与 [依申请公开] 的单位不一样，差在编码 01" in refusal(page(), other)


@given(st.lists(st.decimals(0, 10**9, places=4), min_size=1, max_size=12), st.integers(1, 10**6))
def test_binary_dust_is_no_difference_and_the_least_figure_is_one(numbers, more) -> None:
    lines = [(f"{row}", "局", "", float(number)) for row, number in enumerate(numbers, 1)]
    total = float(sum(numbers))
    prove_pages([page([*lines, ("", "合计（程序）", "", total)], columns=["requests.new"])])
    with pytest.raises(OperatorError):
        prove_pages([page([*lines, ("", "合计（程序）", "", total + more)], columns=["requests.new"])])
