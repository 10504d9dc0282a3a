"""Figures as pictures in Word: native, with their numbers and their words, drawn by LibreOffice."""

import io
import shutil
import subprocess

import docx
import pytest
from openxml_audit import OpenXmlValidator

from kit.report import CHART, document, paragraph, printed
from pipeline.render.word import render_word
from pipeline.verify.word import read_word

NAMES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
MADE = document(paragraph("政府。"), CHART, paragraph("无。"), CHART)


def test_an_independent_validator_finds_nothing(tmp_path):
    file = tmp_path / "report.docx"
    file.write_bytes(render_word(MADE))
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


def test_words_and_numbers_are_read_back():
    assert read_word(render_word(MADE)).charts == (CHART.words, CHART.words)
    assert read_word(render_word(MADE)).lines == printed(MADE).lines


def test_the_picture_has_words_for_who_cannot_see_it():
    body = docx.Document(io.BytesIO(render_word(MADE))).element.body
    described = [one.get("descr") for one in body.iter(f"{{{NAMES['wp']}}}docPr")]
    assert described == [CHART.description] * 2


def test_another_number_gives_another_file():
    from msgspec.structs import replace

    other = replace(CHART, series=CHART.series[::-1])
    assert render_word(document(CHART)) == render_word(document(CHART))
    assert render_word(document(CHART)) != render_word(document(other))


@pytest.mark.office
def test_libreoffice_draws_every_number_of_it_and_gives_it_back(tmp_path):
    (tmp_path / "report.docx").write_bytes(render_word(MADE))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for target in ("pdf", "docx"):
        command = [
            shutil.which("soffice"), profile, "--headless", "--convert-to", target,
            "--outdir", str(tmp_path / target), str(tmp_path / "report.docx"),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = subprocess.run(
        ["pdftotext", tmp_path / "pdf" / "report.pdf", "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    for number in ("95", "193", "19", "12"):
        assert text.split().count(number) == 2
    saved = read_word((tmp_path / "docx" / "report.docx").read_bytes())
    assert saved.charts == (CHART.words, CHART.words)
