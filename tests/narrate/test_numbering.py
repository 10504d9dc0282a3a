"""Numbers Word or WPS put in by itself are written out, or the report would lose its 一、（一）1."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.narrate.numbering import ListNumbers, chinese


def numbering(*levels):
    written = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (start, kind, text) in enumerate(levels)
    )
    return parse_xml(
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="7">{written}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


def num_pr(level, number=3):
    return parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


OFFICIAL = numbering(
    (1, "chineseCounting", "%1、"),
    (1, "chineseCountingThousand", "（%2）"),
    (1, "decimal", "%3."),
    (1, "decimal", "%1-%4"),
    (1, "bullet", "●"),
)


def test_the_official_numbering_counts_on_and_starts_again_under_each_heading():
    numbers = ListNumbers(OFFICIAL)
    printed = [numbers.prefix(num_pr(level)) for level in (0, 1, 2, 2, 1, 2, 0, 1, 3, 4)]
    assert printed == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）", "二-1", ""]


def test_a_list_may_start_elsewhere():
    assert ListNumbers(numbering((4, "chineseCounting", "%1、"))).prefix(num_pr(0)) == "四、"


@pytest.mark.parametrize("given", [num_pr(0, number=0), num_pr(0, number=99), num_pr(8)])
def test_a_number_that_leads_nowhere_prints_nothing(given):
    assert ListNumbers(OFFICIAL).prefix(given) == ""


def test_a_document_without_lists_has_no_numbers():
    assert ListNumbers(None).prefix(num_pr(0)) == ""


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_chinese_digits(number, text):
    assert chinese(number) == text
