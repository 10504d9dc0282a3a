"""One run at a time; whoever comes next finds the outputs whole, or is told why not."""

import subprocess
import sys

import pytest

from kit.desk import make_report
from pipeline.errors import ExitCode, OperatorError
from pipeline.locking import locked
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
    assert sorted(path.name for path in office.outputs.parent.iterdir()) == [".2019.lock", "2019"]


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
