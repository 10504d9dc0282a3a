"""The log of the nights and the page for a person."""

import datetime
import json

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.journal import FOLDER, LARGEST, LOG, OLDER, SUMMARY, journal

NOW = datetime.datetime(2021, 1, 8, 2, 30, tzinfo=datetime.UTC)


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_an_event_appended_night_after_night(tmp_path):
    for number in (1, 2):
        with journal(tmp_path, lambda: NOW) as told:
            told.log("step", year=2020, words="市教育局：\n第二行 100%s", number=number)
    first, second = lines_of(tmp_path / FOLDER / LOG)
    assert (first["number"], second["number"]) == (1, 2)
    assert first["words"] == "市教育局：\n第二行 100%s"
    assert first["at"] == "2021-01-08T02:30:00+00:00"


def test_the_log_is_put_aside_when_it_is_large_and_the_oldest_goes(tmp_path):
    with journal(tmp_path, lambda: NOW) as told:
        for _ in range(OLDER + 3):
            told.log("step", words="年" * (LARGEST // 3 - 200))
    files = sorted(path.name for path in (tmp_path / FOLDER).iterdir())
    assert files == [LOG, *(f"{LOG}.{number}" for number in range(1, OLDER + 1))]
    assert all(len(lines_of(tmp_path / FOLDER / name)) == 1 for name in files)


def test_the_summary_is_the_last_run_s_and_opens_in_the_notepad(tmp_path):
    for words in ("昨天", "今天：\x1b[31m红\u202e"):
        with journal(tmp_path, lambda: NOW) as told:
            told.say([words])
            told.put_summary()
    content = (tmp_path / FOLDER / SUMMARY).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    text = content.decode("utf-8-sig")
    assert "今天" in text
    assert "昨天" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / FOLDER).write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(OperatorError, match="写不进") as refused, journal(tmp_path, lambda: NOW):
        pass
    assert refused.value.code is ExitCode.OUTPUT


def test_a_full_disk_stops_no_run_and_is_told_once(tmp_path):
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / LOG).symlink_to("/dev/full")
    with journal(tmp_path, lambda: NOW) as told:
        told.log("begun")
        told.log("ended")
    assert len(told.warnings) == 1
    assert "没有写全" in told.warnings[0]
