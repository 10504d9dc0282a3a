"""Text becomes WordprocessingML and comes back as the same text."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.render.word_text import NAMESPACES, attribute, paragraph, run

XML = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
)


def parsed(xml):
    return etree.fromstring(f"<w:p {NAMESPACES}>{xml}</w:p>")


@given(XML)
def test_any_text_comes_back_as_it_went_in(text):
    assert "".join(parsed(run(text)).itertext()) == text


@given(XML)
def test_so_does_any_attribute(text):
    assert parsed(f"<a b={attribute(text)}/>")[0].get("b") == text


def test_a_character_xml_cannot_hold_leaves_a_visible_mark():
    assert "".join(parsed(run("共\x00计\x1f")).itertext()) == "共\ufffd计\ufffd"


def test_lines_are_parted_by_breaks():
    assert [child.tag.split("}")[1] for child in parsed(run("甲", "乙"))[0]] == ["rPr", "t", "br", "t"]


def test_a_size_is_given_in_half_points():
    assert '<w:sz w:val="21"/>' in run("12", size=10.5)
    assert "w:sz " not in run("12")


def test_a_scale_is_given_in_percent():
    assert '<w:w w:val="83"/><w:sz w:val="21"/>' in run("12345", size=10.5, scale=0.83)
    assert "w:w " not in run("12")


def test_a_paragraph_has_its_style_and_no_more():
    assert paragraph("Title") == '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr></w:p>'
