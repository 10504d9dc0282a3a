"""A tampered report: every difference is found exactly where it is, and nothing else is called wrong."""

import io
from copy import deepcopy

import docx
import pytest

from kit.word import catalogue as plain_catalogue
from kit.word import passage, report
from pipeline.model.document import Table
from pipeline.model.rendition import ReadBack
from pipeline.render.word import render_word
from pipeline.verify.compare import compare
from pipeline.verify.word import read_word

DOCUMENT = report()
CONTENT = render_word(DOCUMENT)
CELLS = sum(len(grid.cells) for grid in DOCUMENT.grids)
LINES = len(DOCUMENT.lines)


def proof_of(change, content=CONTENT):
    """What comparing finds after ``change`` was done to the Word file."""
    opened = docx.Document(io.BytesIO(content))
    change(opened)
    saved = io.BytesIO()
    opened.save(saved)
    return compare(DOCUMENT, read_word(saved.getvalue()), "报告.docx", 2020, plain_catalogue())


def shown(proof):
    return [(finding.code, finding.message) for finding in proof.findings]


def line(opened, text):
    return next(paragraph for paragraph in opened.paragraphs if text in paragraph.text)


def remove(proxy):
    proxy._element.getparent().remove(proxy._element)


def cell(opened, table, text):
    """The text run of the one cell of a table that holds ``text``."""
    tables = opened.tables[table]._tbl
    return next(piece for piece in tables.iter("{*}t") if piece.text == text)


def figure(address):
    return next(cell for grid in DOCUMENT.grids for cell in grid.cells if cell.address == address).text


def test_an_untouched_file_is_proved_whole():
    proof = proof_of(lambda opened: None)
    assert (proof.cells, proof.passages, proof.findings) == (CELLS, LINES, ())


def test_one_digit_changed_in_one_cell():
    def tamper(opened):
        cell(opened, 1, figure("requests.received.total")).text = "999"

    proof = proof_of(tamper)
    (finding,) = proof.findings
    assert finding.code == "readback-cell"
    assert finding.message == (
        "三、收到和处理政府信息公开申请情况：一、本年新收政府信息公开申请数量·申请人情况·总计"
        f"应为“{figure('requests.received.total')}”，读回为“999”。"
    )
    assert (proof.cells, proof.passages) == (CELLS - 1, LINES)
    assert (finding.address, finding.workbook, finding.year) == ("requests.received.total", "报告.docx", 2020)
    assert (finding.found, finding.expected) == ("999", figure("requests.received.total"))


def test_two_cells_swapped_are_two_findings():
    addresses = ["disputes.litigation_direct.upheld", "disputes.litigation_after.upheld"]

    def tamper(opened):
        one, other = (cell(opened, 2, figure(address)) for address in addresses)
        one.text, other.text = other.text, one.text

    proof = proof_of(tamper)
    assert [finding.address for finding in proof.findings] == addresses
    assert "行政诉讼·未经复议直接起诉·结果维持应为" in proof.findings[0].message
    assert "行政诉讼·复议后起诉·结果维持应为" in proof.findings[1].message


def test_an_emptied_cell_is_called_empty_and_not_missing():
    def tamper(opened):
        cell(opened, 0, figure("proactive.licences.change")).text = ""

    (finding,) = proof_of(tamper).findings
    assert (finding.address, finding.found) == ("proactive.licences.change", "（空白）")
    assert "行政许可·本年增/减应为" in finding.message


@pytest.mark.parametrize(
    ("table", "row", "label"), [(0, 3, "规范性文件"), (1, 9, "3.危及“三安全一稳定”"), (1, 25, "四、结转")]
)
def test_a_deleted_row_is_missing_cell_by_cell_and_the_rows_after_it_are_right(table, row, label):
    grid = DOCUMENT.grids[table]
    lost = [cell for cell in grid.cells if cell.row == row]
    proof = proof_of(lambda opened: remove(opened.tables[table].rows[row]))
    assert lost[0].text.startswith(label)
    assert [finding.address for finding in proof.findings] == [cell.address or "" for cell in lost]
    assert {finding.found for finding in proof.findings} == {"（缺）"}
    assert proof.cells == CELLS - len(lost)


@pytest.mark.parametrize("row", [4, 9, 16, 24])
def test_a_row_of_zeros_lost_among_rows_of_zeros_is_still_the_right_one(row):
    document = report(blocks=tuple(zeros(block) for block in DOCUMENT.blocks))
    opened = docx.Document(io.BytesIO(render_word(document)))
    remove(opened.tables[1].rows[row])
    saved = io.BytesIO()
    opened.save(saved)
    findings = compare(document, read_word(saved.getvalue()), "", 2020, plain_catalogue()).findings
    lost = [cell for cell in document.grids[1].cells if cell.row == row]
    assert [finding.address for finding in findings] == [cell.address or "" for cell in lost]


