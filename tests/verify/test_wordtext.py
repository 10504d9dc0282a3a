"""What a reader sees in a piece of a Word file, and what stands there without being seen."""

import pytest
from lxml import etree

from pipeline.verify.wordtext import (
    NAMESPACES,
    PARAGRAPH,
    TABLE,
    children,
    drop_unshown,
    text_of,
    watermarks,
    without_page,
)

XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def piece(inside, tag="p"):
    return etree.fromstring(f"<w:{tag} {XMLNS}>{inside}</w:{tag}>")


def test_text_symbols_and_equations_are_read_in_their_order_without_white_space():
    inside = (
        '<w:r><w:t>共 </w:t><w:sym w:char="0039"/></w:r>'
        "<m:oMath><m:r><m:t>8 7</m:t></m:r></m:oMath><w:r><w:t>件</w:t></w:r>"
    )
    assert text_of(piece(inside)) == "共987件"


def test_hidden_struck_out_white_tiny_and_removed_text_is_not_read():
    settings = (
        "<w:vanish/>",
        '<w:strike w:val="1"/>',
        "<w:dstrike/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="8"/>',
    )
    hidden = "".join(f"<w:r><w:rPr>{setting}</w:rPr><w:t>旧</w:t></w:r>" for setting in settings)
    removed = (
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    )
    read = piece(hidden + removed + "<w:r><w:t>新</w:t></w:r>")
    drop_unshown(read)
    assert text_of(read) == "新"


@pytest.mark.parametrize(
    "unseen",
    [
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>旧</w:t></w:r>",
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r>",
        "<w:r><w:rPr><w:dstrike/></w:rPr><w:t>旧</w:t></w:r>",
        '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>旧</w:t></w:r>',
        '<m:r><w:rPr><w:sz w:val="8"/></w:rPr><m:t>旧</m:t></m:r>',
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>",
        "<mc:AlternateContent><mc:Fallback><w:r><w:t>旧</w:t></w:r></mc:Fallback></mc:AlternateContent>",
    ],
)
def test_each_way_of_hiding_text_is_known_where_it_is_the_only_one(unseen):
    read = piece(unseen + "<w:r><w:t>新</w:t></w:r>")
    drop_unshown(read)
    assert text_of(read) == "新"


def test_children_are_found_through_wrappers_and_no_deeper():
    inside = "<w:p/><w:sdt><w:sdtContent><w:customXml><w:p/></w:customXml></w:sdtContent></w:sdt><w:tbl><w:p/></w:tbl>"
    assert len(list(children(piece(inside, "body"), PARAGRAPH))) == 2
    assert len(list(children(piece(inside, "body"), PARAGRAPH, TABLE))) == 3


def test_a_line_of_contents_is_read_without_its_page_and_any_other_line_whole():
    entry = (
        "<w:hyperlink><w:r><w:t>一、面向2021</w:t></w:r><w:r><w:tab/></w:r>"
        "<w:r><w:instrText> PAGEREF a </w:instrText></w:r><w:r><w:t>12</w:t></w:r></w:hyperlink>"
    )
    assert without_page(piece(entry)) == "一、面向2021"
    saved = '<w:hyperlink w:anchor="heading_4"><w:r><w:t>一、面向2021</w:t></w:r><w:r><w:tab/><w:t>12</w:t></w:r></w:hyperlink>'
    assert without_page(piece(saved)) == "一、面向2021"
    assert without_page(piece("<w:r><w:t>共</w:t><w:tab/><w:t>12件</w:t></w:r>")) == "共12件"


def test_words_across_the_page():
    assert watermarks(
        piece('<w:r><w:pict><v:shape><v:textpath string="草 稿"/></v:shape></w:pict></w:r>')
    ) == ("草稿",)
