"""What a file is by its content, and whether it may be opened: every refusal has its case."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.packages import open_document, package, parts_of, sheet_part, small_workbook, with_sheet_part
from pipeline.workbooks import guard as guard_module
from pipeline.workbooks.guard import guard
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sheet import open_workbook

FAR = sheet_part('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def refusal(content):
    with pytest.raises(RefusalError) as refused:
        guard(content)
    return refused.value.code, refused.value.found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b" \r\n\0 ".replace(b"\0", b""), "空文件"),
        (b"%PDF-1.7 ...", "PDF 文件"),
        ("\ufeff<html><table><tr><td>规章</td></tr></table></html>".encode(), "网页文件，只是改了扩展名"),
        (b"<!DOCTYPE html>\n<html>", "网页文件，只是改了扩展名"),
        (b"<?xml version='1.0'?><Workbook/>", "XML 文件"),
        (b"{\\rtf1", "RTF 文档"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"\x89PNG\r\n", "图片"),
        ("单位,数量".encode("gb18030"), "认不出的格式"),
        (package({"word/document.xml": "<w/>"}), "Word 文档"),
        (package({"ppt/presentation.xml": "<p/>"}), "演示文稿"),
        (package({"xl/workbook.bin": "x"}), "二进制工作簿 .xlsb"),
        (package({"报送件.xlsx": "x"}), "压缩包或别的文档"),
        (
            package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
            "压缩包或别的文档",
        ),
    ],
)
def test_what_is_no_workbook_is_named(content, words):
    assert refusal(content) == ("not-a-workbook", words)


def test_a_file_cut_short_in_sending_is_unreadable():
    content = small_workbook(A1=5)
    assert refusal(content[:-200])[0] == "workbook-unreadable"


def test_one_altered_digit_is_damage_not_a_number():
    content = small_workbook(A1=31170000)
    stored = package(parts_of(content), zipfile.ZIP_STORED)
    assert stored.count(b"31170000") == 1
    altered = stored.replace(b"31170000", b"31270000")
    assert refusal(altered) == ("workbook-damaged", "文件内部校验不符")


def test_a_part_that_is_no_xml_is_damage():
    assert refusal(with_sheet_part(small_workbook(A1=1), FAR[:-30]))[0] == "workbook-damaged"
    assert (
        refusal(package({"mimetype": "opendocument.spreadsheet", "content.xml": "<x"}))[0]
        == "workbook-damaged"
    )


def test_another_encoding_is_refused_since_it_could_hide_a_far_cell():
    part = FAR.decode().encode("utf-16")
    assert refusal(with_sheet_part(small_workbook(A1=1), part))[0] == "workbook-unreadable"


def test_one_far_cell_that_would_kill_the_process_is_refused():
    assert refusal(with_sheet_part(small_workbook(A1=1), FAR)) == (
        "workbook-too-large",
        "用到了第1048576行、第16384列",
    )
    odd = FAR.replace(b'r="XFD1048576"', b"r = 'XFD1048576'")
    assert refusal(with_sheet_part(small_workbook(A1=1), odd))[0] == "workbook-too-large"


def test_formatted_rows_down_to_the_last_one_do_no_harm():
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    opened = open_workbook(with_sheet_part(small_workbook(A1=1), sheet_part(rows)))
    assert opened.sheets[0].cells == {(1, 1): 7.0}


def test_a_file_of_more_bytes_than_any_workbook_has_is_not_looked_into(monkeypatch):
    monkeypatch.setattr(guard_module, "MAX_FILE", 3)
    code, found = refusal(small_workbook(A1=1))
    assert (code, "有" in found) == ("workbook-too-large", True)


def test_a_part_longer_than_it_says_is_never_handed_on():
    content = bytearray(small_workbook(A1=1))
    entry = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml")
    directory = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[directory + 24 : directory + 28] = (entry.file_size - 40).to_bytes(4, "little")
    assert refusal(bytes(content))[0] == "workbook-damaged"


def test_passwords_of_every_kind_are_seen():
    content = bytearray(small_workbook(A1=1))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + at] |= 1
            start = content.find(mark, start + 1)
    assert refusal(bytes(content))[0] == "workbook-password"
    assert refusal(open_document("", manifest="<encryption-data/>"))[0] == "workbook-password"


def test_macros_are_seen_and_left_out():
    content = package(parts_of(small_workbook(A1=1)) | {"xl/vbaProject.bin": b"Sub Auto_Open()"})
    guarded = guard(content)
    assert guarded.macros
    assert "xl/vbaProject.bin" not in parts_of(guarded.content)
    assert not guard(small_workbook(A1=1)).macros


def test_what_the_reader_would_not_show_is_found_by_sheet_name():
    book = openpyxl.Workbook()
    book.active.title = "甲&乙"
    book.create_sheet("丙")["B2"] = "=SUM(A1:A9)"
    buffer = io.BytesIO()
    book.save(buffer)
    assert {name: flaws.uncached for name, flaws in guard(buffer.getvalue()).hidden.items()} == {
        "丙": {(2, 2)}
    }


def test_backslashes_in_part_names_are_read():
    parts = {
        name.replace("/", "\\") if "sheet1" in name else name: part
        for name, part in parts_of(small_workbook(A1=4)).items()
    }
    assert open_workbook(package(parts)).sheets[0].cells == {(1, 1): 4.0}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_any_altered_byte_is_refused_or_changes_nothing(at, byte):
    content = bytearray(small_workbook(A1=31170000, B2="规章"))
    content[at % len(content)] = byte
    try:
        sheets = open_workbook(bytes(content)).sheets
    except RefusalError:
        return
    assert {place: value for sheet in sheets for place, value in sheet.cells.items()} == {
        (1, 1): 31170000.0,
        (2, 2): "规章",
    }
