"""Reading a chart of a Word file: its numbers as they stand there, nothing where it is broken."""

import io
import zipfile

import pytest

from kit.report import CHART, document
from pipeline.render.word import render_word
from pipeline.verify.word import read_word


def tampered(old, new, part="charts/"):
    """The report with a text of its chart part, or another, replaced."""
    source = zipfile.ZipFile(io.BytesIO(render_word(document(CHART))))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            content = source.read(name)
            package.writestr(name, content.replace(old, new) if part in name else content)
    return target.getvalue()


def test_the_names_of_the_years_come_first_then_each_category_with_its_numbers():
    assert read_word(tampered(b"", b"")).charts == (
        ("2019年", "2020年", "自然人", "95", "193", "商业企业", "0", "19", "社会公益组织", "6", "12"),
    )


def test_a_number_changed_in_the_picture_is_read_as_it_stands():
    (words,) = read_word(tampered(b"<c:v>193</c:v>", b"<c:v>391</c:v>")).charts
    assert words[4] == "391"


def test_a_number_taken_out_leaves_a_gap():
    (words,) = read_word(tampered(b'<c:pt idx="0"><c:v>193</c:v></c:pt>', b"")).charts
    assert words != CHART.words


def test_a_broken_picture_has_no_words():
    assert read_word(tampered(b"<c:chart>", b"<c:chart")).charts == ((),)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"<c:formatCode>0<", b'<c:formatCode>"1"0<', "改过的数字格式"),
        (b"<c:dLbls>", b'<c:dLbls><c:numFmt formatCode="0%" sourceLinked="0"/>', "改过的数字格式"),
        (b'<c:pt idx="0"><c:v>193', b'<c:pt idx="0" formatCode="0000"><c:v>193', "改过的数字格式"),
        (b'<c:min val="0"/>', b'<c:min val="90"/>', "改过的坐标轴"),
        (b'<c:min val="0"/>', b'<c:max val="100"/><c:min val="0"/>', "改过的坐标轴"),
        (b'<c:min val="0"/>', b'<c:logBase val="10"/><c:min val="0"/>', "改过的坐标轴"),
        (
            b"<c:autoTitleDeleted",
            "<c:title><c:tx><c:rich><a:p><a:r><a:t>共 999 件</a:t></a:r></a:p></c:rich></c:tx></c:title>"
            "<c:autoTitleDeleted".encode(),
            "共999件",
        ),
    ],
)
def test_what_shows_the_numbers_as_others_is_told_behind_them(old, new, told):
    (words,) = read_word(tampered(old, new)).charts
    assert words == (*CHART.words, told)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<c:formatCode>0<", b"<c:formatCode>General<"),
        (b"<c:dLbls>", b'<c:dLbls><c:numFmt formatCode="0" sourceLinked="0"/>'),
        (b'<c:min val="0"/>', b""),
        (b'<c:min val="0"/>', b'<c:max val="200"/><c:min val="0"/>'),
    ],
)
def test_what_programs_write_anew_and_no_reader_sees_is_not(old, new):
    assert read_word(tampered(old, new)).charts == (CHART.words,)


def test_what_is_said_of_the_picture_is_read_and_may_be_missing():
    document_part = "word/document.xml"
    assert read_word(tampered(b"", b"")).descriptions == (
        CHART.description.replace("　", "").replace(" ", ""),
    )
    (said,) = read_word(tampered("2020年 193".encode(), "2020年 391".encode(), document_part)).descriptions
    assert "2020年391" in said
    assert read_word(tampered(b" descr=", b" title=", document_part)).descriptions == ("",)
