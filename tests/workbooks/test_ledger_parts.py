"""A divided ledger: every agency in one part, every part a line of the main file, all sums proved twice."""

import io
from decimal import Decimal

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from kit.offices import filled_values, roster_of, submission_of
from kit.opened import texts
from kit.parts import divided_ledger
from pipeline.workbooks.ledger_parts import PartSums

RECEIVED = "proactive.rules.made"


@pytest.fixture
def ledger(form, indicators):
    return divided_ledger(form, indicators)


def book(content):
    return load_workbook(io.BytesIO(content))


def names(sheet):
    return [row[1].value for row in sheet.iter_rows(min_row=7)]


def test_the_main_file_has_a_line_a_part_and_sums_of_the_divided_group(ledger):
    sheet = book(ledger.main)["主动公开"]
    assert [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=7, max_row=9)] == [
        ["第1册", "旗市区政府", None, "汇总底稿/1.xlsx"],
        ["第2册", "市直机关（共2册之1）", "市直机关", "汇总底稿/2.xlsx"],
        ["第3册", "市直机关（共2册之2）", "市直机关", "汇总底稿/3.xlsx"],
    ]
    assert names(sheet)[3:] == [
        "市直机关小计（公式）",
        "市直机关小计（程序）",
        "相差",
        "合计（公式）",
        "合计（程序）",
        "相差",
    ]
    assert sheet["E10"].value == "=SUM(E8:E9)"
    assert sheet["E13"].value == "=SUM(E7:E9)"
    assert [cell.value for cell in sheet[3][:4]] == ["册", "各单位合计", "分组", "文件"]


def test_a_part_has_its_agencies_and_a_whole_group_s_sums(ledger):
    whole = names(book(ledger.files["1.xlsx"])["依申请公开"])
    assert whole[:4] == ["第1单位", "第2单位", "第3单位", "第4单位"]
    assert whole[4:7] == ["旗市区政府小计（公式）", "旗市区政府小计（程序）", "相差"]
    piece = names(book(ledger.files["2.xlsx"])["依申请公开"])
    assert piece[4:] == ["合计（公式）", "合计（程序）", "相差"], "a piece of a group has no sum of the group"


def test_every_file_says_in_words_how_it_is_divided_and_where_to_look(ledger):
    told = "\n".join(texts(book(ledger.main)["说明"]))
    assert "分册\n共3册" in told
    assert "单位多，底稿分成 3 册，在“汇总底稿”文件夹里，一个单位一行" in told
    assert "第3册\n汇总底稿/3.xlsx\n4 家\n市直机关（共2册之2）" in told
    assert "把“汇总底稿”文件夹改名为 previous 放在它旁边，两样都要" in told
    part = "\n".join(texts(book(ledger.files["2.xlsx"])["说明"]))
    assert "本册\n第2册，共3册" in part
    assert "应报单位\n4 家\n计入汇总\n4 家" in part
    assert "全部的合计、各册的合计在 汇总底稿.xlsx" in part


def test_the_lines_of_the_main_file_are_the_parts_sums_and_add_up_to_all(ledger):
    sheet = book(ledger.main)["主动公开"]
    of_parts = [sheet.cell(row, 5).value for row in (7, 8, 9)]
    for part, total in zip(ledger.parts, of_parts, strict=True):
        assert total == sum(ledger.submissions[agency.code].value(RECEIVED) for agency in part.agencies)
    assert sum(of_parts) == ledger.sums.figures[RECEIVED].value == sheet["E14"].value


def test_a_sum_that_lacks_an_agency_is_none_unless_it_is_optional(form):
    agency = roster_of(1).agencies[0]
    whole = submission_of(agency, filled_values(form, ()))
    lacking = replace(whole, cells={a: c for a, c in whole.cells.items() if a != RECEIVED})
    for optional, expected in ((frozenset(), None), (frozenset({RECEIVED}), whole.value(RECEIVED))):
        sums = PartSums([RECEIVED, "requests.received.total"], optional)
        sums.add(whole.digits())
        sums.add(lacking.digits())
        assert sums.whole.get(RECEIVED) == expected
        assert sums.whole["requests.received.total"] == 2 * (
            whole.value("requests.received.total") or Decimal(0)
        )


def test_the_same_bytes_come_twice(form, indicators, ledger):
    again = divided_ledger(form, indicators)
    assert (again.main, again.files) == (ledger.main, ledger.files)
