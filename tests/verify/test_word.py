"""A Word report read back from its file alone: as written, as revised by an office, as saved elsewhere."""

import io
import shutil
import subprocess
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kit.word import passage, report
from pipeline.archive import repacked
from pipeline.errors import ExitCode, OperatorError
from pipeline.render.word import render_word
from pipeline.verify import word
from pipeline.verify.word import read_word


def lines_of(document):
    return tuple("".join(line.split()) for line in document.lines)


def tables_of(document):
    return tuple(tuple("".join(cell.text.split()) for cell in grid.cells) for grid in document.grids)


def revised(content, change):
    """The file after ``change`` was done to it in a word processor."""
    opened = docx.Document(io.BytesIO(content))
    change(opened)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_line_and_every_cell_comes_back(edition):
    document = report(edition)
    read = read_word(render_word(document))
    assert read.lines == lines_of(document)
    assert read.tables == tables_of(document)


def test_a_draft_reads_as_the_report_it_will_be():
    assert read_word(render_word(report(draft=True))) == read_word(render_word(report()))


def test_white_space_and_empty_lines_are_no_text():
    document = report(blocks=(passage("　收到 224\u00a0件"), passage("　"), passage("结转2件")))
    assert read_word(render_word(document)).lines[1:] == ("收到224件", "结转2件")


def test_struck_out_text_is_not_read_and_put_in_text_is():
    def revise(opened):
        insert = f"<w:ins {nsdecls('w')} w:id='901' w:author='甲'><w:r><w:t>新</w:t></w:r></w:ins>"
        delete = (
            f"<w:del {nsdecls('w')} w:id='902' w:author='甲'><w:r><w:delText>旧</w:delText></w:r></w:del>"
        )
        moved = f"<w:moveFrom {nsdecls('w')} w:id='903' w:author='甲'><w:r><w:t>移</w:t></w:r></w:moveFrom>"
        for xml in (insert, delete, moved):
            opened.paragraphs[1]._p.append(parse_xml(xml))

    document = report(blocks=(passage("共224件"),))
    assert read_word(revised(render_word(document), revise)).lines[1] == "共224件新"


def test_a_line_torn_into_runs_is_one_line():
    def revise(opened):
        opened.paragraphs[1].add_run(" 件，").bold = True
        opened.paragraphs[1].add_run("结转2件")

    document = report(blocks=(passage("共224"),))
    assert read_word(revised(render_word(document), revise)).lines[1] == "共224件，结转2件"


def test_a_row_taken_out_takes_its_cells_with_it():
    def revise(opened):
        row = opened.element.body.find(qn("w:tbl")).tr_lst[2]
        row.getparent().remove(row)

    document = report()
    before, after = tables_of(document)[0], read_word(revised(render_word(document), revise)).tables[0]
    assert len(after) == len(before) - 4
    assert after == before[:5] + before[9:]


def packed(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def broken_part():
    parts = zipfile.ZipFile(io.BytesIO(render_word(report())))
    contents = {name: parts.read(name) for name in parts.namelist()}
    return repacked(packed(**contents | {"word/document.xml": b"<w:document"}))


@pytest.mark.parametrize(
    "content",
    [b"", "不是文件".encode(), packed(a=b"b"), render_word(report())[:4000], broken_part()],
    ids=["empty", "text", "another zip", "cut short", "broken part"],
)
def test_what_is_no_word_file_is_said_to_be_none(content):
    with pytest.raises(OperatorError, match=r"不是能打开的 Word 文件") as caught:
        read_word(content)
    assert caught.value.code is ExitCode.INPUT


def test_a_file_that_unpacks_to_too_much_is_not_opened(monkeypatch):
    monkeypatch.setattr(word, "LARGEST", 1000)
    with pytest.raises(OperatorError, match="大得不正常"):
        read_word(render_word(report()))


@pytest.mark.office
def test_a_file_saved_anew_by_libreoffice_reads_the_same(tmp_path):
    content = render_word(report())
    (tmp_path / "report.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        shutil.which("soffice"),
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        "saved",
        "report.docx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "saved" / "report.docx").read_bytes()
    assert saved != content
    assert read_word(saved) == read_word(content)
