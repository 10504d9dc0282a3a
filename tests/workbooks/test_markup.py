"""XML is looked at before anything else looks into it."""

import pytest

from kit.hostile import FILE_ENTITY, LAUGHS
from kit.packages import sheet_part
from pipeline.workbooks import markup
from pipeline.workbooks.markup import check_markup
from pipeline.workbooks.refusal import RefusalError


def refusal(*parts):
    with pytest.raises(RefusalError) as refused:
        check_markup(dict(enumerate(parts)))
    return refused.value.code, refused.value.found


def test_what_spreadsheet_programs_write_passes():
    marked = b'\xef\xbb\xbf<?xml version="1.0"?><x>&amp;&#20013;</x>'
    check_markup({"1": sheet_part('<row r="1"/>'), "2": marked})


@pytest.mark.parametrize("declared", [LAUGHS, FILE_ENTITY, "<!DOCTYPE x SYSTEM 'http://127.0.0.1/x.dtd'>"])
def test_declarations_are_refused_unread(declared):
    assert refusal(f"{declared}<x>&a9;</x>".encode()) == (
        "workbook-unreadable",
        "里面夹带了实体声明，表格软件存的文件没有这个",
    )


@pytest.mark.parametrize(
    "part",
    [
        b"<x>",
        b"<x a='1' a='2'/>",
        b"<x>&none;</x>",
        b"",
        b"<x/>\x00",
        b"\xff<x/>",
        b'<?xml version="1.0" encoding="none-such"?><x/>',
        b'<?xml version="1.0" encoding="gbk"?><x/>',
    ],
)
def test_what_is_no_whole_xml_is_damage(part):
    assert refusal(part)[0] in ("workbook-damaged", "workbook-unreadable")


def test_another_encoding_could_hide_what_the_checks_look_for():
    assert refusal("<x/>".encode("utf-16"))[0] == "workbook-unreadable"


@pytest.mark.parametrize(("limit", "words"), [("MAX_TAGS", "标记"), ("MAX_LENGTH", "MB")])
def test_too_much_in_all_parts_together_is_refused(monkeypatch, limit, words):
    monkeypatch.setattr(markup, limit, 9)
    part = b"<x>" + b"<y/>" * 5 + b"</x>"
    code, found = refusal(part, part)
    assert (code, words in found) == ("workbook-too-large", True)