def zeros(block):
    if not isinstance(block, Table):
        return block
    return Table(block.grid.filled({cell.address: "0" for cell in block.grid.cells if cell.address}))


def test_an_added_row_is_one_finding():
    def tamper(opened):
        row = opened.tables[0].rows[3]._tr
        row.addnext(deepcopy(row))

    proof = proof_of(tamper)
    assert [finding.code for finding in proof.findings] == ["readback-table"]
    assert (proof.findings[0].found, proof.findings[0].expected) == ("57", "53")
    assert proof.cells == CELLS


def test_a_lost_table_is_one_finding_and_the_tables_after_it_are_right():
    proof = proof_of(lambda opened: remove(opened.tables[0]))
    assert shown(proof) == [("readback-table", "二、主动公开政府信息情况应为“53”，读回为“0”。")]
    assert proof.cells == CELLS - len(DOCUMENT.grids[0].cells)


def test_a_table_twice_over_is_one_finding():
    def tamper(opened):
        table = opened.tables[2]._tbl
        table.addnext(deepcopy(table))

    assert shown(proof_of(tamper)) == [("readback-table", "多出的表应为“0”，读回为“34”。")]


def test_an_edited_passage_is_shown_where_it_was_edited():
    def tamper(opened):
        text = line(opened, "103615").runs[0]
        text.text = text.text.replace("33649", "33694")

    proof = proof_of(tamper)
    (finding,) = proof.findings
    assert (finding.code, finding.message.split("应为")[0]) == ("readback-line", "正文第2段")
    assert finding.expected == "…103615条，其中市直机关33649条、旗市区69966条。"
    assert finding.found == "…103615条，其中市直机关33694条、旗市区69966条。"
    assert (proof.cells, proof.passages) == (CELLS, LINES - 1)


def test_a_lost_heading_does_not_shift_what_follows():
    proof = proof_of(lambda opened: remove(line(opened, "（一）主动公开")))
    assert shown(proof) == [("readback-line", "标题“（一）主动公开”应为“（一）主动公开”，读回为“（缺）”。")]
    assert proof.passages == LINES - 1


def test_a_lost_heading_beside_an_edited_passage_are_two_findings():
    def tamper(opened):
        remove(line(opened, "1.政策解读"))
        text = line(opened, "441篇").runs[0]
        text.text = text.text.replace("441", "414")

    proof = proof_of(tamper)
    assert [finding.message.split("应为")[0] for finding in proof.findings] == [
        "标题“1.政策解读”",
        "正文第3段",
    ]
    assert proof.findings[0].found == "（缺）"
    assert "414篇" in proof.findings[1].found


def test_an_added_passage_is_one_finding():
    proof = proof_of(lambda opened: line(opened, "在线访谈").insert_paragraph_before("另有要事。"))
    assert shown(proof) == [("readback-line", "多出的一段应为“（无）”，读回为“另有要事。”。")]
    assert proof.passages == LINES


def test_a_changed_title_is_called_the_title():
    def tamper(opened):
        opened.paragraphs[0].runs[0].text = "满洲里市2020年政府信息公开工作年度报告"

    (finding,) = proof_of(tamper).findings
    assert finding.message.startswith("报告标题应为“呼伦贝尔市2020年")


def test_an_empty_file_proves_nothing_and_every_part_is_missing():
    proof = compare(DOCUMENT, ReadBack((), ()), "报告.docx", 2020, plain_catalogue())
    assert (proof.cells, proof.passages) == (0, 0)
    assert len(proof.findings) == LINES + len(DOCUMENT.grids)


def test_blank_passages_are_not_looked_for():
    document = report(blocks=(passage("　"), passage("甲")))
    proof = compare(document, read_word(render_word(document)), "", 2020, plain_catalogue())
    assert (proof.passages, proof.findings) == (2, ())


def test_the_programs_own_catalogue_words_all_three_codes(catalogue):
    swapped = ReadBack(("甲",), ((), ("1",)))
    findings = compare(DOCUMENT, swapped, "报告.docx", 2020, catalogue).findings
    assert {finding.code for finding in findings} >= {"readback-line", "readback-cell", "readback-table"}
    assert all(finding.workbook == "报告.docx" for finding in findings)
