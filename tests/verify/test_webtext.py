"""What a reader of a page sees, and what stands in its file without being seen."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.verify.webtext import Mark, is_hidden, shown, shown_text


def body(inside):
    return LexborHTMLParser(f"<!DOCTYPE html><body>{inside}").body


def lines(inside):
    """The texts between the ends of lines, empty ones left out."""
    texts = [""]
    for item in shown(body(inside), tables=True):
        if isinstance(item, str):
            texts[-1] += item
        else:
            texts += [""] if item is Mark.BREAK else ["[table]", ""]
    return [text for text in texts if text.strip()]


@pytest.mark.parametrize(
    "hidden",
    [
        "<del>9</del>",
        "<s>9</s>",
        "<strike>9</strike>",
        "<script>document.write(9)</script>",
        "<style>9</style>",
        "<template>9</template>",
        "<noscript>9</noscript>",
        "<textarea>9</textarea>",
        "<!-- 9 -->",
        "<b hidden>9</b>",
        '<b style="display: none">9</b>',
        '<b style="color:red;DISPLAY:NONE !important">9</b>',
        '<b style="visibility: hidden">9</b>',
        '<b style="opacity: 0">9</b>',
        '<b style="font-size: 0px">9</b>',
        '<b style="font-size:0">9</b>',
        '<b style="opacity:.0;color:red">9</b>',
        '<b style="mso-hide:all">9</b>',
        '<b style="text-decoration: line-through">9</b>',
        '<b style="text-decoration-line: underline line-through">9</b>',
        '<b style="position:absolute; left: -9999px">9</b>',
        '<b style="color: white">9</b>',
        '<font color="#FFFFFF">9</font>',
        '<b style="color: rgb(255, 255, 255)">9</b>',
        '<b style="color:#fff"><i>9</i></b>',
        '<i style="background:#000">9</i>',
        '<i style="color:#123;background-color:#112233">9</i>',
    ],
)
def test_what_is_hidden_struck_out_or_of_the_colour_of_its_ground_is_not_read(hidden):
    assert shown_text(body(f"共{hidden}2件")) == "共2件"


@pytest.mark.parametrize(
    "seen",
    [
        "<ins>9</ins>",
        "<span>9</span>",
        '<b style="display:inline">9</b>',
        '<b style="opacity:0.5">9</b>',
        '<b style="opacity:1">9</b>',
        '<b style="font-size:0.8em">9</b>',
        '<b style="font-size:10pt">9</b>',
        '<b style="font-size:medium">9</b>',
        '<b style="font-size:min(1.6em, 5vw)">9</b>',
        '<b style="font-size:.05em">9</b>',
        '<b style="font-family:&quot;font-size:medium;opacity:">9</b>',
        '<b style="text-decoration:underline">9</b>',
        '<b style="color:#000">9</b>',
        '<i style="background:#1f4e79"><b style="color:#fff">9</b></i>',
        '<i style="background:#1f4e79;color:white">9</i>',
        '<b style="color:windowtext;background:transparent">9</b>',
        "&#57;",
        "<unknown>9</unknown>",
    ],
)
def test_what_is_seen_is_read(seen):
    assert shown_text(body(f"共{seen}件")) == "共9件"


def test_a_cell_takes_its_colours_from_its_row_and_table():
    inside = '<table bgcolor="#003366"><tr style="color:white"><td>9</td><td style="background:white">8</td></tr></table>'
    assert [shown_text(cell) for cell in body(inside).css("td")] == ["9", ""]


def test_blocks_end_lines_and_what_stands_in_a_line_does_not():
    inside = "甲<b>乙</b><p>丙<br>丁</p>戊<div>己<div>庚</div>辛</div><ul><li>壬<li>癸</ul>"
    assert lines(inside) == ["甲乙", "丙丁", "戊", "己", "庚", "辛", "壬", "癸"]


def test_a_table_is_an_item_and_one_around_another_is_read_through():
    assert lines("甲<table><tr><td>1</table>乙") == ["甲", "[table]", "乙"]
    assert lines("<table><tr><td><p>甲</p><table><tr><td>1</table></table>") == ["甲", "[table]"]


def test_text_that_browsers_put_before_a_table_is_read_before_it():
    assert lines("<table><tr>甲<td>1</table>") == ["甲", "[table]"]


def test_a_page_nested_beyond_measure_is_read_all_the_same():
    assert shown_text(body("<div>" * 5000 + "9")) == "9"


def test_an_element_is_hidden_by_itself_and_not_by_what_its_style_forbids():
    assert is_hidden(body("<p style='visibility:collapse'>9").css_first("p"))
    assert not is_hidden(body("<p style='overflow:hidden'>9").css_first("p"))
