"""A web report read back from its file alone: as written, and as a portal's editor gave it back."""

import pytest
from hypothesis import given

from kit.report import CHART, document, paragraph, plain, printed, report
from kit.web import TEXTS, small_report
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.document import Contents, Heading
from pipeline.render.web_fragment import render_fragment
from pipeline.render.web_page import render_page
from pipeline.verify import web
from pipeline.verify.web import read_web

BOTH = pytest.mark.parametrize("render", [render_page, render_fragment])
TABLE = "<table><caption>{}</caption><tr><td>1</td></tr></table>"


def areas(document):
    return tuple(tuple((c.row, c.column, c.rows, c.columns) for c in grid.cells) for grid in document.grids)


def read(inside):
    return read_web(f"<!DOCTYPE html><meta charset=utf-8>{inside}".encode())


@BOTH
def test_every_line_every_cell_and_every_merge_comes_back(render, form):
    document = report(form)
    found = read_web(render(document))
    assert (found.lines, found.tables) == (printed(document).lines, printed(document).tables)
    assert found.areas == areas(document)
    assert found.places == (14, 15, 16)


@BOTH
@given(passage=TEXTS, cell=TEXTS)
def test_any_text_comes_back_from_a_passage_a_label_and_a_figure(render, passage, cell):
    document = small_report(passage, label=cell, figure=cell)
    found = read_web(render(document))
    assert found.lines == tuple(filter(None, printed(document).lines))
    assert found.tables == ((plain(cell), plain(cell)),)


@BOTH
def test_a_picture_comes_back_number_by_number_with_its_caption_in_place(render):
    found = read_web(render(document(paragraph("共2件"), CHART, paragraph("无。"))))
    assert found.charts == (CHART.words,)
    assert found.lines == ("呼伦贝尔市", "共2件", plain(CHART.caption), "无。")


@BOTH
def test_a_list_of_contents_comes_back_line_by_line(render):
    part = Heading(1, "一、情况")
    report_of_one = document(Contents((part,)), part, paragraph("共2件"))
    assert read_web(render(report_of_one)).lines == ("呼伦贝尔市", "目录", "一、情况", "一、情况", "共2件")


@BOTH
def test_a_draft_reads_as_the_report_it_will_be(render):
    assert read_web(render(small_report("共2件", draft=True))) == read_web(render(small_report("共2件")))


def test_a_draft_s_mark_anywhere_else_is_a_line():
    assert read("<p>甲市</p><p>草稿</p>").lines == ("甲市", "草稿")


def test_a_caption_that_repeats_a_heading_says_nothing_new_and_any_other_is_a_line():
    assert read(f"<h2>一、情况</h2>{TABLE.format('一、 情况')}").lines == ("一、情况",)
    found = read(f"<h2>一、情况</h2>{TABLE.format('共9件')}")
    assert (found.lines, found.places) == (("一、情况", "共9件"), (2,))
    assert read(f"<h2>一</h2>{TABLE.replace('<caption>', '<caption hidden>').format('9')}").lines == ("一",)


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("<script>document.body.append(9)</script>", "（网页里有脚本）"),
        ("<script src=x.js></script>", "（网页里有脚本）"),
        ("<iframe srcdoc='9'></iframe>", "（网页里嵌着别的内容）"),
        ("<input value=9>", "（网页里有填写框）"),
        ("<textarea>9</textarea>", "（网页里有填写框）"),
        ("<select><option>9</select>", "（网页里有填写框）"),
        ("<bdo dir=rtl></bdo>", "（网页里有倒着显示的文字）"),
        ("<b dir=RTL></b>", "（网页里有倒着显示的文字）"),
        ("<b style='unicode-bidi: bidi-override; Direction: RTL'></b>", "（网页里有倒着显示的文字）"),
        ("<style>p { direction: rtl }</style>", "（网页里有倒着显示的文字）"),
        ("<ol><li></ol>", "（网页里有自动编号）"),
        ("<ul style='list-style-type: decimal'><li></ul>", "（网页里有自动编号）"),
        ("<ul style='list-style: inside decimal'><li></ul>", "（网页里有自动编号）"),
        ("<ol style='list-style: none decimal'><li></ol>", "（网页里有自动编号）"),
        ("<ul type=1><li></ul>", "（网页里有自动编号）"),
        ("<ul><li type=1></ul>", "（网页里有自动编号）"),
        ("<style>ul { list-style: decimal inside }</style>", "（网页里有自动编号）"),
        ("<style>td { display : none }</style>", "（网页的样式表会藏起或添上文字）"),
        ("<style>td::after{content:'9'}</style>", "（网页的样式表会藏起或添上文字）"),
        ("<style>@import 'x.css'</style>", "（网页的样式表会藏起或添上文字）"),
        ("<link rel='StyleSheet' href=x.css>", "（网页的样式表会藏起或添上文字）"),
    ],
)
def test_what_may_change_the_page_beyond_its_text_is_said_after_all_lines(added, said):
    assert read(f"{added}<p>共2件</p>").lines == ("共2件", said)


def test_what_changes_no_text_is_not_said():
    quiet = "<script type='application/ld+json'>{}</script><style>p{color:red}/* td{display: none;content: 9} */</style>"
    assert read(f"{quiet}<p>共2件</p>").lines == ("共2件",)
    lists = "<ul><li></ul><ol style='list-style: none'><li></ol><ol hidden><li></ol><ol></ol>"
    fields = "<input type=hidden value=9><b dir=ltr style='direction: ltr'></b><style>nav { list-style: none }</style>"
    assert read(f"{lists}{fields}<p>共2件</p>").lines == ("共2件",)


@pytest.mark.parametrize(
    "content",
    [
        "<meta charset=gb2312><p>龙龢䶮2件".encode("gb18030"),
        "<p>龙龢䶮2件".encode(),
        "\ufeff<p>龙龢䶮2件".encode(),
        "<p>龙龢䶮2件".encode("utf-16"),
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=GBK"><p>龙龢䶮2件'.encode("gb18030"),
    ],
)
def test_a_page_is_read_in_the_encoding_an_editor_saved_it_in(content):
    assert read_web(content).lines == ("龙龢䶮2件",)


@pytest.mark.parametrize(
    "content", [b"", b"x", "只有文字".encode(), b"PK\x03\x04\xff<p>", "<p>二".encode("gbk"), b"\xff\xfe<"]
)
def test_what_is_no_web_page_is_refused(content):
    with pytest.raises(OperatorError, match="UTF-8") as refused:
        read_web(content)
    assert refused.value.code is ExitCode.INPUT


def test_a_page_beyond_measure_is_not_opened(monkeypatch):
    monkeypatch.setattr(web, "LARGEST", 10)
    with pytest.raises(OperatorError, match="大得不正常"):
        read_web(b"<p>" + b"9" * 10)


def test_a_page_of_frames_has_no_text_of_its_own():
    assert read("<frameset><frame src=x></frameset>").lines == ("（网页里嵌着别的内容）",)
