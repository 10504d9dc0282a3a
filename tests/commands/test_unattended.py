"""``batch`` and ``schedule`` at the keyboard: what they say, write and give a program."""

import shlex
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from kit.desk import make_report
from pipeline.commands import unattended
from pipeline.schedule import KINDS


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The user's own folder."""
    home = tmp_path / "home"
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: home)
    return home


def test_a_batch_tells_a_program_each_step_s_code(office):
    said = make_report("batch", "--json", "-y", "2019", "-w", office.root)
    assert said.json == {
        "exit_code": 0,
        "steps": [
            {"year": 2019, "step": step, "code": 0} for step in ("build", "verify", "agencies", "mail")
        ],
    }
    assert "【2019 年　核对、生成】" in said.err


def test_a_quiet_batch_says_nothing_and_leaves_the_summary(office):
    said = make_report("batch", "-q", "-y", "2019", "-w", office.root)
    assert (said.code, said.out, said.err) == (0, "", "")
    assert (office.root / "outputs" / "日志" / "运行摘要.txt").is_file()


def test_a_year_that_is_not_there_is_refused_before_anything_is_written(office):
    said = make_report("batch", "-y", "2031", "-w", office.root)
    assert said.code == 3
    assert not (office.root / "outputs").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_schedule_shows_and_writes_nothing(kind, office, home):
    said = make_report("schedule", "--for", kind, "-w", office.root)
    assert said.code == 0
    assert "什么也没有写" in said.out
    assert str(office.root) in said.out
    assert not home.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_install_writes_and_says_what_to_run_next(kind, office, home):
    said = make_report("schedule", "--for", kind, "--install", "--json", "--at", "23:05", "-w", office.root)
    assert said.code == 0
    assert said.json["installed"]
    folder = Path(said.json["folder"])
    assert home in folder.parents
    assert sorted(path.name for path in folder.iterdir()) == sorted(said.json["files"])
    assert all(line in said.err for line in said.json["next"])
    whole = "".join(said.json["files"].values())
    assert any(when in whole for when in ("23:05:00", "5 23 * * *"))


@pytest.mark.parametrize("when", ["25:99", "2点", "0230"])
def test_what_is_no_time_is_asked_back(when, office):
    said = make_report("schedule", "--at", when, "-w", office.root)
    assert (said.code, f"“{when}”不是时间，请写成 23:00 的样子" in said.err) == (2, True)


def test_without_a_kind_it_is_this_computer_s(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    with mock.patch.object(unattended, "which", return_value=None):
        assert unattended._own_kind() == "cron"
    with mock.patch.object(unattended, "which", return_value="/bin/systemctl"):
        assert unattended._own_kind() == "systemd"
    monkeypatch.setattr(sys, "platform", "win32")
    assert unattended._own_kind() == "windows"


def test_a_folder_that_is_no_workspace_gets_no_task(tmp_path, home):
    assert make_report("schedule", "--install", "-w", tmp_path).code == 3
    assert not home.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sh")
def test_the_line_of_the_crontab_really_runs_the_batch(office, home):
    said = make_report("schedule", "--for", "cron", "--json", "-y", "2019", "-w", office.root)
    (text,) = said.json["files"].values()
    command = text.splitlines()[1].split(" ", 5)[5].replace("\\%", "%")
    assert shlex.split(command, comments=True)[-1] == "--only-if-changed"
    ended = subprocess.run(["/bin/sh", "-c", command], check=False, cwd="/", env={"PATH": "/usr/bin:/bin"})
    assert ended.returncode == 0
    assert list(office.outputs.glob("*.pdf"))
