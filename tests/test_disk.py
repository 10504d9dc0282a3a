"""Files brought onto the disk, and two folders exchanged in one step."""

import sys

import pytest

from pipeline.disk import exchanged, settle_folder, write_settled


@pytest.fixture
def pair(tmp_path):
    for name in ("旧的", "新的"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name, encoding="utf-8")
    return tmp_path / "旧的", tmp_path / "新的"


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
