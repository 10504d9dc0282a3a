"""The blocks of a report in the order of the Document, each in its writer's dress."""

from kit.report import document, paragraph
from kit.web import small_grid
from pipeline.model.document import Contents, Heading, Table
from pipeline.render.web_blocks import Dress, blocks

PLAIN = Dress(
    title=("h1", {"lang": "zh"}),
    draft={"class": "d"},
    heading=lambda level: {"class": f"l{level}"},
    chart=lambda chart: f"({chart.caption})",
    contents=lambda block, anchors: " ".join(anchors),
    table=lambda grid, anchor: f"[{grid.id} {anchor}]",
    indent="　",
)


def test_each_block_becomes_its_element_in_order():
    report = document(
        Heading(1, "一、"),
        paragraph("共<2>件"),
        Table(small_grid()),
        Heading(4, "（1）"),
        Heading(2, "（一）"),
    )
    assert list(blocks(report, PLAIN)) == [
        '<h1 lang="zh">呼伦贝尔市</h1>',
        '<h2 class="l1">　一、</h2>',
        "<p>　共&lt;2&gt;件</p>",
        "[t t-3]",
        '<h3 class="l4">　（1）</h3>',
        '<h3 class="l2">　（一）</h3>',
    ]


def test_a_list_of_contents_knows_where_its_headings_stand():
    part = Heading(1, "一、")
    contents, heading, _ = list(blocks(document(Contents((part,)), part, Heading(3, "1.")), PLAIN))[1:]
    assert (contents, heading) == ("part-2", '<h2 class="l1" id="part-2">　一、</h2>')


def test_a_table_that_stands_twice_has_two_ids():
    _, *tables = blocks(document(Table(small_grid()), Table(small_grid())), PLAIN)
    assert tables == ["[t t-1]", "[t t-2]"]


def test_the_title_is_broken_where_its_meaning_breaks():
    assert next(blocks(document(title=("甲市", "年报")), PLAIN)) == '<h1 lang="zh">甲市<br>年报</h1>'


def test_a_draft_says_so_before_all_else():
    assert next(blocks(document(draft=True), PLAIN)) == '<p class="d">草稿</p>'
