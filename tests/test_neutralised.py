"""What others typed comes out as text and nothing else: no formula, no element, no path, no control of theirs."""

import io
import re
import unicodedata
import zipfile
from pathlib import PureWindowsPath

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from kit.office import TODAY
from kit.offices import consolidated, filled_values, submission_of
from kit.report import document, paragraph
from pipeline.filenames import legal_name
from pipeline.model.document import Heading
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Cover
from pipeline.render.web_fragment import render_fragment
from pipeline.render.web_page import render_page
from pipeline.render.word import render_word
from pipeline.workbooks.blank import blank_workbook, filled_workbook
from pipeline.workbooks.label import name_text
from pipeline.workbooks.ledger import ledger_workbook
from pipeline.workbooks.roster_blank import roster_workbook

PLAIN = "市教育局"
MARKS = (
    "=1+1", "=cmd|'/c calc'!A1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1",
    "<b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</w:t></w:r>", "]]>", "<!--", "&lt;", "&amp",
    "\"'`", "{{ x }}", "{% if %}", "../../x", "..\\..\\x", "C:\\x", "/etc/x", "CON", "nul.", "COM1.txt", "x" * 200,
    "很" * 200, "\x00", "\x07", "\x1b[31m", "\u202excod.", "\u200b", "\ufeff", "\u2028", "�", "𠮷", "e\u0301", " ", ".",
)  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(MARKS) | st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=4
).map("".join)
FORMULA = re.compile(rb"<f\b[^>]*>.*?</f>|<f\b[^>]*/>", re.DOTALL)


def formulas(content: bytes) -> dict[str, list[bytes]]:
    """The formulas of a workbook's parts, and its parts' names."""
    package = zipfile.ZipFile(io.BytesIO(content))
    return {name: FORMULA.findall(package.read(name)) for name in package.namelist()}


def workbooks(text: str, form, indicators) -> dict[str, bytes]:
    """Every workbook the program writes, with a text of others wherever one may stand."""
    agency = Agency("01", text, "市直机关", (text,), text, text, text)
    other = Agency(text[:20] or "02", PLAIN, "市直机关")
    values = filled_values(form, [one for one in indicators if not one.over])
    roster = Roster((agency, other))
    submissions = {one.code: submission_of(one, values) for one in roster.agencies}
    cover = Cover(version=1, filled_by=text, reviewed_by=text, phone=text)
    year = form.first_year
    return {
        "名册": roster_workbook(roster.agencies, TODAY),
        "空白表": blank_workbook(agency, year, form, indicators, brought_forward={}, date=TODAY),
        "上报工作簿": filled_workbook(
            agency, year, form, indicators, values=values, texts={1: text, 6: text}, date=TODAY, cover=cover
        ),
        "汇总底稿": ledger_workbook(
            consolidated(roster, submissions, indicators),
            submissions, roster, form, indicators, organ=text, year=year, date=TODAY,
        ),
    }  # fmt: skip


@pytest.fixture(scope="module")
def ours(forms, indicators):
    """The program's own formulas, by workbook and part."""
    return {name: formulas(content) for name, content in workbooks(PLAIN, forms["2019"], indicators).items()}


@settings(max_examples=4)
@given(TEXTS)
@example("=cmd|'/c calc'!A1")
@example("\t=1+1" + "".join(MARKS))
def test_no_workbook_carries_a_formula_or_a_part_of_theirs(ours, forms, indicators, text):
    for name, content in workbooks(text, forms["2019"], indicators).items():
        assert formulas(content) == ours[name], name
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)


def spoken(text: str) -> str:
    """A text by its letters and digits alone, as far as all formats carry it."""
    return "".join(mark for mark in text if unicodedata.category(mark)[0] in "LN")


def passages(text: str):
    return document(Heading(1, text), paragraph(text), paragraph(PLAIN), title=(name_text(text) or PLAIN,))


@given(TEXTS)
@example("</w:t></w:r><w:r><w:t>x")
def test_no_word_file_carries_an_element_of_theirs(text):
    def elements(content: bytes):
        package = zipfile.ZipFile(io.BytesIO(content))
        body = etree.fromstring(package.read("word/document.xml"))
        return set(package.namelist()), {str(one.tag) for one in body.iter(etree.Element)}, body

    parts, tags, _ = elements(render_word(passages(PLAIN + "，2020年")))
    their_parts, their_tags, body = elements(render_word(passages(text)))
    assert their_parts == parts
    assert {tag.rpartition("}")[2] for tag in their_tags - tags} <= {
        "br",
        "tab",
        "noBreakHyphen",
        "rFonts",
        "spacing",
        "w",
    }
    assert spoken(text) in spoken("".join(body.itertext("{*}t")))


@given(TEXTS)
@example('"><img src=x onerror=alert(1)>')
@pytest.mark.parametrize("render", [render_page, render_fragment])
def test_no_page_carries_an_element_or_attribute_of_theirs(render, text):
    def names(content: bytes):
        tree = LexborHTMLParser(content.decode("utf-8"))
        nodes = tree.root.traverse(include_text=False)
        found = [(node.tag, name) for node in nodes for name in (*node.attributes, "")]
        return set(found), tree

    known, _ = names(render(passages(PLAIN)))
    theirs, tree = names(render(passages(text)))
    assert {tag for tag, _ in theirs} <= {tag for tag, _ in known} | {"br"}
    assert not any(name.startswith("on") for _, name in theirs)
    assert spoken(text) in spoken(tree.body.text())


@given(TEXTS | st.text(max_size=300))
@example("CON")
@example("a" * 59 + "." * 9)
@example("𠮷" * 300)
@example("CON." + "x" * 300)
@example("a" * 59 + "~x")
def test_a_file_name_made_from_theirs_is_one_name_everywhere(text):
    name = legal_name(text)
    assert name == legal_name(name)
    assert PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert len(f"{name}（草稿）（网页粘贴用）（改动备份1）.html".encode()) <= 255
    assert name.isprintable()
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" .")
    assert name not in ("", ".", "..")
