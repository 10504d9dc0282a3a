"""Blocks with row labels at the left and column labels above."""

import pytest

from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.under import search_under
from pipeline.workbooks.vocabulary import labels_on, vocabulary

HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
RULES, NORMATIVE = ["规章", 1, 2, 3], ["行政规范性文件", 4, 5, 6]
DECISIONS = ["信息内容", "本年处理决定数量"]


@pytest.fixture
def search(forms):
    form = forms["2021"]

    def searched(*lines, block=0):
        cells = {
            (row, column): value
            for row, line in enumerate(lines, 1)
            for column, value in enumerate(line, 1)
            if value is not None
        }
        sheet = Sheet("表", visible=True, cells=cells)
        return search_under(form.tables[0], block, [labels_on(sheet, vocabulary(form))])

    return searched


def test_rows_under_columns(search):
    (copy,) = search(HEAD, RULES, [], NORMATIVE).copies
    assert {address: copy.sheet.cells[place] for address, place in copy.places.items()} == {
        "proactive.rules.made": 1,
        "proactive.rules.repealed": 2,
        "proactive.rules.in_force": 3,
        "proactive.normative.made": 4,
        "proactive.normative.repealed": 5,
        "proactive.normative.in_force": 6,
    }


def test_columns_in_another_order_are_still_theirs(search):
    (copy,) = search(["", "现行有效件数", "本年制发件数", "本年废止件数"], RULES, NORMATIVE).copies
    assert copy.sheet.cells[copy.places["proactive.rules.in_force"]] == 1


def test_the_nearest_header_above_governs(search):
    (copy,) = search(DECISIONS, ["行政许可", 7], DECISIONS, ["行政处罚", 8], ["行政强制", 9], block=2).copies
    assert {place[0] for place in copy.columns.values()} == {3}


def test_a_header_of_another_block_between_is_not_read_through(search):
    assert search(HEAD, DECISIONS, RULES, NORMATIVE).copies == ()


def test_a_header_of_another_table_between_is_not_read_through(search):
    assert search(HEAD, ["自然人", "商业企业"], RULES, NORMATIVE).copies == ()


def test_a_column_named_twice_is_not_chosen_between(search):
    (copy,) = search([*HEAD, "本年制发件数"], RULES, NORMATIVE).copies
    assert "made" not in copy.columns
    assert "proactive.rules.made" not in copy.places


def test_columns_left_of_the_row_label_are_not_its(search):
    assert search([*HEAD[1:], "信息内容"], [1, 2, 3, "规章"], [4, 5, 6, "行政规范性文件"]).copies == ()


@pytest.mark.parametrize("length", [12, 60, 101, 150, 250])
def test_a_row_label_that_names_a_group_is_no_row(search, length):
    """Whatever is said of the first of its parts, however long: its figures are not the group's."""
    part = ("其中：地方政府规章的件数" + "，不含部门规章" * 40)[:length]
    assert search([HEAD[0], None, *HEAD[1:]], ["规章", part, 1, 2, 3]).copies == ()


def test_a_unit_between_label_and_figures_is_no_label(search):
    (copy,) = search([HEAD[0], "单位", *HEAD[1:]], ["规章", "件", 1, 2, 3]).copies
    assert copy.sheet.cells[copy.places["proactive.rules.made"]] == 1


def test_a_foreign_column_is_told_only_where_it_holds_something(search):
    (copy,) = search([*HEAD, "小计", "备注"], [*RULES, 6], NORMATIVE).copies
    assert copy.ignored == {(1, 5): "小计"}


def test_rows_seen_without_a_header_are_remembered(search):
    found = search(RULES)
    assert (found.copies, found.rows_seen) == ((), {"rules"})


def test_a_foreign_row_with_a_number_is_told_among_the_rows_and_close_below(search):
    (copy,) = search(HEAD, RULES, ["其中：修订", 1], ["说明：略"], NORMATIVE, ["其他文件", None, 3]).copies
    assert copy.ignored == {(3, 1): "其中：修订", (6, 1): "其他文件"}


def test_a_line_of_column_numbers_and_the_next_blocks_rows_are_not_foreign(search):
    (copy,) = search(HEAD, ["栏次", 1, 2, 3], RULES, NORMATIVE, DECISIONS, ["其他事项", 7]).copies
    assert copy.ignored == {}


def test_a_columns_name_beside_a_row_of_figures_is_no_header(search):
    (copy,) = search(HEAD, [*RULES, None, "本年废止件数"], NORMATIVE).copies
    assert copy.columns["repealed"] == (1, 3)
    assert copy.sheet.cells[copy.places["proactive.normative.repealed"]] == 5
