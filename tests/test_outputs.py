"""A run's files appear all at once, and nothing a person edited is lost."""

import hashlib
import os
from pathlib import Path

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.filenames import legal_name
from pipeline.model.rendition import Rendition
from pipeline.outputs import is_unfinished, publish, recover
from pipeline.staging import staging

REPORT = "年报.docx"


def rendition(content, name=REPORT):
    return Rendition("report-docx", name, content)


def digest(content):
    return hashlib.sha256(content).hexdigest()


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def no_exchange(one, other):
    """A system or a disk that does not exchange two folders: Windows, a network drive."""
    return False


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "outputs" / "2020"


def test_files_and_sub_folders_appear(folder):
    publish(folder, [rendition(b"1"), rendition(b"2", "空白表/01.xlsx")], {})
    assert names(folder) == ["年报.docx", "空白表/01.xlsx"]
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


def test_what_the_run_does_not_write_stays(folder):
    publish(folder, [rendition(b"1", "空白表/01.xlsx")], {})
    publish(folder, [rendition(b"2")], {})
    assert names(folder) == ["年报.docx", "空白表/01.xlsx"]


def test_on_a_disk_without_hard_links_it_is_copied_and_brought_onto_the_disk(folder, monkeypatch):
    """Else a cut of power might take the record of what was sent."""
    publish(folder, [rendition(b"1", "发件箱/发件记录.jsonl")], {})
    settled = []

    def refuse(source, target):
        raise OSError(1, "no hard links")

    def write(path, content):
        settled.append(path.name)
        path.write_bytes(content if isinstance(content, bytes) else b"".join(content))

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr("pipeline.outputs.write_settled", write)
    publish(folder, [rendition(b"2")], {})
    assert (folder / "发件箱" / "发件记录.jsonl").read_bytes() == b"1"
    assert settled == ["发件记录.jsonl", REPORT]


def test_a_file_that_says_the_same_is_brought_along_and_not_written_again(folder):
    publish(folder, [rendition(b"1"), rendition(b"2", "空白表/01.xlsx")], {})
    before = (folder / REPORT).stat()
    assert publish(folder, [rendition(b"1"), rendition(b"3", "空白表/01.xlsx")], {}) == (
        "01（改动备份1）.xlsx",
    )
    after = (folder / REPORT).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (folder / "空白表/01.xlsx").read_bytes() == b"3"


def test_a_report_as_the_last_run_wrote_it_is_replaced_without_a_trace(folder):
    publish(folder, [rendition(b"1")], {})
    assert publish(folder, [rendition(b"2")], {REPORT: digest(b"1")}) == ()
    assert (folder / REPORT).read_bytes() == b"2"
    assert names(folder) == [REPORT]


def test_a_report_a_person_edited_is_kept_beside_every_time(folder):
    known = {REPORT: digest(b"1")}
    publish(folder, [rendition(b"1")], {})
    for turn in (1, 2):
        (folder / REPORT).write_bytes(b"edited %d" % turn)
        assert publish(folder, [rendition(b"1")], known) == (f"年报（改动备份{turn}）.docx",)
    assert (folder / "年报（改动备份1）.docx").read_bytes() == b"edited 1"
    assert (folder / "年报（改动备份2）.docx").read_bytes() == b"edited 2"


def test_a_file_that_holds_no_longer_is_moved_aside_and_an_earlier_one_there_stays(folder):
    one = f"分单位报告/{REPORT}"
    for content in (b"1", b"2", b"3"):
        publish(folder, [rendition(content, one)], {})
        publish(folder, [rendition(b"{}", "agencies.json")], {}, [one])
    aside = folder / "分单位报告" / "已作废"
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == {
        "年报.docx": b"1",
        "年报（1）.docx": b"2",
        "年报（2）.docx": b"3",
    }
    assert not (folder / one).exists()


