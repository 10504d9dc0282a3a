"""The nights before the report is due: what runs by itself, what it leaves alone, and what it tells."""

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from unittest import mock

import pytest

from kit.desk import make_report
from kit.office import AGENCIES
from pipeline import batch
from pipeline.batch import LOCK, RECORD
from pipeline.commands import unattended
from pipeline.journal import FOLDER, LOG, SUMMARY
from pipeline.locking import held, locked
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES
ZONE = datetime.timezone(datetime.timedelta(hours=8))
UNCHANGED = "都没有变"


def at(year, month, day, hour=2):
    return datetime.datetime(year, month, day, hour, 30, tzinfo=ZONE)


NIGHT = at(2020, 1, 20)


def night(office, *words, now=NIGHT):
    """``make-report batch`` at that time."""
    with mock.patch.object(unattended, "_now", return_value=now):
        return make_report("batch", "-w", office.root, *words)


def log_of(office):
    path = office.root / "outputs" / FOLDER / LOG
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def steps_of(office):
    return [line["step"] for line in log_of(office) if line["event"] == "step"]


def outputs_of(office):
    """Everything in the year's outputs but what tells the time."""
    return {
        path.relative_to(office.outputs).as_posix(): path.read_bytes()
        for path in office.outputs.rglob("*")
        if path.is_file() and path.name not in ("run.json", RECORD)
    }


def test_a_night_makes_the_report_and_each_agency_s_and_says_so(office):
    said = night(office)
    assert said.code == 0
    record = json.loads((office.outputs / "run.json").read_text(encoding="utf-8"))
    assert record["status"] == "final"
    assert len(list((office.outputs / "分单位报告").glob("*.pdf"))) == 3
    assert steps_of(office) == ["build", "verify", "agencies", "mail"]
    summary = (office.root / "outputs" / FOLDER / SUMMARY).read_text(encoding="utf-8-sig")
    assert summary.splitlines()[0] == "自动运行，2020-01-20 02:30:00 开始。"
    assert "【2019 年　核对、生成】" in summary
    assert summary.splitlines()[-1].endswith("退出码 0。")


def test_the_second_night_does_nothing_and_says_so(office):
    assert night(office).code == 0
    before = {path: path.stat().st_mtime_ns for path in office.outputs.rglob("*")}
    said = night(office, now=at(2020, 1, 21))
    assert said.code == 0
    assert UNCHANGED in said.out
    assert {path: path.stat().st_mtime_ns for path in office.outputs.rglob("*")} == before
    assert log_of(office)[-2]["event"] == "unchanged"


def test_whoever_wants_it_all_again_gets_the_same_bytes(office):
    night(office)
    before = outputs_of(office)
    assert UNCHANGED not in night(office, "--always").out
    assert steps_of(office) == ["build", "verify", "agencies", "mail"] * 2
    assert outputs_of(office) == before


@pytest.mark.parametrize("what", ["workbook", "settings", "a file is gone", "another run", "record damaged"])
def test_whatever_changed_is_done_anew(office, what):
    night(office)
    if what == "workbook":
        office.submit(BUREAU, name="又一份.xlsx")
    elif what == "settings":
        path = office.inputs / "report.toml"
        path.write_text(path.read_text(encoding="utf-8") + "charts = true\n", encoding="utf-8")
    elif what == "a file is gone":
        next(office.outputs.glob("*.pdf")).unlink()
    elif what == "another run":
        make_report("build", "-q", "-w", office.root)
    else:
        (office.outputs / RECORD).write_text('{"schema": 1, "steps": []}', encoding="utf-8")
    assert UNCHANGED not in night(office).out
    assert steps_of(office).count("build") == 2
    assert list(office.outputs.glob("*.pdf"))


def test_a_word_file_that_a_person_edited_is_no_reason_to_do_it_all_again(office):
    night(office)
    report = next(office.outputs.glob("*.docx"))
    report.write_bytes(report.read_bytes() + b"\0")
    edited = report.read_bytes()
    assert UNCHANGED in night(office).out
    assert report.read_bytes() == edited


def test_errors_give_slips_and_code_1_the_first_night_and_the_next(office):
    office.submit(BUREAU, {next(iter(office.form.cells)): "很多"})
    said = night(office)
    assert said.code == 1
    assert (office.outputs / "退回单" / "市教育局退回单.docx").is_file()
    assert [line["code"] for line in log_of(office) if line["event"] == "step"] == [1, 0, 1, 0]
    again = night(office)
    assert (again.code, UNCHANGED in again.out) == (1, True)


def test_the_years_that_are_due_are_those_in_their_season(office):
    older = office.root / "inputs" / "2018"
    shutil.copytree(office.inputs, older)
    (older / "report.toml").write_text('organ = "某某市"\n', encoding="utf-8")
    said = night(office, "--json")
    assert {entry["year"] for entry in said.json["steps"]} == {2019}
    idle = night(office, now=at(2020, 8, 1))
    assert idle.code == 0
    assert "没有要做的年度" in idle.out
    assert "2019 年：2020-01-01 到 2020-03-31" in idle.out
    asked = night(office, "-y", "2019", now=at(2020, 8, 1))
    assert UNCHANGED in asked.out


