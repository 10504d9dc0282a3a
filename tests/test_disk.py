"""Files brought onto the disk, and two folders exchanged in one step."""

import sys

import pytest

from pipeline.disk import exchanged, lying, settle_folder, write_settled


@pytest.fixture
def pair(tmp_path):
    for name in ("旧的", "新的"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name, encoding="utf-8")
    return tmp_path / "旧的", tmp_path / "新的"


def test_all_that_lies_in_a_folder_is_told_in_order_and_no_link_is_looked_into(tmp_path):
    year, elsewhere = tmp_path / "2020", tmp_path / "别处"
    for path in (year / "退回单" / "已作废", year / "空的", elsewhere):
        path.mkdir(parents=True)
    for path in (year / "退回单.zip", year / "退回单" / "甲.docx", year / "退回单" / "已作废" / "乙.docx"):
        path.write_bytes(b"")
    (elsewhere / "丙.docx").write_bytes(b"")
    links = {
        "一处": elsewhere,
        "一份": elsewhere / "丙.docx",
        "不在了": tmp_path / "没有的",
        "绕圈": year / "绕圈",
    }
    try:
        for name, target in links.items():
            (year / name).symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("links need a right here")
    told = dict(lying(year))
    assert list(told) == sorted(told, key=lambda name: name.split("/")), (
        "a folder stands before what is in it"
    )
    assert {name for name in told if told[name]} == {"一处", "空的", "退回单", "退回单/已作废"}
    files = {"一份", "不在了", "绕圈", "退回单.zip", "退回单/甲.docx", "退回单/已作废/乙.docx"}
    assert {name for name in told if not told[name]} == files


def test_a_folder_that_is_not_there_is_not_taken_for_an_empty_one(tmp_path):
    with pytest.raises(FileNotFoundError):
        lying(tmp_path / "没有的")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot")
def test_two_folders_change_their_names_at_once(pair):
    old, new = pair
    assert exchanged(old, new)
    assert (old / "a.txt").read_text(encoding="utf-8") == "新的"
    assert (new / "a.txt").read_text(encoding="utf-8") == "旧的"


def test_nothing_is_changed_where_it_cannot_be_done(pair, tmp_path):
    old, _ = pair
    assert not exchanged(old, tmp_path / "没有的")
    assert (old / "a.txt").read_text(encoding="utf-8") == "旧的"


def test_another_system_is_not_even_asked(pair, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert not exchanged(*pair)
    assert (pair[0] / "a.txt").read_text(encoding="utf-8") == "旧的"


def test_a_file_is_written_whole(tmp_path):
    write_settled(tmp_path / "a", b"1" * 10)
    write_settled(tmp_path / "a", b"2")
    assert (tmp_path / "a").read_bytes() == b"2"


def test_a_folder_that_is_not_there_is_no_matter(tmp_path):
    settle_folder(tmp_path / "没有的")
