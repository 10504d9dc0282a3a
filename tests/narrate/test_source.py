"""A narrative arrives as Word or Markdown; every paragraph of it is read, and nothing that was deleted."""

import copy
import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kit.narrative import saved, word
from pipeline.errors import ExitCode, OperatorError
from pipeline.narrate.source import read_source


def lines(content, file="narrative.docx"):
    return [(paragraph.origin, paragraph.text) for paragraph in read_source(content, file).paragraphs]


def wrapped(tag, *children):
    element = OxmlElement(tag)
    element.extend(children)
    return element


def test_markdown_is_one_paragraph_a_line_whatever_wrote_it():
    content = "\ufeff# 一、总体情况\r\n\r\n　　收到申请。\r\n## (一)主动公开\n\n(1)改版\r"
    assert lines(content.encode(), "narrative.md") == [
        ("第1段", "一、总体情况"),
        ("第2段", "收到申请。"),
        ("第3段", "（一）主动公开"),
        ("第4段", "（1）改版"),
    ]


def test_markdown_in_another_encoding_is_refused():
    with pytest.raises(OperatorError, match="UTF-8") as refusal:
        read_source("总体情况".encode("gb18030"), "narrative.md")
    assert refusal.value.code is ExitCode.TEMPLATE


def test_a_word_paragraph_is_one_text_however_many_runs_word_cut_it_into():
    content = saved(word([("收到{{ 依申请", "公开.新", "收.总计 }}件"), "", "　", "答复"]))
    assert lines(content) == [("第1段", "收到{{ 依申请公开.新收.总计 }}件"), ("第2段", "答复")]


def test_a_soft_line_break_starts_a_new_line_and_a_tab_is_a_space():
    document = word(["甲\n乙\t丙"])
    assert lines(saved(document)) == [("第1段", "甲"), ("第2段", "乙 丙")]


def test_revisions_are_read_as_accepted_and_counted():
    document = word([("收到", "110", "224", "件"), ("移来",)])
    first = document.paragraphs[0]
    _, old, new, _ = (run._r for run in first.runs)
    old.getparent().replace(old, wrapped("w:del", copy.deepcopy(old)))
    new.getparent().replace(new, wrapped("w:ins", copy.deepcopy(new)))
    source = read_source(saved(document), "narrative.docx")
    assert source.paragraphs[0].text == "收到224件"
    assert source.revisions == 2


def test_text_in_content_controls_and_links_is_read_and_tables_are_only_counted():
    document = word(["甲", ("乙", "链接")])
    body = document.element.body
    first, second = document.paragraphs[0]._p, document.paragraphs[1]
    linked = second.runs[1]._r
    linked.getparent().replace(linked, wrapped("w:hyperlink", copy.deepcopy(linked)))
    body.replace(first, wrapped("w:sdt", wrapped("w:sdtContent", copy.deepcopy(first))))
    document.add_table(1, 1).cell(0, 0).text = "表里的字"
    source = read_source(saved(document), "narrative.docx")
    assert [paragraph.text for paragraph in source.paragraphs] == ["甲", "乙链接"]
    assert source.tables == 1


def test_heading_styles_and_outline_levels_are_known():
    document = docx.Document()
    document.add_heading("主动公开", level=2)
    own = document.add_paragraph("平台建设")
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), "2")
    own._p.get_or_add_pPr().append(outline)
    document.add_paragraph("正文")
    based = document.styles.add_style("本单位标题", WD_STYLE_TYPE.PARAGRAPH)
    based.base_style = document.styles["Heading 2"]
    document.add_paragraph("监督保障", style=based)
    assert [paragraph.level for paragraph in read_source(saved(document), "n.docx").paragraphs] == [
        2,
        3,
        0,
        2,
    ]


def test_automatic_numbers_are_written_out():
    document = docx.Document()
    for text in ("甲", "乙", ""):
        document.add_paragraph(text, style="List Number")
    assert lines(saved(document)) == [("第1段", "1.甲"), ("第2段", "2.乙")]


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0old word", b"PK\x03\x04", zipped(a="x")])
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(OperatorError, match=r"另存为 \.docx") as refusal:
        read_source(content, "narrative.docx")
    assert refusal.value.code is ExitCode.TEMPLATE


def test_a_damaged_word_file_is_refused():
    good = saved(word(["甲"]))
    for cut in (len(good) // 3, len(good) - 30):
        with pytest.raises(OperatorError):
            read_source(good[:cut], "narrative.docx")
    at = good.index(b"word/document.xml") + 60
    with pytest.raises(OperatorError):
        read_source(good[:at] + bytes(40) + good[at + 40 :], "narrative.docx")


def test_a_file_that_unpacks_to_far_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("pipeline.narrate.wordfile.LARGEST", 1000)
    with pytest.raises(OperatorError, match="不是能读的"):
        read_source(saved(word(["甲"])), "narrative.docx")
