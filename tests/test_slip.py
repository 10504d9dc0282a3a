"""A slip is one page in Word and PDF, whatever has to go on it, and every cell of it is read back."""

import datetime
import hashlib
import io

import pytest
from msgspec.structs import replace

from kit.report import fonts
from kit.soffice import as_pdf
from pipeline.arrived import ArrivedFile
from pipeline.compose.slip import compose_slip
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.slip import Slip, SlipLine
from pipeline.model.typeface import BUNDLED
from pipeline.render.pdf import page_count, render_pdf
from pipeline.render.word import render_word
from pipeline.slip import Press, one_page, press, returned
from pipeline.slip_order import Book, Order

pdfplumber = pytest.importorskip("pdfplumber")

LINE = SlipLine(
    is_error=True,
    workbook="a.xlsx",
    sheet="依申请公开",
    cells=("D6",),
    where="依申请公开 D6：一、本年新收政府信息公开申请数量·商业企业",
    found="999",
    expected="11151",
    remedy="横向合计不等。请核对这一行各列，改正错的那个数。",
    message="“新收”填的是 999，各类申请人相加是 11151。",
)
SLIP = Slip(
    agency="呼伦贝尔市人力资源和社会保障局",
    organ="呼伦贝尔市",
    compiler="呼伦贝尔市政务服务局",
    contact="呼伦贝尔市政务服务局政务公开科 0470-8123456",
    year=2020,
    date=datetime.date(2021, 3, 31),
    by="请于2021年1月20日前",
    workbook="呼伦贝尔市人力资源和社会保障局2020年政府信息公开年报报送表.xlsx",
    version=1,
    filled_by="张三",
    lines=(LINE,),
    marked=("呼伦贝尔市人力资源和社会保障局2020年政府信息公开年报报送表（标注）.xlsx",),
)
LONG = replace(
    LINE, where="文字材料 B4：" + "长" * 200, found="引" * 200, expected="应" * 200, remedy="改" * 200
)
CASES = {
    "one finding": (LINE,),
    "forty findings": tuple(replace(LINE, is_error=number < 30, found=str(number)) for number in range(40)),
    "a quotation of two hundred characters": (LONG,),
    "nothing but long ones": (LONG,) * 12,
    "nothing came": (),
}


def slip_of(lines):
    return replace(SLIP, lines=lines) if lines else replace(SLIP, lines=(), workbook="", marked=())


def pages(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def numbers(document):
    return [
        cell.text
        for grid in document.grids
        for cell in grid.cells
        if cell.column == 0 and cell.text.isdigit()
    ]


@pytest.mark.parametrize("lines", CASES.values(), ids=CASES)
def test_it_is_one_page_and_says_how_many_more_there_are(lines):
    document = one_page(slip_of(lines), fonts())
    assert pages(render_pdf(document, fonts())) == page_count(document, fonts()) == 1
    shown = len(numbers(document))
    assert shown == min(len(lines), shown)
    left = f"还有 {len(lines) - shown} 处没有列出"
    assert any(left in line for line in document.lines) is (shown < len(lines))


def test_a_page_has_room_for_several_ordinary_lines():
    assert len(numbers(one_page(slip_of(CASES["forty findings"]), fonts()))) >= 7


@pytest.mark.office
def test_the_word_file_is_one_page_too(tmp_path):
    files = {
        str(number): render_word(one_page(slip_of(lines), fonts()))
        for number, lines in enumerate(CASES.values())
    }
    assert [pages(content) for content in as_pdf(tmp_path, files).values()] == [1] * len(CASES)


def test_every_cell_and_line_of_both_files_is_read_back(templates, catalogue):
    ready = press(templates, BUNDLED, catalogue)
    done = returned(ready, Order("02", slip_of(CASES["forty findings"]), "退回单/甲", ()))
    assert [file.name for file in done.files] == ["退回单/甲.docx", "退回单/甲.pdf"]
    assert done.findings == ()


def test_a_character_no_face_has_is_shown_as_such_and_stops_nothing(catalogue):
    odd = replace(LINE, found="王\U0002a6a5", where="\U0002a6a5表 A1")
    done = returned(
        Press(fonts(), catalogue),
        Order("02", replace(SLIP, lines=(odd,), filled_by="\U0002a6a5"), "退回单/甲", ()),
    )
    assert done.findings == ()
    document = one_page(replace(SLIP, lines=(odd,), filled_by="\U0002a6a5"), fonts())
    assert "王〓" in [cell.text for cell in document.grids[0].cells]
    assert any("填报人〓" in line for line in document.lines)


def arrived(tmp_path, content):
    """A file that arrived, with the digest of what was read from it."""
    (tmp_path / "甲.xlsx").write_bytes(content)
    return ArrivedFile("甲.xlsx", str(tmp_path / "甲.xlsx")), hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("meanwhile", [lambda path: path.write_bytes(b"another"), lambda path: path.unlink()])
def test_a_workbook_that_is_another_by_now_is_not_marked(catalogue, tmp_path, meanwhile):
    order = Order(
        "02", SLIP, "退回单/甲", (Book(*arrived(tmp_path, b"read"), (LINE,), "退回单/甲（标注）.xlsx"),)
    )
    meanwhile(tmp_path / "甲.xlsx")
    with pytest.raises(OperatorError) as refused:
        returned(Press(fonts(), catalogue), order)
    assert refused.value.code is ExitCode.INPUT
    assert "再运行一次" in refused.value.message


def test_a_workbook_that_cannot_be_marked_is_not_spoken_of(catalogue, tmp_path):
    book = Book(*arrived(tmp_path, b"no workbook"), (LINE,), "退回单/甲（标注）.xlsx")
    order = Order("02", SLIP, "退回单/甲", (book,))
    done = returned(Press(fonts(), catalogue), order)
    assert [file.name for file in done.files] == ["退回单/甲.docx", "退回单/甲.pdf"]
    assert "（标注）" not in "".join(compose_slip(replace(SLIP, marked=()), 1).lines)
