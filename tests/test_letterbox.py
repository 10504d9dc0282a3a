"""发件箱 on the disk: the record's lines are safe, torn ones harmless, damage stops; drafts come and go."""

import os
import shutil

import pytest

from kit.post import NOW, letter
from pipeline import disk
from pipeline.deliver.dispatch import entry
from pipeline.deliver.message import wire
from pipeline.deliver.outbox import Event, as_line
from pipeline.errors import ExitCode, OperatorError
from pipeline.letterbox import DRAFTS, RECORD, Letterbox

BEGUN, ACCEPTED = (entry(letter(), event, NOW) for event in (Event.BEGUN, Event.ACCEPTED))
OTHER = entry(letter("b@example.cn"), Event.BEGUN, NOW)


@pytest.fixture
def box(tmp_path):
    (tmp_path / "inputs").mkdir()
    return Letterbox(tmp_path / "outputs" / "2020")


def copy_of(tmp_path):
    return tmp_path / "inputs" / ".2020.发件记录.jsonl"


def test_an_empty_box_has_no_record(box):
    assert box.record() == ()


def test_lines_are_added_and_read_again(box):
    with box.writing() as append:
        append(BEGUN)
        assert box.record() == (BEGUN,)
    with box.writing() as append:
        append(ACCEPTED)
    assert box.record() == (BEGUN, ACCEPTED)


