"""Which copy of a table is read: one sheet's, and none where another one says otherwise."""

import pytest

from kit.workbook import consistent_values, filled, typed
from pipeline.workbooks.sheet import open_workbook
from pipeline.workbooks.source import Source
from pipeline.workbooks.tables import locate_tables

LAST_YEAR = 500


@pytest.fixture
def laid(form):
    return filled(form)


@pytest.fixture
def doubts(form, catalogue):
    """What is found of a workbook's tables, and the tables whose figures are read all the same."""

    def told(laid):
        sheets = open_workbook(laid.content()).sheets
        found = locate_tables(form, sheets, Source("甲.xlsx", 2022, catalogue))
        read = {slot.address.split(".")[0] for slot in found.slots.values() if slot.trusted and slot.place}
        return [one.code for one in found.findings], read, found.findings

    return told


def copied(laid, form, name, title="2018年", shift=LAST_YEAR):
    """A copy of a sheet with other numbers; blank where ``shift`` is None."""
    sheet = laid.book.copy_worksheet(laid.book[name])
    sheet.title = title
    old = typed(form, consistent_values(form, shift)) if shift is not None else {}
    for address, (own, cell) in laid.places.items():
        if own == name:
            sheet[cell] = old.get(address)
    return sheet


def retyped(sheet, old, new):
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and old in cell.value:
                cell.value = cell.value.replace(old, new)


def refuses(found, table):
    codes, read, _ = found
    return codes == ["table-twice"] and table not in read


def test_a_retyped_header_does_not_let_last_years_copy_in(form, laid, doubts):
    copied(laid, form, "主动公开")
    for word in ("数量", "件数", "金额", "增/减"):
        retyped(laid.book["主动公开"], word, "数目")
    assert refuses(doubts(laid), "proactive")


def test_a_retyped_group_does_not_let_last_years_copy_in(form, laid, doubts):
    copied(laid, form, "复议诉讼")
    laid.book["复议诉讼"]["A2"].value = "行政复议案件"
    found = doubts(laid)
    assert refuses(found, "disputes")
    assert "[2018年]" in found[2][0].found
    assert "[复议诉讼]" in found[2][0].found


def test_the_blocks_of_a_table_are_not_gathered_from_two_sheets(form, laid, doubts):
    other = copied(laid, form, "主动公开", "去年", shift=None)
    for address, (_, cell) in laid.places.items():
        if address.startswith("proactive.fees"):
            other[cell] = 777
    retyped(laid.book["主动公开"], "行政事业性收费", "收费")
    assert refuses(doubts(laid), "proactive")


def test_two_tables_side_by_side_are_not_chosen_between(form, laid, doubts):
    sheet = laid.book["依申请公开"]
    old = typed(form, consistent_values(form, LAST_YEAR))
    own = {cell: address for address, (name, cell) in laid.places.items() if name == sheet.title}
    width = sheet.max_column + 1
    for row in list(sheet.iter_rows()):
        for cell in row:
            value = old[own[cell.coordinate]] if cell.coordinate in own else cell.value
            if value is not None:
                sheet.cell(cell.row, cell.column + width).value = value
    assert refuses(doubts(laid), "requests")


@pytest.mark.parametrize("waiting", [None, "=Sheet9!A1"], ids=["blank", "formulas without results"])
def test_last_years_copy_is_not_read_for_this_years_that_waits(form, laid, doubts, waiting):
    copied(laid, form, "复议诉讼", "2018年")
    for name, cell in laid.places.values():
        if name == "复议诉讼":
            laid.book[name][cell] = waiting
    assert refuses(doubts(laid), "disputes")


def test_a_blank_copy_does_harm_unless_the_filled_one_bears_the_tables_name(form, laid, doubts):
    copied(laid, form, "复议诉讼", "空表", shift=None)
    assert doubts(laid)[:2] == ([], {"proactive", "requests", "disputes"})
    laid.book["复议诉讼"].title = "Sheet3"
    assert refuses(doubts(laid), "disputes")


def test_an_equal_copy_does_no_harm_wherever_it_stands(form, laid, doubts):
    laid.book.copy_worksheet(laid.book["依申请公开"]).sheet_state = "hidden"
    laid.book.copy_worksheet(laid.book["复议诉讼"])
    assert doubts(laid)[0] == []


def test_a_hidden_sheet_with_other_numbers_is_a_doubt_and_a_blank_one_is_not(form, laid, doubts):
    copied(laid, form, "复议诉讼", "参考", shift=None).sheet_state = "hidden"
    assert doubts(laid)[0] == []
    copied(laid, form, "复议诉讼", "真表").sheet_state = "hidden"
    found = doubts(laid)
    assert refuses(found, "disputes")
    assert "隐藏的[真表]" in found[2][0].found


def test_the_doubt_stands_at_the_cell_that_would_be_read(form, laid, doubts):
    other = laid.book.copy_worksheet(laid.book["复议诉讼"])
    other.sheet_state = "hidden"
    address = "disputes.litigation_direct.other"
    other[laid.places[address][1]] = 77
    (finding,) = doubts(laid)[2]
    assert (finding.sheet, finding.cell) == laid.places[address]
