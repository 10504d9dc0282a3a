"""A Word report read back from its file alone: as written, as revised by an office, as saved elsewhere."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kit.compound import compound
from kit.soffice import saved_anew
from kit.word import passage, report
from pipeline.archive import repacked
from pipeline.compose.contents import with_contents
from pipeline.errors import ExitCode, OperatorError
from pipeline.render.word import render_word
from pipeline.verify import wordpackage
from pipeline.verify.lines import printed_lines
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


def xml(text):
    return parse_xml(text.replace("NAMES", nsdecls("w", "m"), 1))


def first_cell(opened, number):
    """The run of the cell that holds this figure."""
    return next(text.getparent() for text in opened.element.body.iter(qn("w:t")) if text.text == number)


SYMBOL = '<w:r NAMES><w:sym w:font="Times New Roman" w:char="0039"/></w:r>'
EQUATION = "<m:oMath NAMES><m:r><m:t>9</m:t></m:r></m:oMath>"


@pytest.mark.parametrize("shown", [SYMBOL, EQUATION], ids=["symbol", "equation"])
def test_a_digit_put_before_a_figure_as_a_symbol_or_an_equation_is_read(shown):
    content = revised(render_word(report()), lambda opened: first_cell(opened, "101").addprevious(xml(shown)))
    assert "9101" in read_word(content).tables[0]


def test_a_symbol_of_no_known_character_is_not_passed_over():
    odd = SYMBOL.replace("0039", "odd")
    content = revised(render_word(report()), lambda opened: first_cell(opened, "101").addprevious(xml(odd)))
    assert "?101" in read_word(content).tables[0]


@pytest.mark.parametrize(
    ("setting", "is_read"),
    [
        ("<w:vanish NAMES/>", False),
        ("<w:strike NAMES/>", False),
        ("<w:dstrike NAMES/>", False),
        ('<w:color NAMES w:val="ffffff"/>', False),
        ('<w:vanish NAMES w:val="0"/>', True),
        ('<w:color NAMES w:val="000000"/>', True),
    ],
)
def test_a_figure_that_no_reader_sees_is_not_read(setting, is_read):
    def hide(opened):
        first_cell(opened, "101").get_or_add_rPr().append(xml(setting))

    assert ("101" in read_word(revised(render_word(report()), hide)).tables[0]) is is_read


def test_a_hidden_row_is_not_read():
    def hide(opened):
        opened.tables[0].rows[2]._tr.get_or_add_trPr().append(xml("<w:hidden NAMES/>"))

    def delete(opened):
        remove(opened.tables[0].rows[2]._tr)

    hidden, deleted = (read_word(revised(render_word(report()), change)) for change in (hide, delete))
    assert hidden == deleted


def remove(element):
    element.getparent().remove(element)


def test_what_stands_in_a_content_control_is_read_in_its_place():
    def enclose(opened):
        for element in (opened.paragraphs[1]._p, opened.tables[1]._tbl, opened.tables[2].rows[3]._tr):
            control = xml("<w:sdt NAMES><w:sdtContent/></w:sdt>")
            element.addprevious(control)
            control[0].append(element)

    content = render_word(report())
    assert read_word(revised(content, enclose)) == read_word(content)


def test_the_number_of_lines_before_each_table_is_its_place():
    assert read_word(render_word(report())).places == (10, 11, 12)


def test_text_in_a_header_or_footer_is_a_line_and_the_page_number_and_draft_mark_are_not():
    def add(opened):
        for section in opened.sections:
            section.footer.paragraphs[0].add_run("全年收到申请999件")
            section.even_page_footer.paragraphs[0].add_run("全年收到申请999件")
            section.header.paragraphs[0].add_run("收到999件")

    content = render_word(report(draft=True))
    before, after = read_word(content).lines, read_word(revised(content, add)).lines
    assert sorted(set(after) - set(before)) == ["—1—全年收到申请999件", "收到999件"]


def test_another_word_across_the_page_is_a_line():
    content = render_word(report(draft=True))
    parts = zipfile.ZipFile(io.BytesIO(content))
    contents = {name: parts.read(name).replace("草稿".encode(), "作废".encode()) for name in parts.namelist()}
    assert read_word(packed(**contents)).lines == (*read_word(content).lines, "作废")


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


def test_an_older_format_under_a_new_name_is_said_to_be_one():
    with pytest.raises(OperatorError, match=r"旧格式（.doc、.wps）或设了密码") as caught:
        read_word(compound(b"x" * 5000, "WordDocument"))
    assert caught.value.code is ExitCode.INPUT


def test_levels_and_spans_come_back_as_the_document_has_them():
    document = report()
    read = read_word(render_word(document))
    assert read.levels == tuple(line.level for line in printed_lines(document))
    assert read.areas == tuple(
        tuple((cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells)
        for grid in document.grids
    )


def test_a_file_that_unpacks_to_too_much_is_not_opened(monkeypatch):
    monkeypatch.setattr(wordpackage, "LARGEST", 1000)
    with pytest.raises(OperatorError, match="大得不正常"):
        read_word(render_word(report()))


@pytest.mark.office
def test_a_file_saved_anew_by_libreoffice_reads_the_same(tmp_path):
    document = with_contents(report())
    content = render_word(document, [1] * len(document.blocks[0].entries))
    saved = saved_anew(tmp_path, {"report": content}, "docx", "docx")["report"]
    assert saved != content
    assert read_word(saved) == read_word(content)