def test_a_file_to_be_moved_aside_that_is_open_stops_the_run(folder):
    publish(folder, [rendition(b"1")], {})
    (folder / f"~${REPORT[2:]}").write_bytes(b"")
    with pytest.raises(OperatorError, match="请关上"):
        publish(folder, [rendition(b"{}", "agencies.json")], {}, [REPORT])
    assert (folder / REPORT).read_bytes() == b"1"


def test_editing_the_published_file_later_does_not_touch_an_earlier_copy(folder):
    publish(folder, [rendition(b"1"), rendition(b"keep", "b.txt")], {})
    publish(folder, [rendition(b"2")], {REPORT: digest(b"1")})
    assert (folder / "b.txt").read_bytes() == b"keep"


@pytest.mark.parametrize("lock", [".~lock.年报.docx#", "~$.docx", "~$年报.docx"])
def test_a_report_open_elsewhere_is_not_touched(folder, lock):
    publish(folder, [rendition(b"1")], {})
    (folder / lock).write_bytes(b"")
    with pytest.raises(OperatorError, match="正在 Word、WPS 或 LibreOffice 里打开") as refused:
        publish(folder, [rendition(b"2")], {})
    assert refused.value.code is ExitCode.OUTPUT
    assert (folder / REPORT).read_bytes() == b"1"


def test_a_disk_that_refuses_leaves_the_old_files(folder, monkeypatch):
    publish(folder, [rendition(b"1")], {})

    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.outputs.write_settled", full)
    with pytest.raises(OperatorError, match="没有动") as refused:
        publish(folder, [rendition(b"2")], {})
    assert refused.value.code is ExitCode.OUTPUT
    assert (folder / REPORT).read_bytes() == b"1"
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


def test_a_folder_that_cannot_be_swapped_is_put_back(folder, monkeypatch):
    publish(folder, [rendition(b"1")], {})
    rename = Path.rename

    def held(self, target):
        if self.name == ".2020.new":
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    monkeypatch.setattr("pipeline.outputs.exchanged", no_exchange)
    with pytest.raises(OperatorError):
        publish(folder, [rendition(b"2")], {})
    assert (folder / REPORT).read_bytes() == b"1"
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


def test_a_place_that_is_no_folder_is_refused(tmp_path):
    (tmp_path / "outputs").write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(OperatorError) as refused:
        publish(tmp_path / "outputs" / "2020", [rendition(b"1")], {})
    assert refused.value.code is ExitCode.OUTPUT


def test_a_run_killed_between_the_two_renames_is_completed_by_the_next(folder):
    publish(folder, [rendition(b"1")], {})
    folder.rename(folder.with_name(".2020.old"))
    folder.with_name(".2020.new").mkdir()
    (folder.with_name(".2020.new") / REPORT).write_bytes(b"2")
    recover(folder)
    assert (folder / REPORT).read_bytes() == b"2"
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


def test_a_run_killed_while_writing_leaves_the_old_folder(folder):
    publish(folder, [rendition(b"1")], {})
    folder.with_name(".2020.new").mkdir()
    recover(folder)
    assert (folder / REPORT).read_bytes() == b"1"
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(folder):
    folder.parent.mkdir()
    folder.write_text("某人的文件", encoding="utf-8")
    with pytest.raises(OperatorError, match="不是文件夹") as refused:
        publish(folder, [rendition(b"1")], {})
    assert refused.value.code is ExitCode.OUTPUT
    assert folder.read_text(encoding="utf-8") == "某人的文件"


def test_a_very_long_name_is_cut_to_what_a_disk_takes(folder):
    longest = f"{legal_name('长' * 300)}（草稿）（网页粘贴用）"
    publish(folder, [rendition(b"1", f"{longest}.html")], {})
    publish(folder, [rendition(b"2", f"{longest}.html")], {})
    assert names(folder) == [f"{longest}.html", f"{longest}（改动备份1）.html"]


def test_a_file_whose_maker_is_not_known_is_kept_too(folder):
    publish(folder, [rendition(b"1")], {})
    assert publish(folder, [rendition(b"2")], {}) == ("年报（改动备份1）.docx",)
    assert publish(folder, [rendition(b"2")], {}) == ()