def test_what_stops_one_year_does_not_stop_the_next(office):
    broken = office.root / "inputs" / "2018"
    shutil.copytree(office.inputs, broken)
    (broken / "report.toml").write_text('organ = "某某市"\ndeadline = 2020-02-01\n', encoding="utf-8")
    (broken / "roster.xlsx").unlink()
    said = night(office, "--json")
    assert said.code == 3
    assert [(one["year"], one["step"], one["code"]) for one in said.json["steps"]][-4:] == [
        (2019, step, 0) for step in ("build", "verify", "agencies", "mail")
    ]


def test_a_bug_in_one_year_does_not_stop_the_next_and_stands_in_the_log(office, monkeypatch):
    broken = office.root / "inputs" / "2018"
    shutil.copytree(office.inputs, broken)
    (broken / "report.toml").write_text('organ = "某某市"\ndeadline = 2020-02-01\n', encoding="utf-8")
    real = batch.fingerprint

    def odd(workspace, *further):
        if workspace.year == 2018:
            raise PermissionError(13, "denied")
        return real(workspace, *further)

    monkeypatch.setattr(batch, "fingerprint", odd)
    said = night(office, "--json")
    assert said.code == 70
    assert {one["year"] for one in said.json["steps"]} == {2018, 2019}
    (stopped,) = [line for line in log_of(office) if line["event"] == "stopped"]
    assert stopped["year"] == 2018
    assert "PermissionError" in stopped["traceback"]
    assert "2018 年做不下去" in said.err


def test_two_batches_at_once_and_a_clerk_at_work(office):
    with held(office.root / "outputs" / LOCK, ""):
        said = night(office)
    assert said.code == 8
    assert "另一次自动运行还没有结束" in said.err
    assert f"进程 {os.getpid()}" in said.err
    assert not (office.root / "outputs" / FOLDER).exists()
    with locked(Workspace.at(office.root, None)):
        said = night(office)
    assert said.code == 8
    assert "2019 年做不下去：2019 年另有一次运行正在进行" in said.out
    assert night(office).code == 0


def test_two_batches_started_in_the_same_second_end_with_one_whole_report(office):
    words = [sys.executable, "-m", "pipeline", "batch", "-q", "-y", "2019", "-w", str(office.root)]
    both = [subprocess.Popen(words, stderr=subprocess.DEVNULL) for _ in range(2)]
    codes = sorted(one.wait() for one in both)
    assert codes in ([0, 8], [0, 0])
    assert [line["code"] for line in log_of(office) if line["event"] == "ended"] == [0] * codes.count(0)
    assert UNCHANGED in make_report("batch", "-y", "2019", "-w", office.root).out


def test_a_clock_set_back_a_year_harms_nothing(office):
    assert night(office).code == 0
    idle = night(office, now=at(2019, 1, 20))
    assert (idle.code, "没有要做的年度" in idle.out) == (0, True)
    asked = night(office, "-y", "2019", now=at(2019, 1, 20))
    assert (asked.code, UNCHANGED in asked.out) == (0, True)
    office.submit(BUREAU, name="又一份.xlsx")
    anew = night(office, "-y", "2019", now=at(2019, 1, 20))
    assert (anew.code, UNCHANGED in anew.out) == (0, False)
    assert UNCHANGED in night(office).out


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_batch_that_was_killed_goes_on_where_it_was(office):
    words = [sys.executable, "-m", "pipeline", "batch", "-q", "-y", "2019", "-w", str(office.root)]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as cut_off:
        while not (office.outputs / RECORD).is_file():
            time.sleep(0.01)
            assert cut_off.poll() is None
        cut_off.send_signal(signal.SIGKILL)
    said = make_report("batch", "-y", "2019", "-w", office.root)
    assert said.code == 0
    assert "上次已经做完、没有变的不再做：核对、生成" in said.out
    assert steps_of(office).count("build") == 1
    assert len(list((office.outputs / "分单位报告").glob("*.pdf"))) == 3
    assert [
        path.name for path in (office.root / "outputs").iterdir() if path.name.endswith((".new", ".old"))
    ] == []
    assert UNCHANGED in make_report("batch", "-y", "2019", "-w", office.root).out


def test_the_disk_is_full(office):
    (office.root / "outputs" / FOLDER).mkdir(parents=True)
    (office.root / "outputs" / FOLDER / LOG).symlink_to("/dev/full")
    said = night(office)
    assert said.code == 5
    assert "没有写全" in said.out
    assert list(office.outputs.glob("*.pdf"))


def test_a_bug_in_one_step_is_code_70_leaves_the_others_and_its_traceback_in_the_log(office):
    with mock.patch("pipeline.nightly.verify_files", side_effect=ZeroDivisionError("x")):
        said = night(office)
    assert said.code == 70
    told = {line["step"]: line for line in log_of(office) if line["event"] == "step"}
    assert "ZeroDivisionError" in told["verify"]["traceback"]
    assert told["agencies"]["code"] == 0
    assert night(office).code == 0, "the next night tries again what had failed"
    assert steps_of(office)[4:] == ["verify", "mail"]
