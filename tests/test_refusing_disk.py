"""The world refuses: a full disk, a folder nobody may write, an open file, a clock that jumps. Nothing is lost."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from kit.desk import make_report
from kit.disks import as_anybody, enlarge, protected, read_only, small_disk
from kit.office import AGENCIES, NARRATIVE, TEXTS, open_office
from kit.plug import contents
from pipeline.errors import ExitCode
from pipeline.workspace import Workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits, mounts and rights of POSIX")

COMMANDS = ["build", "check", "agencies", "blank"]


@pytest.fixture(scope="module")
def ready(tmp_path_factory, forms, indicators, socket):
    """An office with all outputs made, and then a new text from an agency and a new narrative."""
    office = open_office(tmp_path_factory.mktemp("ready") / "office", forms["2019"], indicators)
    office.submit(AGENCIES[1], texts={**TEXTS, 5: "公开内容还不够丰富，共举办XX次培训。"})
    for command in COMMANDS:
        assert socket.run(command, "-q", "-w", office.root).code == 0
    office.submit(AGENCIES[0], texts={**TEXTS, 5: "公开内容还不够丰富，共举办XX次培训。"})
    office.write("narrative.md", NARRATIVE.replace("不够丰富", "不够多"))
    return office.root


@pytest.fixture
def root(ready, tmp_path):
    return Path(shutil.copytree(ready, tmp_path / "office"))


def year(root):
    return root / "outputs" / "2019"


def another_day(root):
    """The report is of another day: else reports and blanks would stand and need no room."""
    settings = root / "inputs" / "2019" / "report.toml"
    content = settings.read_text(encoding="utf-8").replace("-03-26", "-03-27")
    settings.write_text(content, encoding="utf-8")


def beside(root):
    """What lies in outputs/; whether what serves speed alone could be kept does not matter."""
    names = {path.name for path in year(root).parent.iterdir()}
    workspace = Workspace(root, 2019)
    return sorted(names - {workspace.readings_file.name, workspace.opinions_file.name})


@pytest.mark.parametrize("command", ["build", "agencies"])
def test_a_full_disk_loses_nothing_and_once_there_is_room_the_run_goes_through(root, socket, command):
    another_day(root)
    with small_disk(root / "outputs"):
        before = contents(year(root))
        refused = socket.run(command, "-w", root)
        assert refused.code == ExitCode.OUTPUT
        assert "磁盘已满" in refused.said
        assert "原来的文件没有动" in refused.said
        assert contents(year(root)) == before
        assert beside(root) == [".2019.lock", "2019"]
        enlarge(root / "outputs")
        assert socket.run(command, "-w", root).code == 0
        assert contents(year(root)) != before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_cannot_be_written_to_its_end_loses_nothing(root, socket, command):
    another_day(root)
    before = contents(year(root))
    refused = socket.run(command, "-w", root, largest=5000)
    assert refused.code == ExitCode.OUTPUT
    assert "系统不让写这么大的文件" in refused.said
    assert "程序出错了" not in refused.said
    assert contents(year(root)) == before
    assert beside(root) == [".2019.lock", "2019"]
    assert socket.run(command, "-q", "-w", root).code == 0


@pytest.mark.parametrize("place", ["outputs", "outputs/2019", "outputs/2019/退回单"])
def test_a_folder_without_the_right_to_write_is_left_as_it_is(root, place):
    before, names = contents(year(root)), beside(root)
    with protected(root / place):
        refused = as_anybody("build", "-w", root)
    assert refused.returncode == ExitCode.OUTPUT
    assert "没有权限" in refused.stderr
    assert contents(year(root)) == before
    assert beside(root) == names


def test_a_disk_that_can_only_be_read_can_still_be_asked(root, socket):
    before = contents(year(root))
    with read_only(root / "outputs"):
        for command in COMMANDS:
            refused = socket.run(command, "-w", root)
            assert refused.code == ExitCode.OUTPUT
            assert "磁盘是只读的" in refused.said
        assert socket.run("status", "-q", "-w", root).code == 0
        asked = socket.run("verify", "-w", root)
        assert asked.code == ExitCode.UNVERIFIED, "it is read, and is of the text before"
        assert "成稿文字与文稿不符" in asked.said
    assert contents(year(root)) == before


def test_a_report_that_is_open_stops_build_and_not_check(root, socket):
    report = next(year(root).glob("*.docx"))
    held = report.with_name(f".~lock.{report.name}#")
    held.write_bytes(b"")
    before = contents(year(root))
    refused = socket.run("build", "-w", root)
    assert refused.code == ExitCode.OUTPUT
    assert "请关上再运行；原来的文件没有动" in refused.said
    assert contents(year(root)) == before
    assert socket.run("check", "-q", "-w", root).code == 0
    assert contents(year(root))[report.name] == before[report.name]
    held.unlink()
    assert socket.run("build", "-q", "-w", root).code == 0
    assert beside(root) == [".2019.lock", "2019"]


def test_a_clock_set_back_a_year_changes_nothing(root, socket, tmp_path):
    """Files are then from the future; neither their dates nor the clock decide what is made."""
    other = Path(shutil.copytree(root, tmp_path / "other"))
    for path in root.rglob("*"):
        os.utime(path, (2**31, 2**31))
    for command in ["build", "check"]:
        assert socket.run(command, "-q", "-w", root, days=-365).code == 0
        assert socket.run(command, "-q", "-w", other).code == 0
    assert contents(year(root)) == contents(year(other))
    assert make_report("verify", "-q", "-w", root).code == 0