def test_the_program_s_own_records_are_replaced(folder):
    publish(folder, [rendition(b"1", "run.json")], {})
    assert publish(folder, [rendition(b"2", "run.json")], {}) == ()


def test_records_alone_are_replaced_while_the_report_is_open_elsewhere(folder):
    publish(folder, [rendition(b"1"), rendition(b"1", "run.json")], {})
    (folder / ".~lock.年报.docx#").write_bytes(b"")
    assert publish(folder, [rendition(b"2", "run.json"), rendition(b"2", "findings.json")], {}) == ()
    assert (folder / "run.json").read_bytes() == (folder / "findings.json").read_bytes() == b"2"
    assert names(folder) == [".~lock.年报.docx#", "findings.json", "run.json", "年报.docx"]


def slips(*contents):
    return [rendition(content, f"退回单/{number}.docx") for number, content in enumerate(contents)]


def test_slips_are_swapped_by_themselves_while_the_report_is_open_elsewhere(folder):
    publish(folder, [rendition(b"1"), *slips(b"1", b"1")], {})
    (folder / ".~lock.年报.docx#").write_bytes(b"")
    inode = (folder / REPORT).stat().st_ino
    publish(folder, [*slips(b"2"), rendition(b"{}", "slips.json")], {"退回单/0.docx": digest(b"1")})
    assert (folder / REPORT).stat().st_ino == inode
    assert names(folder) == [".~lock.年报.docx#", "slips.json", "年报.docx", "退回单/0.docx", "退回单/1.docx"]
    assert (folder / "退回单" / "0.docx").read_bytes() == b"2"


def test_a_slip_that_holds_no_longer_is_put_aside_and_an_edited_one_kept(folder):
    publish(folder, slips(b"1", b"1"), {})
    (folder / "退回单" / "0.docx").write_bytes(b"edited")
    kept = publish(folder, slips(b"2"), {"退回单/0.docx": digest(b"1")}, ["退回单/1.docx"])
    assert kept == ("0（改动备份1）.docx",)
    assert names(folder) == ["退回单/0.docx", "退回单/0（改动备份1）.docx", "退回单/已作废/1.docx"]


def test_a_slip_that_is_open_stops_the_run_and_nothing_is_written(folder):
    publish(folder, [*slips(b"1"), rendition(b"1", "findings.json")], {})
    (folder / "退回单" / ".~lock.0.docx#").write_bytes(b"")
    with pytest.raises(OperatorError, match="请关上"):
        publish(folder, [*slips(b"2"), rendition(b"2", "findings.json")], {})
    assert (folder / "findings.json").read_bytes() == b"1"
    assert (folder / "退回单" / "0.docx").read_bytes() == b"1"


def test_a_run_killed_between_the_two_renames_of_the_slips_is_completed_by_any_next_run(folder):
    publish(folder, slips(b"1"), {})
    (folder / "退回单").rename(folder / ".退回单.old")
    (folder / ".退回单.new").mkdir()
    (folder / ".退回单.new" / "0.docx").write_bytes(b"2")
    publish(folder, [rendition(b"3")], {})
    assert names(folder) == ["年报.docx", "退回单/0.docx"]
    assert (folder / "退回单" / "0.docx").read_bytes() == b"2"


def held_folder(self, target, rename=Path.rename):
    """Windows does not rename a folder in which a file is open."""
    if self.name == "2020":
        raise PermissionError(13, "in use")
    return rename(self, target)


@pytest.fixture
def windows(monkeypatch):
    """A system that exchanges no folders and renames none in which the report is open."""
    monkeypatch.setattr("pipeline.outputs.exchanged", no_exchange)
    monkeypatch.setattr(Path, "rename", held_folder)


