"""Cells to change are red, cells to look at yellow; the comment says what to do; hidden ones are shown."""

import pytest
from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.comments import Comment

from pipeline.model.slip import SlipLine
from pipeline.workbooks.marking import AUTHOR, THEIRS, comment_text, mark, unmarked
from pipeline.workbooks.slip_sheet import MARKER, RED, YELLOW

LINE = SlipLine(True, "a.xlsx", "表", ("B2",), "表 B2：新收", "9", "12", "请改。", "错了。")


@pytest.fixture
def page():
    sheet = Workbook().active
    sheet.title = "表"
    sheet["B2"] = 9
    return sheet


def rgb(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def test_a_cell_to_change_is_red_and_says_what_is_wrong_what_should_be_and_how(page):
    assert list(mark(page, [LINE])) == []
    assert rgb(page["B2"]) == RED
    assert page["B2"].comment.text == "【必须改正】错了。\n填的是：9\n应是：12\n怎么改：请改。"
    assert page["B2"].comment.author == AUTHOR
    assert page["B2"].value == 9


def test_a_cell_to_look_at_is_yellow_and_one_with_both_is_red_with_both_words(page):
    look = replace(LINE, is_error=False, cells=("B2", "C3"))
    list(mark(page, [look, LINE]))
    assert (rgb(page["B2"]), rgb(page["C3"])) == (RED, YELLOW)
    assert page["B2"].comment.text.count("怎么改") == 2


def test_their_own_comment_stays_below_ours_with_its_author(page):
    page["B2"].comment = Comment("自己的话", "王五")
    list(mark(page, [LINE]))
    assert page["B2"].comment.text.endswith(f"{THEIRS}王五：自己的话")


def test_of_a_merged_area_the_first_cell_is_marked(page):
    page.merge_cells("B2:C3")
    list(mark(page, [replace(LINE, cells=("C3",))]))
    assert rgb(page["B2"]) == RED


@pytest.mark.parametrize("name", ["第3段", "A0", "XFD1048576", "B2:B9", ""])
def test_what_is_no_cell_within_bounds_is_passed_over(page, name):
    assert list(mark(page, [replace(LINE, cells=(name,))])) == []
    assert page.max_row == 2


def test_what_cannot_be_seen_in_a_text_of_theirs_is_shown_by_its_code():
    assert "〔U+202E〕" in comment_text(replace(LINE, found="1\u202e2"))


def test_a_hidden_sheet_row_and_column_of_a_marked_cell_are_shown_and_said(page):
    page.parent.create_sheet("另")
    page.sheet_state = "hidden"
    page.row_dimensions[2].hidden = page.row_dimensions[9].hidden = True
    page.column_dimensions["A"].min, page.column_dimensions["A"].max = 1, 3
    page.column_dimensions["A"].hidden = True
    said = list(mark(page, [LINE]))
    assert page.sheet_state == "visible"
    assert not page.row_dimensions[2].hidden
    assert page.row_dimensions[9].hidden
    assert not page.column_dimensions["A"].hidden
    assert [words[:6] for words in said] == ["工作表“表”"] * 3
    assert "第 2 行" in said[1]


def test_marks_of_an_earlier_slip_are_taken_off_and_theirs_given_back(page):
    page["C3"].comment = Comment("自己的话", "王五")
    list(mark(page, [LINE, replace(LINE, cells=("C3",))]))
    book = page.parent
    book.create_sheet("退回说明", 0)["A1"] = MARKER
    unmarked(book)
    assert book.sheetnames == ["表"]
    assert (rgb(page["B2"]), page["B2"].comment) == (None, None)
    assert "王五：自己的话" in page["C3"].comment.text
    assert "怎么改" not in page["C3"].comment.text
