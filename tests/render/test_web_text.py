"""What an office typed is text on a page, whatever it looks like."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.render.web_text import element, lined, start, text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"))))
def test_any_text_comes_back_from_an_element_and_from_an_attribute(typed):
    page = html.fromstring(element("p", text(typed), {"title": typed}))
    assert (page.text_content(), page.get("title")) == (typed, typed)
    assert len(page) == 0


def test_markup_and_character_names_are_text():
    assert text("<b>&amp;\"'</b>") == "&lt;b&gt;&amp;amp;&quot;&#x27;&lt;/b&gt;"


def test_what_no_page_can_hold_is_seen_to_be_missing():
    assert (
        text("1\x00\x082\x7f\x9f\ud800\ufffe\U0001ffff3") == "1\ufffd\ufffd2\ufffd\ufffd\ufffd\ufffd\ufffd3"
    )


def test_control_characters_that_are_blanks_are_blanks():
    assert text("1\x1c\x852\n3\t4\r5") == "1  2\n3\t4 5"


def test_a_start_tag_stands_alone_and_pieces_stand_on_lines():
    assert start("meta", {"charset": "utf-8"}) == '<meta charset="utf-8">'
    assert (start("br"), lined("<p>", "</p>")) == ("<br>", "\n<p>\n</p>\n")
