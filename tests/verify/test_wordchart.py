"""Reading a chart of a Word file: its numbers as they stand there, nothing where it is broken."""

import io
import zipfile

from kit.report import CHART, document
from pipeline.render.word import render_word
from pipeline.verify.word import read_word


def tampered(old, new):
    """The report with a text of its chart part replaced."""
    source = zipfile.ZipFile(io.BytesIO(render_word(document(CHART))))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            content = source.read(name)
            package.writestr(name, content.replace(old, new) if "charts/" in name else content)
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
