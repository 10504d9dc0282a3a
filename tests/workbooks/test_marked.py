"""The marked copy of an agency's workbook: theirs, with what to change marked, and read like the original."""

import datetime
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kit.opened import opened, shown
from kit.packages import open_document, small_workbook
from kit.returns import asked
from kit.soffice import saved_anew
from kit.workbook import consistent_values, full, typed
from pipeline.model.slip import Slip, SlipLine
from pipeline.workbooks.marked import MOST_CELLS, REWRITTEN, marked_workbook
from pipeline.workbooks.read import read_submission
from pipeline.workbooks.slip_sheet import RED

LINE = SlipLine(True, "a.xlsx", "表", ("A1",), "表 A1：新收", "9", "12", "请改。", "错了。")
SLIP = Slip(
    agency="市教育局",
    organ="某某市",
    compiler="市政务服务局",
    contact="",
    year=2020,
    date=datetime.date(2021, 3, 31),
    by="请尽快",
    workbook="a.xlsx",
)


TYPED = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=9).filter(
    lambda text: not text.startswith("=")
)
"""What a keyboard can give; a spreadsheet holds no control characters, and takes no formula it cannot read."""


def marked(content, *lines):
    return marked_workbook(content, lines or (LINE,), SLIP)


def notes(content):
    return [row[0] for row in shown(content)["退回说明"] if row[0]]


def test_it_is_their_workbook_with_the_cell_marked_and_a_sheet_in_front():
    book = opened(marked(small_workbook(A1=9, B1="标签")))
    assert book.sheetnames == ["退回说明", "表"]
    assert [book["表"][name].value for name in ("A1", "B1")] == [9, "标签"]
    assert book["表"]["A1"].fill.fgColor.rgb == RED
    assert "应是：12" in book["表"]["A1"].comment.text
    assert book["退回说明"]["C7"].hyperlink.location == "'表'!A1"


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|'/c calc'!A0",
        "=[1]表!A1",
        '=HYPERLINK("http://a.example","x")',
        '=WEBSERVICE("http://a.example")',
    ],
)
def test_a_formula_that_reaches_out_is_replaced_by_what_it_showed(formula):
    from pipeline.workbooks.results import with_results

    sent = with_results(small_workbook(A1=9, B1=formula, C1="=SUM(A1:A1)"), {1: {"B1": "看到的", "C1": 9}})
    content = marked(sent)
    page = opened(content)["表"]
    assert (page["B1"].value, page["B1"].data_type) == ("看到的", "s")
    assert page["C1"].value == "=SUM(A1:A1)"
    assert shown(content)["表"][0] == [9, "看到的", 9]
    assert any("有 1 格公式" in line for line in notes(content))


def test_an_ods_is_written_anew_and_says_so():
    row = '<table:table-row><table:table-cell office:value-type="string"><text:p>=cmd|x</text:p></table:table-cell></table:table-row>'
    content = marked(open_document(row))
    assert (opened(content)["表"]["A1"].value, opened(content)["表"]["A1"].data_type) == ("=cmd|x", "s")
    assert REWRITTEN in notes(content)


def test_a_workbook_openpyxl_cannot_read_is_written_anew_from_what_was_read(monkeypatch):
    def stumbles(*_, **__):
        raise KeyError("styles")

    monkeypatch.setattr("openpyxl.load_workbook", stumbles)
    content = marked(small_workbook(A1=9))
    monkeypatch.undo()
    assert opened(content)["表"]["A1"].value == 9
    assert REWRITTEN in notes(content)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"<html></html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_cannot_be_read_cannot_be_marked(content):
    assert marked(content) is None


def test_a_workbook_too_large_to_be_written_again_is_not_marked(monkeypatch):
    assert MOST_CELLS > 100_000
    monkeypatch.setattr("pipeline.workbooks.marked.MOST_CELLS", 1)
    assert marked(small_workbook(A1=1, A2=2)) is None


def test_two_cells_far_apart_do_not_make_all_those_between_them():
    content = marked(small_workbook(A5000=1, ABC1=2, A1=9))
    page = opened(content)["表"]
    assert (page["A5000"].value, page["ABC1"].value, page["A1"].fill.fgColor.rgb) == (1, 2, RED)
    assert len(content) < 100_000


def test_errors_are_listed_before_what_is_to_be_looked_at():
    content = marked(
        small_workbook(A1=9), replace(LINE, is_error=False, found="黄"), replace(LINE, found="红")
    )
    lines = [row for row in shown(content)["退回说明"] if row[0] in ("1", "2")]
    assert [row[4] for row in lines] == ["红", "黄"]


def test_a_copy_marked_again_bears_only_the_new_marks():
    once = marked(small_workbook(A1=9, B1=8))
    book = opened(marked(once, replace(LINE, cells=("B1",))))
    assert book.sheetnames == ["退回说明", "表"]
    assert book["表"]["A1"].comment is None
    assert book["表"]["A1"].fill.fill_type is None
    assert book["表"]["B1"].fill.fgColor.rgb == RED


def test_the_same_workbook_gives_the_same_bytes():
    content = small_workbook(A1=9)
    assert marked(content) == marked(content)


def test_it_reads_like_the_original_the_sheet_in_front_left_out():
    sent = full(asked().form, asked().year, asked().indicators).content()
    line = replace(LINE, sheet="依申请公开", cells=("D6", "J5"), where="（一）予以公开", found="电话：110")
    before, told = read_submission(sent, "a.xlsx", asked())
    after, told_after = read_submission(marked(sent, line), "a.xlsx", asked())
    assert after == before
    assert told_after == told


@given(
    st.dictionaries(
        st.sampled_from(asked().form.inputs),
        st.one_of(st.integers(), TYPED, st.none()),
        max_size=6,
    )
)
def test_whatever_was_typed_reads_the_same_from_the_marked_copy(odd):
    form = asked().form
    values = {**typed(form, consistent_values(form)), **odd}
    laid = full(form, asked().year, asked().indicators, values=values)
    sent = laid.content()
    lines = [
        replace(LINE, sheet=laid.places[address][0], cells=(laid.places[address][1],)) for address in odd
    ]
    assert read_submission(marked(sent, *lines, LINE), "a.xlsx", asked()) == read_submission(
        sent, "a.xlsx", asked()
    )


@pytest.mark.office
def test_libreoffice_opens_it_with_its_colours_comments_and_links(tmp_path):
    sent = full(asked().form, asked().year, asked().indicators).content()
    line = replace(LINE, sheet="依申请公开", cells=("J5",))
    saved = saved_anew(tmp_path, {"a": marked(sent, line)}, "xlsx")["a"]
    book = openpyxl.load_workbook(io.BytesIO(saved))
    cell = book["依申请公开"]["J5"]
    assert cell.fill.fgColor.rgb == RED
    assert "应是：12" in cell.comment.text
    assert "依申请公开" in book["退回说明"]["C7"].hyperlink.location
    assert (
        read_submission(saved, "a.xlsx", asked())[0].values()
        == read_submission(sent, "a.xlsx", asked())[0].values()
    )