def test_every_line_is_on_the_disk_before_the_next_step(box, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(
        disk.os, "fsync", lambda number: synced.append(os.fstat(number).st_size) or real(number)
    )
    with box.writing() as append:
        before = len(synced)
        append(BEGUN)
        assert synced[before:] == [len(as_line(BEGUN))]


def test_a_torn_line_is_cut_off_before_the_next_is_written(box):
    box.folder.mkdir(parents=True)
    (box.folder / RECORD).write_bytes(as_line(BEGUN) + as_line(ACCEPTED)[:50])
    assert box.record() == (BEGUN,)
    with box.writing() as append:
        append(ACCEPTED)
    assert box.record() == (BEGUN, ACCEPTED)


def test_a_record_someone_altered_stops_everything(box):
    box.folder.mkdir(parents=True)
    (box.folder / RECORD).write_bytes(as_line(BEGUN) + "手写的\n".encode() + as_line(ACCEPTED))
    with pytest.raises(OperatorError, match="第 2 行被改坏了") as stopped:
        box.record()
    assert stopped.value.code is ExitCode.INPUT


@pytest.mark.parametrize("left", [b"", as_line(BEGUN), as_line(BEGUN) + as_line(ACCEPTED)[:40]])
def test_a_record_deleted_or_cut_is_made_whole_from_its_copy(box, left):
    with box.writing() as append:
        append(BEGUN)
        append(ACCEPTED)
    if left:
        (box.folder / RECORD).write_bytes(left)
    else:
        shutil.rmtree(box.folder.parent)
    assert box.record() == (BEGUN, ACCEPTED)
    with box.writing() as append:
        append(OTHER)
    assert (box.folder / RECORD).read_bytes() == b"".join(map(as_line, (BEGUN, ACCEPTED, OTHER)))


@pytest.mark.parametrize("copied", [b"", as_line(BEGUN)[:30], as_line(BEGUN) + b"\0\0\0\n"])
def test_a_copy_that_was_lost_or_torn_is_made_anew(box, tmp_path, copied):
    with box.writing() as append:
        append(BEGUN)
    copy_of(tmp_path).write_bytes(copied)
    with box.writing() as append:
        append(ACCEPTED)
    assert box.record() == (BEGUN, ACCEPTED)
    assert copy_of(tmp_path).read_bytes() == (box.folder / RECORD).read_bytes()


def test_where_no_copy_can_be_kept_the_record_is_enough(box, tmp_path):
    copy_of(tmp_path).mkdir()
    with box.writing() as append:
        append(BEGUN)
    assert box.record() == (BEGUN,)


def test_a_record_and_a_copy_that_tell_different_things_stop_everything(box, tmp_path):
    with box.writing() as append:
        append(BEGUN)
    copy_of(tmp_path).write_bytes(as_line(OTHER))
    for attempt in (box.record, lambda: box.writing().__enter__()):
        with pytest.raises(OperatorError, match="对不上") as stopped:
            attempt()
        assert stopped.value.code is ExitCode.INPUT


def test_a_folder_in_the_record_s_place_is_not_taken_for_an_empty_record(box):
    (box.folder / RECORD).mkdir(parents=True)
    with pytest.raises(OperatorError, match="读不出来") as stopped:
        box.record()
    assert stopped.value.code is ExitCode.INPUT


@pytest.mark.parametrize("known", ["[1]", "[]", '"x"', '{"001.eml": null}', "[" * 100000])
def test_what_is_known_of_drafts_may_be_lost(box, known):
    box.put_drafts({"001.eml": [b"a"]})
    (box.folder / DRAFTS).write_text(known)
    assert box.put_drafts({"001.eml": [b"b"]}) == ("001（改动备份1）.eml",)


def test_a_disk_that_refuses_is_said_with_its_code(box, monkeypatch):
    box.folder.parent.mkdir(parents=True)
    box.folder.write_bytes(b"")
    with pytest.raises(OperatorError, match="写不进") as stopped, box.writing():
        pass
    assert stopped.value.code is ExitCode.OUTPUT
    with pytest.raises(OperatorError, match="写不进"):
        box.put_drafts({"001.eml": [b"x"]})


def test_a_full_disk_under_a_line_is_said_too(box, monkeypatch):
    def full(number):
        raise OSError(28, "no space")

    with box.writing() as append:
        monkeypatch.setattr(disk.os, "fsync", full)
        with pytest.raises(OperatorError, match="磁盘已满"):
            append(BEGUN)


def names(box):
    return sorted(path.name for path in box.folder.glob("*.eml"))


def test_drafts_replace_the_last_ones_and_what_a_person_edited_stays(box):
    one, other = wire(letter(), NOW), wire(letter("b@example.cn"), NOW)
    assert box.put_drafts({"001_甲.eml": one, "002_乙.eml": other, "003_丙.eml": one}) == ()
    assert (box.folder / "001_甲.eml").read_bytes() == b"".join(one)
    (box.folder / "001_甲.eml").write_text("我改过", encoding="utf-8")
    (box.folder / "003_丙.eml").write_text("我也改过", encoding="utf-8")
    (box.folder / "我的.eml").write_text("自己写的", encoding="utf-8")
    assert box.put_drafts({"001_甲.eml": other}) == ("001_甲（改动备份1）.eml",)
    assert names(box) == ["001_甲.eml", "001_甲（改动备份1）.eml", "003_丙.eml", "我的.eml"]
    assert (box.folder / "001_甲（改动备份1）.eml").read_text("utf-8") == "我改过"
    assert (box.folder / "001_甲.eml").read_bytes() == b"".join(other)


def test_drafts_cut_short_by_a_kill_are_not_taken_for_edited(box, monkeypatch):
    first, second = {"001.eml": [b"a"], "002.eml": [b"b"]}, {"001.eml": [b"c"], "002.eml": [b"d"]}
    box.put_drafts(first)
    monkeypatch.setattr(box, "_cleared", lambda known, fresh: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        box.put_drafts(second)
    monkeypatch.undo()
    (box.folder / "001.eml").write_bytes(b"c")  # the killed run had come as far as this
    assert box.put_drafts({"001.eml": [b"e"]}) == ()
    assert names(box) == ["001.eml"]


def test_half_a_draft_that_a_kill_left_is_cleared(box):
    box.put_drafts({"001.eml": [b"a"]})
    (box.folder / ".0123456789abcdef.new").write_bytes(b"half")
    box.put_drafts({"001.eml": [b"a"]})
    assert list(box.folder.glob(".*.new")) == []
    assert names(box) == ["001.eml"]
