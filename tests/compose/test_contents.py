"""The list of contents: sections and their parts, in order, before the text."""

from kit.report import document, paragraph, report
from pipeline.compose.contents import with_contents
from pipeline.model.document import Contents, Heading


def test_sections_and_their_parts_are_listed_and_what_is_below_is_not(form):
    made = with_contents(report(form))
    (contents,) = [block for block in made.blocks if isinstance(block, Contents)]
    assert made.blocks[0] is contents
    assert contents.lines[:3] == ("目录", "一、总体情况", "（一）主动公开")
    assert {entry.level for entry in contents.entries} == {1, 2}
    assert "1.存在的问题" not in contents.lines


def test_each_entry_names_the_block_it_stands_for():
    same = Heading(2, "（一）公开")
    made = with_contents(document(Heading(1, "一、甲"), same, paragraph("乙"), Heading(1, "二、丙"), same))
    contents = made.blocks[0]
    assert contents.targets(made.blocks) == (2, 3, 5, 6)
    assert [made.blocks[number - 1] for number in contents.targets(made.blocks)] == list(contents.entries)
