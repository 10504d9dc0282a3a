"""A package is unpacked no further than it says, and what says one thing and is another is refused."""

import zipfile

import pytest

from kit.hostile import overlapped, repeated_name, understated
from kit.packages import package, parts_of, small_workbook
from pipeline.workbooks import package as package_module
from pipeline.workbooks.package import unpacked
from pipeline.workbooks.refusal import RefusalError

SHEET = "xl/worksheets/sheet1.xml"


def refusal(content):
    with pytest.raises(RefusalError) as refused:
        unpacked(content)
    return refused.value.code, refused.value.found


def test_a_whole_package_gives_its_parts():
    assert unpacked(package({"a\\b.xml": "x", "c.xml": "y"})) == {"a/b.xml": b"x", "c.xml": b"y"}


def test_a_part_that_many_workbooks_share_is_held_against_its_checksum_every_time():
    parts = parts_of(small_workbook(A1=1))
    stored = package(parts, zipfile.ZIP_STORED)
    assert unpacked(stored) == unpacked(package(parts)) == parts
    styles = parts["xl/styles.xml"]
    altered = stored.replace(styles, styles.replace(b"1", b"2", 1))
    assert altered != stored
    assert refusal(altered) == ("workbook-damaged", "文件内部校验不符")


@pytest.mark.parametrize(("limit", "words"), [("MAX_UNPACKED", "解开"), ("MAX_PARTS", "部件")])
def test_a_bomb_is_not_unpacked(monkeypatch, limit, words):
    monkeypatch.setattr(package_module, limit, 3)
    code, found = refusal(small_workbook(A1=1))
    assert (code, words in found) == ("workbook-too-large", True)


def test_a_part_may_be_as_large_as_the_reader_allows():
    content = small_workbook(A1=1)
    size = max(map(len, parts_of(content).values()))
    assert unpacked(content, size) == parts_of(content)
    with pytest.raises(RefusalError, match="部件"):
        unpacked(content, size - 1)


def test_a_part_that_goes_on_behind_its_stated_end_is_damage():
    bomb = understated(small_workbook(A1=1), SHEET, b" " * 5_000_000)
    assert refusal(bomb) == ("workbook-damaged", "文件内部校验不符")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_unpack_in_one_piece_are_not_tried(method):
    assert refusal(package({SHEET: "x"}, method))[0] == "workbook-unreadable"


def test_parts_laid_over_one_another_are_refused():
    part = parts_of(small_workbook(A1=1))[SHEET]
    assert refusal(overlapped(small_workbook(A1=1), SHEET, part, 20))[0] == "workbook-damaged"
    assert refusal(overlapped(small_workbook(A1=1), SHEET, part, 3000))[0] == "workbook-too-large"


def test_two_parts_of_one_name_are_not_chosen_from():
    assert refusal(repeated_name(small_workbook(A1=1), SHEET, b"<x/>"))[0] == "workbook-damaged"
    assert refusal(package({"a.xml": "1", "A.XML": "2"}))[0] == "workbook-damaged"
