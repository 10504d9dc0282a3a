"""The Word report: whole, valid, the office's own to edit, and the same bytes every time."""

import datetime
import io
import subprocess
import zipfile
from collections import Counter
from random import Random

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator

from kit.soffice import as_pdf
from kit.word import filled_tables, passage, report
from pipeline.archive import EARLIEST
from pipeline.model.document import Heading, Table
from pipeline.render.word import render_word


def opened(document):
    return docx.Document(io.BytesIO(render_word(document)))


def part(content, name):
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_title_headings_and_passages_stand_in_order_under_named_styles():
    word = opened(report())
    assert [(p.style.name, p.text) for p in word.paragraphs if p.text][:6] == [
        ("Title", "呼伦贝尔市\n2020年政府信息公开工作年度报告"),
        ("Body Text", "本报告由市政务服务局编制，所列数据的统计期限为2020年1月1日至12月31日。"),
        ("Heading 1", "一、总体情况"),
        ("Heading 2", "（一）主动公开"),
        ("Body Text", "全年主动公开政府信息103615条，其中市直机关33649条、旗市区69966条。"),
        ("Heading 3", "1.政策解读"),
    ]


def test_each_table_follows_its_section_heading_and_is_followed_by_a_thin_line():
    body = opened(report()).element.body
    tables = list(body.iterchildren(qn("w:tbl")))
    assert len(tables) == 3
    assert all(table.getprevious().pPr.style.startswith("Heading") for table in tables)
    assert all(table.getnext().pPr.style == "TableGap" for table in tables)


def test_every_heading_carries_its_own_bookmark():
    body = opened(report()).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    blocks = [n for n, block in enumerate(report().blocks, 1) if isinstance(block, Heading)]
    assert names == [f"heading_{number}" for number in blocks]
    ends = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd"))]
    assert ends == [str(number) for number in blocks]


def test_properties_come_from_the_document_alone():
    properties = opened(report()).core_properties
    assert properties.title == "呼伦贝尔市2020年政府信息公开工作年度报告"
    assert (properties.author, properties.last_modified_by) == ("呼伦贝尔市", "市政务服务局")
    assert properties.language == "zh-CN"
    moment = datetime.datetime(2021, 3, 31, tzinfo=datetime.UTC)
    assert properties.created == properties.modified == moment


def test_a_title_longer_than_a_property_holds_is_cut_there_and_only_there():
    title = "长" * 300
    word = opened(report(title=title, title_lines=(title,)))
    assert word.core_properties.title == "长" * 255
    assert word.paragraphs[0].text == title


def test_only_a_draft_has_headers_and_they_say_so():
    final, draft = render_word(report()), render_word(report(draft=True))
    assert "headerReference" not in part(final, "word/document.xml")
    for side in ("default", "even"):
        assert 'string="草稿"' in part(draft, f"word/header-{side}.xml")
        assert f'<w:headerReference w:type="{side}"' in part(draft, "word/document.xml")


def test_text_is_never_markup():
    hostile = "</w:t><w:br/>&amp;<甲>“乙”"
    word = opened(report(blocks=(Heading(1, hostile), passage(hostile)), organ=hostile))
    assert [p.text for p in word.paragraphs[1:3]] == [hostile, hostile]
    assert word.core_properties.author == hostile


def test_the_same_document_gives_the_same_bytes_and_another_gives_others():
    assert render_word(report()) == render_word(report())
    assert render_word(report()) != render_word(report(organ="满洲里市"))


def test_the_file_does_not_tell_when_it_was_packed():
    entries = zipfile.ZipFile(io.BytesIO(render_word(report()))).infolist()
    assert {entry.date_time for entry in entries} == {EARLIEST}


def with_long_numbers():
    grids = [table.grid for table in filled_tables().values()]
    addresses = [cell.address for grid in grids for cell in grid.cells if cell.address]
    return tuple(Table(grid.filled(dict.fromkeys(addresses, "123456789012"))) for grid in grids)


def test_every_paragraph_is_formatted_by_its_style_alone():
    """An office that changes a style changes every paragraph of it; only a run's script is said beside it."""
    content = render_word(report(draft=True))
    parts = ["document", "footer-default", "footer-even", "header-default", "header-even"]
    for root in (etree.fromstring(part(content, f"word/{name}.xml").encode()) for name in parts):
        assert {child.tag for ppr in root.iter(qn("w:pPr")) for child in ppr} == {qn("w:pStyle")}
        assert {child.tag for rpr in root.iter(qn("w:rPr")) for child in rpr} <= {qn("w:rFonts")}
        assert {name for face in root.iter(qn("w:rFonts")) for name in face.attrib} <= {qn("w:hint")}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"draft": True},
        {"edition": "2021"},
        {"edition": "2021", "draft": True},
        {"blocks": ()},
        {"blocks": with_long_numbers()},
        {"title_lines": ("长" * 20, "长" * 20, "长" * 20)},
    ],
    ids=["2019", "draft", "2021", "draft-2021", "empty", "long-numbers", "long-title"],
)
def test_an_independent_validator_finds_nothing(changes, tmp_path):
    file = tmp_path / "report.docx"
    file.write_bytes(render_word(report(**changes)))
    result = OpenXmlValidator().validate(file)
    assert [str(error) for error in result.errors] == []


@pytest.mark.office
def test_libreoffice_sets_28_characters_a_line_and_22_lines_a_page(tmp_path):
    document = report(title_lines=("",), blocks=(passage("国" * 2000),))
    pdf = as_pdf(tmp_path, {"report": render_word(document)})["report"]
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, check=True, capture_output=True, timeout=60
    ).stdout.decode()
    second = [line.strip() for line in text.split("\f")[1].splitlines() if "国" in line]
    assert {len(line) for line in second} == {28}
    assert len(second) == 22


@pytest.mark.office
def test_libreoffice_loses_no_mark_that_hangs_behind_a_full_line_of_chinese(tmp_path):
    chance = Random(1)
    passages = tuple(passage(_sentences(chance)) for _ in range(150))
    made = report(title_lines=("",), blocks=passages)
    with pdfplumber.open(io.BytesIO(as_pdf(tmp_path, {"report": render_word(made)})["report"])) as pdf:
        shown = Counter(char["text"] for page in pdf.pages for char in page.chars)
    written = Counter("".join(made.lines))
    assert {mark: shown[mark] for mark in "，。、；"} == {mark: written[mark] for mark in "，。、；"}


def _sentences(chance):
    """Words of any length with marks between them, so that a mark comes to stand at every place of a line."""
    words = ("政府信息公开工作年度报告"[: chance.randint(3, 12)] for _ in range(14))
    return "".join(word + chance.choice(["", "，", "、", "；"]) for word in words) + "。"
