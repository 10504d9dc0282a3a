"""Last year's divided ledger comes back figure by figure, or is refused where its files do not belong together."""

import pytest

from kit.offices import roster_of
from kit.parts import divided_ledger, without_groups
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.division import Sizes
from pipeline.model.roster import Roster
from pipeline.workbooks.previous import read_ledger


@pytest.fixture
def ledger(form, indicators):
    return divided_ledger(form, indicators)


def read(ledger, main=None):
    parts = ((f"previous/{name}", content) for name, content in ledger.files.items())
    return read_ledger(main or ledger.main, "previous.xlsx", 2020, organ="某市", parts=parts)


def refusal(ledger, main=None):
    with pytest.raises(OperatorError) as caught:
        read(ledger, main)
    assert caught.value.code is ExitCode.INPUT
    return caught.value.message


def check_all(ledger):
    last = read(ledger)
    assert last.total == {address: figure.value for address, figure in ledger.sums.figures.items()}
    assert last.groups == {
        group: {
            address: figure.value
            for address, figure in figures.items()
            if not figure.formula or group == "市直机关"
        }
        for group, figures in ledger.sums.groups.items()
        if group
    }
    assert last.agencies == {code: one.values() for code, one in ledger.submissions.items()}
    assert last.names == {code: f"第{int(code)}单位" for code in ledger.submissions}
    return last


def test_every_figure_comes_back_whatever_the_files_are_called(ledger):
    ledger.files = {f"随便{number}.xlsx": one for number, one in enumerate(reversed(ledger.files.values()))}
    assert check_all(ledger).grouping["012"] == "市直机关"


def test_a_roster_without_groups_comes_back_too(form, indicators):
    check_all(divided_ledger(form, indicators, without_groups(12)))


def test_many_small_groups_come_back_too(form, indicators):
    agencies = [
        type(agency)(agency.code, agency.name, f"{number % 5}旗")
        for number, agency in enumerate(roster_of(12).agencies)
    ]
    ledger = divided_ledger(form, indicators, Roster(tuple(agencies)), sizes=Sizes(3, 5))
    last = read(ledger)
    assert set(last.groups) == {f"{number}旗" for number in range(5)}


def test_a_part_that_lacks_is_named(ledger):
    del ledger.files["2.xlsx"]
    message = refusal(ledger)
    assert "分成 3 册，previous 文件夹里缺 1 册（第2册）" in message
    assert "整个复制过来" in message
    ledger.files.clear()
    assert "缺 3 册（第1册、第2册、第3册）" in refusal(ledger)


def test_a_part_alone_is_no_ledger(ledger):
    assert "只是第2册" in refusal(ledger, ledger.files["2.xlsx"])


def test_a_part_twice_is_refused_with_both_names(ledger):
    ledger.files["2（改动备份1）.xlsx"] = ledger.files["2.xlsx"]
    assert "和 previous/2.xlsx 都是第2册" in refusal(ledger)


def test_parts_of_another_ledger_are_refused(ledger, form, indicators):
    other = divided_ledger(form, indicators, sizes=Sizes(6, 3))
    ledger.files["2.xlsx"] = other.files["2.xlsx"]
    assert "写的是第2册、共5册，previous.xlsx 分成 3 册" in refusal(ledger)
    ledger.files["2.xlsx"] = ledger.main
    assert "不是 previous.xlsx 的分册" in refusal(ledger)


def test_a_part_of_another_year_is_refused(ledger, form, indicators):
    ledger.files["2.xlsx"] = divided_ledger(form, indicators, year=2019).files["2.xlsx"]
    assert "previous/2.xlsx 是 2019 年的，需要的是 2020 年的" in refusal(ledger)


def test_a_whole_ledger_with_parts_beside_it_is_refused(ledger, form, indicators):
    from kit.offices import consolidated
    from kit.parts import DAY
    from pipeline.workbooks.ledger import ledger_workbook

    sums = consolidated(roster_of(12), ledger.submissions, indicators)
    whole = ledger_workbook(
        sums, ledger.submissions, roster_of(12), form, indicators, organ="某市", year=2020, date=DAY
    )
    assert "没有分册，用不着 previous/1.xlsx" in refusal(ledger, whole)


def raised(book, name, by):
    """Raise a figure of an agency and, so that the sheet still adds up, its sums."""
    sheet = book["主动公开"]
    for row in sheet.iter_rows(min_row=7):
        if row[1].value in (name, "合计（程序）"):
            row[4].value += by


def test_a_part_that_adds_up_but_is_not_what_the_main_file_says_is_refused(ledger):
    ledger.edit("2.xlsx", lambda book: raised(book, "第5单位", 1))
    message = refusal(ledger)
    assert "previous/2.xlsx [主动公开]E" in message
    assert "previous.xlsx [主动公开]E8 记的这一册合计是" in message
    assert "不是一次生成的，或有一份改动过" in message


def test_a_main_file_whose_lines_do_not_add_up_is_refused(ledger):
    def change(book):
        book["主动公开"]["E7"].value += 1

    ledger.edit("", change)
    assert "“合计（程序）”是" in refusal(ledger)


def test_an_agency_in_two_parts_is_refused(ledger):
    def change(book):
        for sheet in book.worksheets[1:]:
            sheet["A7"].value = "001"

    ledger.edit("3.xlsx", change)
    assert "编码 001 的单位在另一册里也有" in refusal(ledger)


def test_an_agency_of_another_group_in_a_divided_one_is_refused(ledger):
    def change(book):
        for sheet in book.worksheets[1:]:
            sheet["C7"].value = "旗市区政府"

    ledger.edit("3.xlsx", change)
    assert "分组是“旗市区政府”，这一册只有“市直机关”的单位" in refusal(ledger)


def test_a_sheet_taken_out_of_a_part_is_refused(ledger):
    ledger.edit("3.xlsx", lambda book: book.remove(book["补充指标"]))
    assert "previous/3.xlsx 和 previous.xlsx [补充指标] 对不上" in refusal(ledger)
