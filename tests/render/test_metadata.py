"""What a PDF says of itself: title and date in both places alike, names escaped."""

import datetime

from lxml import etree

from pipeline.render.metadata import Properties

HOSTILE = Properties("甲<b>&乙", "某某市", "主题", datetime.date(2021, 1, 29))


def value(properties: Properties, path: str) -> str:
    """The text at a path of the XMP packet."""
    root = etree.fromstring(properties.packet)
    spaces = {
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
        "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    }
    (found,) = root.xpath(f"//{path}", namespaces=spaces)
    return str(found.text)


def test_title_and_author_stand_in_both_places_as_given() -> None:
    assert value(HOSTILE, "dc:title//rdf:li") == HOSTILE.entries["/Title"] == "甲<b>&乙"
    assert value(HOSTILE, "dc:creator//rdf:li") == HOSTILE.entries["/Author"] == "某某市"


def test_a_character_xml_cannot_hold_leaves_a_visible_mark() -> None:
    made = Properties("甲\x0b乙", "某\x00市", "主\ufffe题", datetime.date(2021, 1, 29))
    assert value(made, "dc:title//rdf:li") == "甲\ufffd乙"
    assert value(made, "dc:creator//rdf:li") == "某\ufffd市"
    assert value(made, "dc:description//rdf:li") == "主\ufffd题"


def test_the_only_date_is_the_reports_own() -> None:
    assert value(HOSTILE, "xmp:CreateDate") == value(HOSTILE, "xmp:ModifyDate") == "2021-01-29T00:00:00+08:00"
    assert HOSTILE.entries["/CreationDate"] == HOSTILE.entries["/ModDate"] == "D:20210129000000+08'00'"


def test_it_claims_level_a_of_its_part_and_accessibility() -> None:
    assert value(HOSTILE, "pdfaid:part") == "2"
    assert value(HOSTILE, "pdfaid:conformance") == "A"
    assert value(HOSTILE, "pdfuaid:part") == "1"
