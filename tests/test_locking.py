"""One run at a time; whoever comes next finds the outputs whole, or is told who holds the lock, or why not."""

import getpass
import os
import platform
import re
import signal
import subprocess
import sys

import pytest

from kit.desk import make_report
from pipeline.errors import ExitCode, OperatorError
from pipeline.locking import held, locked
from pipeline.workspace import Workspace

HOLD = """
import sys
from pathlib import Path
from pipeline.locking import locked
from pipeline.workspace import Workspace

with locked(Workspace.at(Path(sys.argv[1]), None)):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def another(office):
    """Another run at work on the same year, in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, office.root], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.parametrize("command", ["build", "check", "agencies", "blank", "send"])
def test_a_second_run_is_refused_and_told_who_holds_the_year_and_since_when(office, another, command):
    refused = make_report(command, "-w", office.root)
    assert refused.code == ExitCode.LOCKED
    assert f"{office.year} 年另有一次运行正在进行（" in refused.err
    assert f"开始，进程 {another.pid}）" in refused.err
    assert "请等它结束再运行" in refused.err
    assert not office.outputs.exists()


def test_the_lock_of_a_killed_run_is_free_and_its_name_forgotten(office, another):
    another.kill()
    another.wait()
    assert make_report("check", "-q", "-w", office.root).code == 0
    assert sorted(path.name for path in office.outputs.parent.iterdir()) == [
        ".2019.lock",
        ".2019.opinions",
        ".2019.readings",
        "2019",
    ]


def test_a_folder_that_cannot_be_put_back_is_said_and_the_lock_let_go(office, monkeypatch):
    def refuse(folder):
        raise PermissionError(13, "in use")

    workspace = Workspace.at(office.root, None)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.locking.recover", refuse)
        with pytest.raises(OperatorError, match="放不回原处：没有权限") as stopped, locked(workspace):
            pass
    assert stopped.value.code is ExitCode.OUTPUT
    with locked(workspace):
        pass


HOLDS = "import sys, pathlib\nfrom pipeline.locking import held\nwith held(pathlib.Path(sys.argv[1]), ''):\n    print('held', flush=True)\n    sys.stdin.read()"


def test_who_meets_it_is_told_by_whom_on_which_computer_since_when(tmp_path):
    path = tmp_path / ".2020.lock"
    with held(path, "前面"), pytest.raises(OperatorError) as refused, held(path, "另有一次运行"):
        pass
    assert refused.value.code is ExitCode.LOCKED
    assert re.fullmatch(
        rf"另有一次运行（{getpass.getuser()} 在 {platform.node()} 上，\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d 开始，"
        rf"进程 {os.getpid()}），请等它结束再运行。",
        refused.value.message,
    )


def test_it_is_let_go_and_no_name_stays(tmp_path):
    path = tmp_path / ".2020.lock"
    for _ in range(2):
        with held(path, ""):
            pass
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".by")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_holder_holds_nothing_and_its_name_misleads_nobody(tmp_path):
    path = tmp_path / ".2020.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OperatorError, match=f"进程 {other.pid}"), held(path, ""):
            pass
        other.send_signal(signal.SIGKILL)
        other.wait()
    with held(path, ""), pytest.raises(OperatorError, match=f"进程 {os.getpid()}"), held(path, ""):
        pass


def test_a_damaged_name_is_left_out(tmp_path):
    path = tmp_path / ".2020.lock"
    with held(path, ""):
        path.with_name(".2020.lock.by").write_bytes(b"\xff")
        with pytest.raises(OperatorError) as refused, held(path, "另有一次运行"):
            pass
    assert refused.value.message == "另有一次运行，请等它结束再运行。"


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "outputs").write_text("", encoding="utf-8")
    with pytest.raises(OperatorError) as refused, held(tmp_path / "outputs" / ".lock", ""):
        pass
    assert refused.value.code is ExitCode.OUTPUT
