"""Last year's ledger is read back figure by figure, or refused with what to do."""

import datetime
import io
from decimal import Decimal

import pytest
from msgspec.structs import replace
from openpyxl import Workbook

from kit.offices import consolidated, filled_values, roster_of, submission_of
from kit.opened import opened
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.consolidation import Consolidation, Figure
from pipeline.model.division import SIZES
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.roster import Roster
from pipeline.model.submission import Submission
from pipeline.workbooks.blank import blank_workbook
from pipeline.workbooks.ledger import ledger_workbook
from pipeline.workbooks.previous import read_ledger

DAY = datetime.date(2021, 3, 1)
Written = tuple[bytes, Consolidation, dict[str, Submission]]


@pytest.fixture
def written(form: StatutoryForm, indicators: tuple[Indicator, ...]) -> Written:
    """A ledger of six agencies for 2020, and what went into it."""
    roster = roster_of(6)
    asked = [one for one in indicators if not one.over]
    submissions = {
        agency.code: submission_of(agency, filled_values(form, asked, int(agency.code)))
        for agency in roster.agencies
    }
    sums = consolidated(roster, submissions, indicators)
    content = ledger_workbook(sums, submissions, roster, form, indicators, organ="某市", year=2020, date=DAY)
    return content, sums, submissions


def saved_by_hand(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def check_all(content: bytes, written: Written) -> None:
    _, sums, submissions = written
    last = read_ledger(content, "previous.xlsx", 2020, organ="某市")
    assert (last.year, last.workbook) == (2020, "previous.xlsx")
    assert last.total == {address: figure.value for address, figure in sums.figures.items()}
    assert last.groups == {
        group: {address: figure.value for address, figure in figures.items()}
        for group, figures in sums.groups.items()
    }
    assert last.agencies == {
        code: {address: cell.value for address, cell in one.cells.items()}
        for code, one in submissions.items()
    }


def test_every_figure_comes_back(written: Written) -> None:
    check_all(written[0], written)


def test_a_ledger_saved_anew_with_sheets_renamed_and_rows_and_columns_put_in_reads_the_same(
    written: Written,
) -> None:
    book = opened(written[0])
    book.move_sheet("说明", 3)
    book["主动公开"].title = "Sheet1"
    book["Sheet1"].insert_rows(4, 2)
    book["Sheet1"].insert_cols(6)
    check_all(saved_by_hand(book), written)


def test_the_programs_own_sums_count_and_not_the_formulas(written: Written) -> None:
    book = opened(written[0])
    sheet = book["主动公开"]
    for row in sheet.iter_rows(min_row=7):
        if str(row[1].value).endswith("（公式）"):
            row[4].value = 99_999
    check_all(saved_by_hand(book), written)


def test_an_empty_cell_is_no_figure_and_not_0(written: Written) -> None:
    book = opened(written[0])
    sheet = book["主动公开"]
    sheet["E7"].value = None
    assert "2 个单位相加是" in refusal(saved_by_hand(book))
    for row in sheet.iter_rows():
        if row[1].value in ("旗市区政府小计（程序）", "合计（程序）"):
            row[4].value = None
    last = read_ledger(saved_by_hand(book), "previous.xlsx", 2020, organ="某市")
    assert "proactive.rules.made" not in last.agencies["001"]
    assert "proactive.rules.made" in last.agencies["002"]


def refusal(content: bytes, year: int = 2020, organ: str = "某市") -> str:
    with pytest.raises(OperatorError) as caught:
        read_ledger(content, "2020/previous.xlsx", year, organ=organ)
    assert caught.value.code is ExitCode.INPUT
    assert "2020/previous.xlsx" in caught.value.message
    return caught.value.message


def test_another_years_ledger_is_refused_with_both_years(written: Written) -> None:
    message = refusal(written[0], 2019)
    assert "是 2020 年的，需要的是 2019 年的" in message
    assert "移走" in message


def test_another_organs_ledger_is_refused_with_both_names(written: Written) -> None:
    message = refusal(written[0], organ="邻市")
    assert "“汇总单位”是“某市”，这次编报的是“邻市”" in message
    book = opened(written[0])
    for row in book["说明"].iter_rows():
        if row[0].value == "汇总单位":
            row[1].value = None
    assert "“汇总单位”是“（空）”" in refusal(saved_by_hand(book))


def test_what_does_not_add_up_is_refused(written: Written) -> None:
    book = opened(written[0])
    sheet = book["依申请公开"]
    total = next(row for row in sheet.iter_rows() if row[1].value == "合计（程序）")
    total[4].value += 1
    assert f"[依申请公开]{total[4].coordinate} “合计（程序）”是" in refusal(saved_by_hand(book))


def test_a_sheet_copied_within_the_ledger_is_refused(written: Written) -> None:
    book = opened(written[0])
    book.copy_worksheet(book["依申请公开"]).title = "副本"
    assert "[副本] 与 [依申请公开] 都有地址 requests." in refusal(saved_by_hand(book))


def test_what_is_no_workbook_is_refused() -> None:
    assert "打不开" in refusal("不是工作簿".encode())
    assert "打不开" in refusal(b"")


def test_a_damaged_ledger_is_refused(written: Written) -> None:
    content = bytearray(written[0])
    content[len(content) // 2] ^= 0xFF
    assert "打不开" in refusal(bytes(content))


def test_any_other_workbook_is_refused(form: StatutoryForm, indicators: tuple[Indicator, ...]) -> None:
    assert "没有写明年度" in refusal(saved_by_hand(Workbook()))
    agency = roster_of(1).agencies[0]
    blank = blank_workbook(agency, 2020, form, indicators, brought_forward={}, date=DAY)
    assert "没有地址行" in refusal(blank)


def test_a_word_where_a_figure_belongs_is_refused_with_its_cell(written: Written) -> None:
    book = opened(written[0])
    book["主动公开"]["E7"].value = "约3件"
    message = refusal(saved_by_hand(book))
    assert "[主动公开]E7 是“约3件”，不是数" in message


def test_our_own_ledger_of_as_many_agencies_as_one_file_has_is_read(
    form: StatutoryForm, indicators: tuple[Indicator, ...]
) -> None:
    agencies = tuple(replace(one, group="") for one in roster_of(SIZES.at_once).agencies)
    alike = submission_of(agencies[0], filled_values(form, [one for one in indicators if not one.over]))
    total = {
        address: Figure(address, (cell.value or Decimal(0)) * len(agencies), ())
        for address, cell in alike.cells.items()
        if address not in unsummed(indicators)
    }
    content = ledger_workbook(
        Consolidation(total, {}, agencies, ()),
        dict.fromkeys((agency.code for agency in agencies), alike),
        Roster(agencies),
        form,
        indicators,
        organ="某市",
        year=2020,
        date=DAY,
    )
    last = read_ledger(content, "previous.xlsx", 2020, organ="某市")
    assert len(last.agencies) == SIZES.at_once
    assert last.total["requests.received.total"] == total["requests.received.total"].value


def unsummed(indicators: tuple[Indicator, ...]) -> set[str]:
    return {one.address for one in indicators if one.aggregation is not Aggregation.SUM}
