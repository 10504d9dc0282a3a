"""One sheet of last year's ledger: which lines count, and what cannot be read."""

from decimal import Decimal

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.workbooks.previous_sheet import LedgerPage, read_page, text_of

HEAD = [["某市汇总底稿"], ["编码", "单位", "分组", "报送文件", "新收", "办理"]]
ADDRESSES = ["地址", "", "", "", "requests.a", "requests.b"]
OFFICE = ["01", "市政府办公室", "市直机关", "甲.xlsx", 3.0, 2.5]
SUBTOTAL = ["", "市直机关小计（程序）", "", "", 3.0, ""]
TOTAL = ["", "合计（程序）", "", "", 3.0, 2.5]


def page(*lines: list[object]) -> LedgerPage | None:
    return read_page("previous.xlsx", "依申请公开", [*HEAD, *lines])


def test_agencies_and_the_programs_own_sums_are_lines_and_nothing_else_is() -> None:
    live = ["", "合计（公式）", "", "", 9.0, 9.0]
    found = page(ADDRESSES, OFFICE, live, SUBTOTAL, ["", "相差", "", "", 0.0, 0.0], TOTAL, ["", ""], [])
    assert found is not None
    assert [(line.row, line.code, line.group, line.whose) for line in found.lines] == [
        (4, "01", "市直机关", None),
        (6, "", "", "市直机关"),
        (8, "", "", ""),
    ]
    assert found.agencies[0].figures == {"requests.a": Decimal(3), "requests.b": Decimal("2.5")}
    assert found.sums[0].figures == {"requests.a": Decimal(3)}


def test_a_sheet_without_sums_is_none_of_the_ledgers() -> None:
    assert page(["编码", "单位"], ["01", "市政府办公室"]) is None


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([["address"], OFFICE, TOTAL], "[依申请公开] 里没有“地址”这一行"),
        ([[*ADDRESSES, "requests.a"], OFFICE], "[依申请公开]E3、G3 的地址都是 requests.a"),
        ([ADDRESSES, [*OFFICE[:4], "约3件"]], "[依申请公开]E4 是“约3件”，不是数"),
        ([ADDRESSES, [*OFFICE[:4], "nan"]], "[依申请公开]E4 是“nan”，不是数"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(lines: list[list[object]], words: str) -> None:
    with pytest.raises(OperatorError) as refused:
        page(*lines)
    assert refused.value.code is ExitCode.INPUT
    assert words in refused.value.message
    assert "请" in refused.value.message


def test_a_whole_number_has_no_point() -> None:
    assert (text_of(3.0), text_of(2.5), text_of(" 甲 ")) == ("3", "2.5", "甲")
