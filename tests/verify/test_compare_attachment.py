"""The figures that travel inside the PDF: a program that reads them must read what is printed."""

import pikepdf
import pytest
from msgspec.structs import replace

from kit.report import document, fonts, paragraph, printed
from pipeline.model.document import Attachment
from pipeline.render.pdf import render_pdf
from pipeline.verify.compare import compare
from pipeline.verify.pdf import read_pdf

FIGURES = Attachment("figures.json", "application/json", "报告里的数", '{"自然人": "5490"}'.encode())
MADE = replace(document(paragraph("无。")), attachments=(FIGURES,))


def findings(made, change, catalogue, tmp_path):
    """What is found after ``change`` was done to the files inside the PDF of ``made``."""
    path = tmp_path / "报告.pdf"
    path.write_bytes(render_pdf(made, fonts()))
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        change(file)
        file.save()
    read = read_pdf(path.read_bytes(), made.grids)
    return [
        (one.message.split("”")[0].removeprefix("附件“"), one.found, one.expected)
        for one in compare(MADE, read, path.name, 2020, catalogue).findings
    ]


def attach(name, content):
    return lambda file: file.attachments.__setitem__(name, pikepdf.AttachedFileSpec(file, content))


def detach(file):
    del file.attachments["figures.json"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda _: None, []),
        (
            attach("figures.json", '{"自然人": "9490"}'.encode()),
            [("figures.json", '{"自然人": "9490"}', '{"自然人": "5490"}')],
        ),
        (attach("figures.json", b""), [("figures.json", "（缺）", '{"自然人": "5490"}')]),
        (detach, [("figures.json", "（缺）", "（整个附件）")]),
        (attach("另一份.csv", b"1"), [("另一份.csv", "（整个附件）", "（无）")]),
    ],
    ids=["as made", "changed", "emptied", "taken out", "added"],
)
def test_files_inside_are_held_against_those_put_there(change, told, catalogue, tmp_path):
    assert findings(MADE, change, catalogue, tmp_path) == told


def test_a_format_without_files_inside_is_not_asked_for_any(catalogue):
    read = replace(printed(MADE), attachments=None)
    assert compare(MADE, read, "报告.docx", 2020, catalogue).findings == ()
