"""The page: A4, a type area of 156 by 225 mm, page numbers outside, 草稿 across a draft."""

import pytest
from lxml import etree

from pipeline.render.measures import WORD_WIDTH
from pipeline.render.word_page import draft_header_xml, footer_xml, section_xml
from pipeline.render.word_styles import styles_xml
from pipeline.render.word_text import NAMESPACES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def section(*, draft):
    return etree.fromstring(f"<w:body {NAMESPACES}>{section_xml(draft=draft)}</w:body>")[0]


def test_the_type_area_is_156_by_225_mm():
    assert pytest.approx(156, abs=0.05) == WORD_WIDTH * 25.4 / 1440


@pytest.mark.parametrize(("side", "millimetres"), [("top", 37), ("left", 28), ("right", 26), ("bottom", 35)])
def test_the_margins_are_the_standards(side, millimetres):
    margin = int(section(draft=False).find(f"{W}pgMar").get(W + side))
    assert margin * 25.4 / 1440 == pytest.approx(millimetres, abs=0.05)


def test_the_grid_gives_lines_only():
    assert section(draft=False).find(f"{W}docGrid").get(f"{W}type") == "lines"


@pytest.mark.parametrize(("side", "edge"), [("default", "right"), ("even", "left")])
def test_the_page_number_stands_between_dashes_one_blank_from_the_outer_edge(side, edge):
    footer = etree.fromstring(footer_xml(side).encode())
    assert "".join(footer.itertext()) == "— 1 —"
    assert footer.find(f".//{W}fldSimple").get(f"{W}instr").strip() == "PAGE"
    style = footer.find(f".//{W}pStyle").get(f"{W}val")
    (found,) = [one for one in etree.fromstring(styles_xml().encode()) if one.get(f"{W}styleId") == style]
    assert found.find(f".//{W}jc").get(f"{W}val") == edge
    assert found.find(f".//{W}ind").get(f"{W}{edge}Chars") == "100"


def test_a_draft_has_a_header_on_both_sides_a_report_has_none():
    def headers(draft):
        return [reference.get(f"{W}type") for reference in section(draft=draft).iter(f"{W}headerReference")]

    assert headers(draft=True) == ["default", "even"]
    assert headers(draft=False) == []


def test_the_watermarks_of_the_two_sides_are_two_shapes():
    odd, even = draft_header_xml("default"), draft_header_xml("even")
    assert 'id="draft-default"' in odd
    assert 'id="draft-even"' in even
    assert etree.fromstring(odd.encode()) is not None