def test_on_windows_slips_and_records_are_replaced_by_themselves_while_the_report_is_open(folder, windows):
    publish(folder, [rendition(b"1"), *slips(b"1", b"1"), rendition(b"1", "slips.json")], {})
    publish(folder, [*slips(b"2"), rendition(b"2", "slips.json")], {}, ["退回单/1.docx"])
    assert {name: (folder / name).read_bytes() for name in names(folder)} == {
        "slips.json": b"2",
        "年报.docx": b"1",
        "退回单/0.docx": b"2",
        "退回单/0（改动备份1）.docx": b"1",
        "退回单/已作废/1.docx": b"1",
    }
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


def test_on_windows_a_new_report_waits_until_the_old_one_is_closed(folder, windows):
    publish(folder, [rendition(b"1")], {})
    with pytest.raises(OperatorError, match="请关上文件再运行；原来的文件没有动"):
        publish(folder, [rendition(b"2"), *slips(b"2")], {})
    assert names(folder) == [REPORT]
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


def test_on_windows_an_open_slip_stops_the_run_before_anything_is_replaced(folder, windows, monkeypatch):
    publish(folder, [*slips(b"1"), rendition(b"1", "slips.json")], {})
    monkeypatch.setattr(
        Path,
        "rename",
        lambda self, target: held_folder(self, target) if self.name != "退回单" else open_slip(),
    )
    with pytest.raises(OperatorError, match="原来的文件没有动"):
        publish(folder, [*slips(b"2"), rendition(b"2", "slips.json")], {})
    assert names(folder) == ["slips.json", "退回单/0.docx"]
    assert (folder / "slips.json").read_bytes() == (folder / "退回单" / "0.docx").read_bytes() == b"1"
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


def open_slip():
    raise PermissionError(13, "in use")


def test_on_windows_a_record_that_is_open_is_replaced_by_the_next_run(folder, windows, monkeypatch):
    publish(folder, [*slips(b"1"), rendition(b"1", "slips.json")], {})
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda self, target: open_slip())
        with pytest.raises(OperatorError, match="下次运行先接着换完"):
            publish(folder, [*slips(b"2"), rendition(b"2", "slips.json")], {"退回单/0.docx": digest(b"1")})
    assert is_unfinished(folder)
    recover(folder)
    assert names(folder) == ["slips.json", "退回单/0.docx"]
    assert (folder / "slips.json").read_bytes() == (folder / "退回单" / "0.docx").read_bytes() == b"2"
    assert not is_unfinished(folder)


def test_what_version_0_3_left_half_written_is_not_carried_on(folder):
    publish(folder, [rendition(b"1")], {})
    (folder / ".findings.json.new").write_bytes(b"half")
    publish(folder, [rendition(b"1", "findings.json")], {})
    assert names(folder) == ["findings.json", REPORT]


def test_everything_is_on_the_disk_before_it_takes_the_old_files_place(folder, monkeypatch):
    settled = set()
    monkeypatch.setattr(os, "fsync", lambda number: settled.add(os.fstat(number).st_ino))
    waiting = []

    def exchanged(one, other):
        waiting.extend(path for path in (other, *other.rglob("*")) if path.stat().st_ino not in settled)
        return False

    publish(folder, [rendition(b"1")], {})
    publish(folder, [*slips(b"1"), rendition(b"1", "slips.json")], {})
    monkeypatch.setattr("pipeline.outputs.exchanged", exchanged)
    publish(folder, [rendition(b"2"), *slips(b"2"), rendition(b"2", "run.json")], {})
    assert waiting == []
    assert folder.parent.stat().st_ino in settled


def test_the_review_page_is_replaced_without_a_trace_like_the_records(folder):
    publish(folder, [rendition(b"1")], {})
    (folder / ".~lock.年报.docx#").write_bytes(b"")
    for content in (b"1", b"2"):
        assert publish(folder, [rendition(content, "核对报告.html")], {}) == ()
    assert (folder / "核对报告.html").read_bytes() == b"2"


def pages(*contents):
    parts = [
        rendition(content, f"核对报告/00{number}.html") for number, content in enumerate(contents, start=1)
    ]
    return [rendition(contents[0], "核对报告.html"), *parts]


