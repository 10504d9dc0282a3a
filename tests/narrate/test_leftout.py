"""What Word shows or hides that the report does not print: every kind is named and counted, and none is printed."""

import pytest
from docx.oxml import parse_xml

from kit.narrative import saved, word
from pipeline.narrate.leftout import KINDS, NAMESPACES, is_unshown, left_out
from pipeline.narrate.source import read_source

XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def run(inside):
    return f"<w:r>{inside}</w:r>"


def prompt(properties):
    return (
        f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run('<w:t>丙</w:t>')}</w:sdtContent></w:sdt>"
    )


def box(text):
    return f"<w:txbxContent><w:p>{run(f'<w:t>{text}</w:t>')}</w:p></w:txbxContent>"


LEFT_OUT = {
    "文本框": run(
        f"<mc:AlternateContent><mc:Choice>{box('乙')}</mc:Choice>"
        f"<mc:Fallback>{box('乙')}</mc:Fallback></mc:AlternateContent>"
    ),
    "公式": "<m:oMath><m:r><m:t>9</m:t></m:r></m:oMath>",
    "脚注或尾注": run('<w:footnoteReference w:id="2"/>'),
    "特殊符号": run('<w:sym w:font="Wingdings" w:char="F0FE"/>'),
    "图片": run("<w:drawing><pic:pic/></w:drawing>"),
    "隐藏文字": run("<w:rPr><w:vanish/><w:strike/></w:rPr><w:t>乙</w:t>"),
    "划掉的文字": run('<w:rPr><w:dstrike w:val="1"/></w:rPr><w:t>乙</w:t>'),
    "没有填的提示": prompt("<w:showingPlcHdr/>"),
}
PRINTED = (
    run('<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>丙</w:t>'),
    run('<w:rPr><w:strike w:val="false"/></w:rPr><w:t>丙</w:t>'),
    prompt(""),
    run(
        "<w:ruby><w:rt><w:r><w:t>bǐng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>丙</w:t></w:r></w:rubyBase></w:ruby>"
    ),
    run("<mc:AlternateContent><mc:Choice><w:t>丙</w:t></mc:Choice><mc:Fallback/></mc:AlternateContent>"),
)


def source(piece):
    document = word(["甲"])
    paragraph = parse_xml(f"<w:p {XMLNS}>{piece}</w:p>")
    document.paragraphs[0]._p.extend(list(paragraph))
    return read_source(saved(document), "narrative.docx")


def test_every_kind_has_a_piece_here():
    assert set(LEFT_OUT) == set(KINDS)


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_what_is_left_out_is_counted_and_not_printed(kind):
    read = source(LEFT_OUT[kind])
    assert read.ignored == ((kind, 1),)
    assert [paragraph.text for paragraph in read.paragraphs] == ["甲"]


@pytest.mark.parametrize("piece", PRINTED)
def test_what_is_shown_is_printed_and_not_counted(piece):
    read = source(piece)
    assert read.ignored == ()
    assert [paragraph.text for paragraph in read.paragraphs] == ["甲丙"]


def test_an_empty_hidden_run_is_nothing_lost():
    paragraph = parse_xml(f"<w:p {XMLNS}>{run('<w:rPr><w:vanish/></w:rPr><w:t> </w:t>')}</w:p>")
    assert left_out(paragraph) == ()
    assert is_unshown(paragraph[0])
    assert not is_unshown(paragraph)
