"""A narrative in Word, as python-docx has it; tests/narrate/test_source.py tells what becomes of its lines."""

import subprocess
import sys

import docx
import pytest

from kit.narrative import saved
from pipeline.narrate.wordfile import UNREADABLE, read_word


def test_each_line_has_its_outline_level_and_what_is_left_out_is_counted():
    document = docx.Document()
    document.add_heading("主动公开", level=2)
    document.add_paragraph("公开\n信息")
    document.add_table(1, 1).cell(0, 0).text = "表里的字"
    document.add_paragraph("").add_run("不要的").font.strike = True
    written = read_word(saved(document))
    assert [line for line in written.lines if line[0]] == [("主动公开", 2), ("公开", 0), ("信息", 0)]
    assert (written.tables, written.revisions, written.ignored) == (1, 0, (("划掉的文字", 1),))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", saved(docx.Document())[:2000]])
def test_a_damaged_file_raises_what_the_narrative_s_reader_makes_a_sentence_of(content):
    with pytest.raises(UNREADABLE):
        read_word(content)


def test_an_office_that_writes_markdown_does_not_wait_for_python_docx():
    """As a process of its own: here everything has been loaded long ago."""
    story = (
        "import sys; from pipeline.narrate.source import read_source; "
        "read_source('总体情况'.encode(), 'narrative.md'); sys.exit('docx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", story], check=False).returncode == 0