def test_pages_of_an_earlier_review_go_and_what_a_person_put_beside_them_stays(folder):
    publish(folder, pages(b"1", b"2"), {})
    (folder / "核对报告" / "说明.txt").write_bytes(b"own")
    (folder / "核对报告" / "002.html").write_bytes(b"edited")
    assert publish(folder, pages(b"3"), {}) == ()
    assert names(folder) == ["核对报告.html", "核对报告/001.html", "核对报告/说明.txt"]


def test_no_empty_folder_of_ours_is_left_for_the_office_to_wonder_about(folder):
    """Fewer agencies: the review is one page again. And somebody threw the slips away."""
    slip = rendition(b"1", "退回单/市教育局退回单.docx")
    publish(folder, [*pages(b"1", b"2"), slip], {})
    (folder / slip.name).unlink()
    (folder / "送审").mkdir()
    publish(folder, pages(b"1")[:1], {})
    assert sorted(path.name for path in folder.iterdir()) == ["核对报告.html", "送审"]


def test_a_run_that_writes_no_review_leaves_its_pages(folder):
    publish(folder, pages(b"1", b"2"), {})
    publish(folder, [rendition(b"1", "空白表/01.xlsx")], {})
    assert names(folder) == ["核对报告.html", "核对报告/001.html", "核对报告/002.html", "空白表/01.xlsx"]


def test_on_windows_the_pages_of_a_review_are_replaced_while_the_report_is_open(folder, windows):
    publish(folder, [rendition(b"report"), *pages(b"1", b"2")], {})
    publish(folder, [*slips(b"2"), *pages(b"3")], {})
    assert names(folder) == ["年报.docx", "核对报告.html", "核对报告/001.html", "退回单/0.docx"]
    assert (folder / "核对报告" / "001.html").read_bytes() == (folder / "核对报告.html").read_bytes() == b"3"
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


def test_a_file_that_waits_on_the_disk_is_published_like_any_other(folder):
    with staging(folder) as keep:
        publish(folder, [keep(rendition(b"1", "汇总底稿/001.xlsx"))], {})
    assert (folder / "汇总底稿" / "001.xlsx").read_bytes() == b"1"
    assert [path.name for path in folder.parent.iterdir()] == ["2020"]


@pytest.fixture
def elsewhere(folder, tmp_path):
    """A folder on another disk, with a file, and the year's."""
    folder.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "发件记录.jsonl").write_bytes(b"sent")
    return tmp_path / "elsewhere"


def test_empty_folders_and_links_to_folders_stay(folder, elsewhere):
    (folder / "送审" / "二稿").mkdir(parents=True)
    (folder / "发件箱").symlink_to(elsewhere, target_is_directory=True)
    for content in (b"1", b"2"):
        publish(folder, [rendition(content)], {})
    assert (folder / "送审" / "二稿").is_dir()
    assert (folder / "发件箱").readlink() == elsewhere
    assert (folder / "发件箱" / "发件记录.jsonl").read_bytes() == b"sent"


def test_nothing_is_written_through_a_link(folder, elsewhere):
    (folder / "退回单").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(OperatorError, match="退回单 是链接") as stopped:
        publish(folder, [rendition(b"1", "退回单/发件记录.jsonl")], {})
    assert stopped.value.code is ExitCode.OUTPUT
    assert (elsewhere / "发件记录.jsonl").read_bytes() == b"sent"


def test_a_year_that_lies_elsewhere_is_replaced_there(folder, elsewhere):
    folder.rmdir()
    folder.symlink_to(elsewhere, target_is_directory=True)
    for content in (b"1", b"2"):
        publish(folder, [rendition(content)], {REPORT: digest(b"1")})
    assert folder.is_symlink()
    assert names(elsewhere) == ["发件记录.jsonl", REPORT]
    assert (elsewhere / REPORT).read_bytes() == b"2"
    assert [path.name for path in elsewhere.parent.iterdir() if path.name.startswith(".")] == []
