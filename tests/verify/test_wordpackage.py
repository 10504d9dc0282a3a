"""A Word file's parts found by the names they are given, and a file that is not whole found out."""

import io
import zipfile

import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from kit.report import CHART, document
from kit.word import report
from pipeline.errors import ExitCode, OperatorError
from pipeline.render.word import render_word
from pipeline.verify.word import read_word
from pipeline.verify.wordpackage import read_package

RELATIONS = "word/_rels/document.xml.rels"


def with_parts(content, **changed):
    """The file with parts put in another's place; None takes a part out."""
    source = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: source.read(name) for name in source.namelist()} | changed
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            if part is not None:
                package.writestr(name, part)
    return buffer.getvalue()


def part(content, name):
    return zipfile.ZipFile(io.BytesIO(content)).read(name)


def test_the_parts_that_the_main_part_names_by_id_and_by_type():
    content = render_word(document(CHART))
    package = read_package(content)
    assert package.root.tag.endswith("}document")
    (styles,) = package.of_types((RELATIONSHIP_TYPE.STYLES,)).values()
    assert styles == part(content, "word/styles.xml")
    (chart,) = package.of_types((RELATIONSHIP_TYPE.CHART,)).values()
    assert chart in package.by_id.values()


def test_a_part_named_from_the_top_or_twice_is_one_and_what_lies_outside_is_left_alone():
    content = render_word(report())
    footer = (
        f'<Relationship Id="again" Type="{RELATIONSHIP_TYPE.FOOTER}" Target="/word/footer-even.xml"/>'
        f'<Relationship Id="far" Type="{RELATIONSHIP_TYPE.FOOTER}" Target="http://x/" TargetMode="External"/>'
        "</Relationships>"
    ).encode()
    named = part(content, RELATIONS).replace(b"</Relationships>", footer)
    package = read_package(with_parts(content, **{RELATIONS: named}))
    assert "again" in package.by_id
    assert "far" not in package.by_id
    assert set(package.of_types((RELATIONSHIP_TYPE.FOOTER,))) == {
        "word/footer-default.xml",
        "word/footer-even.xml",
    }


def test_a_file_without_styles_is_read():
    content = render_word(report())
    named = part(content, RELATIONS).replace(b"/styles", b"/other")
    assert read_word(with_parts(content, **{RELATIONS: named})).tables == read_word(content).tables


def related(content, relations, kind, name):
    """The file with one more part of a kind, a copy of the styles."""
    one = (
        '<Relationship Id="more" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'{kind}" Target="/{name}"/></Relationships>'
    ).encode()
    named = part(content, relations).replace(b"</Relationships>", one)
    return with_parts(content, **{relations: named, name: part(content, "word/styles.xml")})


def test_a_file_embedded_as_text_is_a_line_that_nobody_expects():
    content = render_word(report())
    chunk = b'<w:altChunk r:id="more"/></w:body>'
    text = part(content, "word/document.xml").replace(b"</w:body>", chunk)
    embedding = with_parts(content, **{"word/document.xml": text})
    assert read_word(embedding).lines == (*read_word(content).lines, "嵌入的另一份文件")


def flipped(content):
    """The theme with a byte changed as it lies there, packed or not: its checksum tells."""
    at = zipfile.ZipFile(io.BytesIO(content)).getinfo("word/theme.xml").header_offset + 100
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize(
    "damaged",
    [
        lambda content: with_parts(content, **{"word/theme.xml": None}),
        lambda content: with_parts(content, **{"word/theme.xml": b"<a"}),
        lambda content: with_parts(content, **{"word/settings.xml": b"<a"}),
        lambda content: with_parts(content, **{"docProps/core.xml": b"<a"}),
        lambda content: with_parts(content, **{"word/styles.xml": b"<a"}),
        lambda content: with_parts(content, **{"word/footer-even.xml": b"<a"}),
        lambda content: with_parts(content, **{"_rels/.rels": None}),
        lambda content: with_parts(content, **{"[Content_Types].xml": None}),
        lambda content: with_parts(
            content,
            **{
                "[Content_Types].xml": part(content, "[Content_Types].xml").replace(
                    b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
                )
            },
        ),
        flipped,
        lambda content: related(content, "_rels/.rels", "officeDocument", "word/other.xml"),
        lambda content: related(content, RELATIONS, "styles", "word/other.xml"),
        lambda content: related(content, RELATIONS, "image", "word/picture.unknown"),
    ],
)
def test_a_file_that_word_would_not_open_is_no_report(damaged):
    with pytest.raises(OperatorError, match="不是能打开的 Word 文件") as caught:
        read_word(damaged(render_word(report())))
    assert caught.value.code is ExitCode.INPUT
