"""The same parts give the same file, whatever day and in whatever order they were packed."""

import io
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import archive
from pipeline.archive import CONTENT_TYPES, EARLIEST, repacked

PARTS = {
    "word/document.xml": b"<w:document/>" * 99,
    CONTENT_TYPES: b"<Types/>",
    "_rels/.rels": b"<Relationships/>",
}


def packed(parts, date=(2021, 3, 1, 8, 0, 0), compression=zipfile.ZIP_STORED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name, date), content, compression)
    return buffer.getvalue()


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


def test_two_days_two_orders_one_file():
    monday = packed(PARTS.items())
    tuesday = packed(reversed(PARTS.items()), (2022, 4, 5, 6, 7, 8), zipfile.ZIP_DEFLATED)
    assert monday != tuesday
    assert repacked(monday) == repacked(tuesday)


def test_the_parts_are_kept_deflated_and_undated_with_the_type_list_first():
    package = opened(repacked(packed(PARTS.items())))
    assert package.namelist() == [CONTENT_TYPES, "_rels/.rels", "word/document.xml"]
    assert {name: package.read(name) for name in package.namelist()} == PARTS
    assert {entry.date_time for entry in package.infolist()} == {EARLIEST}
    assert {entry.compress_type for entry in package.infolist()} == {zipfile.ZIP_DEFLATED}


def test_folders_and_comments_are_dropped():
    buffer = io.BytesIO(packed([("word/", b""), ("word/a.xml", b"a")]))
    with zipfile.ZipFile(buffer, "a") as package:
        package.comment = b"written on a Monday"
    assert opened(repacked(buffer.getvalue())).namelist() == ["word/a.xml"]
    assert opened(repacked(buffer.getvalue())).comment == b""


def test_what_is_no_package_is_refused():
    with pytest.raises(zipfile.BadZipFile):
        repacked("不是压缩包".encode())


@given(st.dictionaries(st.text("abcxyz/.表", min_size=1).filter(lambda name: name[-1] != "/"), st.binary()))
def test_a_package_is_to_the_byte_what_the_standard_library_writes(parts):
    expected = io.BytesIO()
    with zipfile.ZipFile(expected, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name])
    ready = [archive.deflated(name, part) for name, part in parts.items()]
    assert archive.packed(ready) == archive.packed(reversed(ready)) == expected.getvalue()


def test_a_part_that_stands_twice_is_refused():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        twice = packed([("word/a.xml", b"a"), ("word/a.xml", b"b")])
    with pytest.raises(zipfile.BadZipFile, match="twice"):
        repacked(twice)


@given(st.dictionaries(st.text("abcxyz/.表", min_size=1).filter(lambda name: name[-1] != "/"), st.binary()))
def test_repacking_loses_nothing_and_changes_nothing_the_second_time(parts):
    once = repacked(packed(parts.items()))
    assert repacked(once) == once
    assert {name: opened(once).read(name) for name in opened(once).namelist()} == parts


def test_a_part_is_finished_on_its_way():
    made = repacked(packed(PARTS.items()), lambda name, part: part * 2 if name.endswith(".rels") else part)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.read("_rels/.rels") == PARTS["_rels/.rels"] * 2
        assert package.read("word/document.xml") == PARTS["word/document.xml"]
