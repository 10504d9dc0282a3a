"""Which cells of a workbook hold a table's figures, and what is said where that is not certain."""

import pytest

from kit.workbook import filled
from pipeline.workbooks.sheet import open_workbook
from pipeline.workbooks.source import Source
from pipeline.workbooks.tables import locate_tables

NAMES = {"proactive": "主动公开", "requests": "依申请公开", "disputes": "复议诉讼"}


@pytest.fixture
def located(form, catalogue):
    def locate(laid):
        return locate_tables(form, open_workbook(laid.content()).sheets, Source("甲.xlsx", 2022, catalogue))

    return locate


def retyped(laid, sheet, **labels):
    for row in laid.book[sheet].iter_rows():
        for cell in row:
            if cell.value in labels:
                cell.value = labels[cell.value]


def test_every_address_has_its_slot(form, located):
    laid = filled(form)
    found = located(laid)
    assert (found.fits, found.findings, list(found.slots)) == (True, [], list(form.cells))
    for address, slot in found.slots.items():
        assert slot.trusted
        assert slot.place is not None
        assert slot.total == (address in form.computed)
        assert (slot.sheet.name, laid.book[slot.sheet.name].cell(*slot.place).coordinate) == laid.places[
            address
        ]


@pytest.mark.parametrize("table", NAMES)
def test_a_missing_table_does_not_fit_and_has_slots_without_place(form, located, table):
    laid = filled(form)
    del laid.book[NAMES[table]]
    found = located(laid)
    assert not found.fits
    assert [(one.code, NAMES[table] in one.message) for one in found.findings] == [("table-missing", True)]
    assert [slot.place for slot in found.slots.values() if slot.address.startswith(f"{table}.")].count(
        None
    ) == len([address for address in form.cells if address.startswith(f"{table}.")])


def test_no_sheet_at_all_misses_every_table(form, catalogue):
    found = locate_tables(form, [], Source("甲.xlsx", 2022, catalogue))
    assert [one.code for one in found.findings] == ["table-missing"] * 3
    assert found.slots.keys() == form.cells.keys()


def test_a_row_with_another_label_is_missing_by_name(form, located):
    laid = filled(form)
    retyped(laid, "主动公开", 行政处罚="处罚")
    found = located(laid)
    assert [(one.code, one.sheet, "行政处罚" in one.message) for one in found.findings] == [
        ("label-missing", "主动公开", True)
    ]
    assert not found.fits


def test_a_block_without_its_header_misses_the_columns(forms, catalogue):
    form = forms["2019"]
    laid = filled(form)
    retyped(laid, "主动公开", 采购项目数量="数量", 采购总金额="金额")
    found = locate_tables(form, open_workbook(laid.content()).sheets, Source("甲.xlsx", 2020, catalogue))
    assert [one.message for one in found.findings] == [
        "“主动公开”里没有找到“采购项目数量”。",
        "“主动公开”里没有找到“采购总金额”。",
    ]


def test_a_dispute_table_whose_groups_are_unclear_misses_its_columns(form, located):
    laid = filled(form, merged=False)
    sheet = laid.book["复议诉讼"]
    sheet["B2"], sheet["C2"] = "未经复议直接起诉", "复议后起诉"
    sheet["F3"] = sheet["K3"] = None
    found = located(laid)
    assert {one.code for one in found.findings} == {"label-missing"}
    assert len(found.findings) == 5
    assert not [
        slot for slot in found.slots.values() if slot.address.startswith("disputes.") and slot.trusted
    ]


def test_copies_that_disagree_leave_their_places_known_and_unread(form, located):
    laid = filled(form)
    laid.book.copy_worksheet(laid.book["复议诉讼"])["A5"] = 77
    found = located(laid)
    (twice,) = found.findings
    assert (twice.code, twice.found) == ("table-twice", "[复议诉讼 Copy]A5与[复议诉讼]A5")
    slots = [slot for slot in found.slots.values() if slot.address.startswith("disputes.")]
    assert all(slot.place and not slot.trusted for slot in slots)
    assert found.fits


def test_a_few_labels_on_another_sheet_are_no_copy(form, located):
    laid = filled(form)
    note = laid.book.create_sheet("退回说明")
    note.append(["信息内容", "本年新制作数量", "本年制发件数"])
    note.append(["规章", 5, 5])
    assert located(laid).findings == []


def test_the_unit_of_money_comes_from_label_or_neighbour(forms, catalogue):
    form = forms["2019"]
    laid = filled(form)
    retyped(laid, "主动公开", 采购总金额="采购总金额（亿元）")
    source = Source("甲.xlsx", 2020, catalogue)
    slots = locate_tables(form, open_workbook(laid.content()).sheets, source).slots
    assert slots["proactive.procurement.amount"].unit == "亿元"
    assert slots["proactive.procurement.projects"].unit == ""


def test_a_table_on_a_hidden_sheet_only_is_missing_and_said_to_be_hidden(form, located):
    laid = filled(form)
    laid.book["复议诉讼"].sheet_state = "hidden"
    (missing,) = located(laid).findings
    assert missing.message == "没有找到“复议诉讼”这张表，隐藏的工作表“复议诉讼”里有，请取消隐藏后重报。"


def test_a_second_line_of_figures_is_one_finding_and_nothing_is_read(form, located):
    laid = filled(form)
    laid.book["复议诉讼"]["C6"] = 8
    found = located(laid)
    assert [(one.code, one.cell, one.found) for one in found.findings] == [
        ("cell-twice", "A5", "第5行、第6行")
    ]
    assert not [
        slot for slot in found.slots.values() if slot.address.startswith("disputes.") and slot.trusted
    ]


def test_a_doubled_column_is_one_finding_and_only_its_figures_are_left_out(form, located):
    laid = filled(form)
    for row in range(5, 28):
        laid.book["依申请公开"].cell(row, 11).value = row
    found = located(laid)
    assert [(one.code, one.cell, one.found) for one in found.findings] == [("cell-twice", "J3", "J列、K列")]
    untrusted = {address for address, slot in found.slots.items() if not slot.trusted}
    assert untrusted == {
        address for address in form.cells if address.startswith("requests.") and address.endswith(".total")
    }


def test_one_retyped_column_is_one_finding_and_its_numbers_are_left_out(form, located):
    laid = filled(form)
    retyped(laid, "依申请公开", 自然人="自然人（万元）")
    found = located(laid)
    assert [one.code for one in found.findings] == ["label-missing", "column-ignored"]
    assert {address.split(".")[2] for address, slot in found.slots.items() if not slot.trusted} == {
        "natural_person"
    }


@pytest.mark.parametrize("unit", ["万", "万元", "%"])
def test_a_count_labelled_with_a_multiplier_is_not_read(form, located, unit):
    laid = filled(form)
    for row in laid.book["主动公开"].iter_rows():
        for cell in row:
            if cell.value and "处理决定数量" in str(cell.value):
                cell.value += f"（{unit}）"
    found = located(laid)
    assert found.findings[0].code == "label-missing"
    assert not found.fits
    assert not any(slot.trusted for address, slot in found.slots.items() if address.endswith(".decisions"))
