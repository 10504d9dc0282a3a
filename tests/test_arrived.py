"""What arrived, found by path whatever it is called, and read one at a time."""

import os
import sys

import pytest

from pipeline.workspace import Workspace


def test_a_file_that_cannot_be_read_says_so_and_the_others_are_read(office):
    (office.submissions / "断链.xlsx").symlink_to(office.root / "没有.xlsx")
    files = {file.path.rsplit("/", 1)[1]: file for file in Workspace.at(office.root, None).submissions()}
    assert files["断链.xlsx"].unreadable == "找不到"
    assert [file.unreadable for name, file in files.items() if name != "断链.xlsx"] == ["", "", ""]


def files(office):
    return {file.path: file for file in Workspace.at(office.root, None).submissions()}


@pytest.mark.skipif(os.name != "posix", reason="Windows allows no such names")
def test_names_that_are_out_to_mislead_are_shown_in_one_line_with_all_their_marks(office):
    for name in ("甲\n【错误】乙.xlsx", "甲\x1b[31m.xlsx", "甲\u202excod.xlsx"):
        (office.submissions / name).write_bytes(b"")
    folder = f"inputs/{office.year}/submissions"
    assert {
        f"{folder}/甲 【错误】乙.xlsx",
        f"{folder}/甲〔U+001B〕[31m.xlsx",
        f"{folder}/甲〔U+202E〕xcod.xlsx",
    } <= set(files(office))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as text")
def test_names_from_a_chinese_windows_are_read_and_others_at_least_written_down(office):
    for name in ("市教育局".encode("gb18030"), b"\xff\xff"):
        (office.submissions / os.fsdecode(name + b".xlsx")).write_bytes(b"x")
    paths = "".join(files(office))
    paths.encode("utf-8")
    assert "市教育局.xlsx（文件名编码不对）" in paths
    assert "udcff" in paths


def test_a_file_far_too_large_is_not_read_into_memory(office, monkeypatch):
    monkeypatch.setattr("pipeline.arrived.LARGEST", 3)
    (office.submissions / "会议录像.mp4").write_bytes(b"1234")
    arrived = files(office)[f"inputs/{office.year}/submissions/会议录像.mp4"]
    assert (arrived.read(), arrived.unreadable) == (b"", "有 0 MB，不会是报送的工作簿")


@pytest.mark.skipif(os.name != "posix", reason="no pipes with names")
def test_what_is_no_file_is_not_waited_for(office):
    os.mkfifo(office.submissions / "管道.xlsx")
    arrived = files(office)[f"inputs/{office.year}/submissions/管道.xlsx"]
    assert arrived.unreadable == "不是普通文件"
