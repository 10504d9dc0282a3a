"""A night on which the world refuses: it says so by its code, loses nothing, and the next night makes it good."""

import shutil
import socket as network
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import pytest

from kit.desk import make_report
from kit.disks import as_anybody, enlarge, protected, read_only, small_disk
from kit.mailserver import Mailroom, mailroom
from kit.night import BATCH, LETTERS, SELF, evening, most_alike, results
from kit.plug import differing
from kit.post import EMAILS, set_up_mail
from pipeline.commands import unattended
from pipeline.deliver.dispatch import PAUSES
from pipeline.errors import ExitCode
from pipeline.letterbox import Letterbox

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits, mounts and rights of POSIX")


@pytest.fixture(scope="module")
def room():
    with mailroom() as room:
        yield room


@dataclass
class Desk:
    """An office in the evening, its server, and what a night that nothing hinders makes of the year."""

    root: Path
    room: Mailroom
    morning: dict[str, bytes]
    before: dict[str, bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.before, self.record = results(self.outputs), Letterbox(self.outputs).record()

    @property
    def outputs(self) -> Path:
        return self.root / "outputs" / "2019"

    def lost_nothing(self) -> None:
        """All is as it was; at most the office has been told."""
        assert differing(self.before, results(self.outputs)) == []
        self.knows_what_was_sent()

    def knows_what_was_sent(self) -> None:
        assert Letterbox(self.outputs).record()[: len(self.record)] == self.record
        assert set(self.room.addresses) <= {SELF}, "nobody gets a report that was not made"

    def made_good(self) -> None:
        """The next night: all is made and sent, to each once."""
        said = make_report(*BATCH, "-w", self.root)
        assert said.code == 0, said.out
        assert differing(self.morning, results(self.outputs)) == []
        assert sorted({*self.room.addresses}) == LETTERS
        assert sorted(one for one in self.room.addresses if one != SELF) == sorted(EMAILS)
        assert most_alike(self.room) == 1
        assert not list((self.root / "outputs").glob(".2019.new"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory, forms, indicators, room):
    return evening(tmp_path_factory.mktemp("whole") / "office", forms["2019"], indicators, room)


@pytest.fixture(scope="module")
def morning(tmp_path_factory, whole, socket):
    root = shutil.copytree(whole.root, tmp_path_factory.mktemp("morning") / "office")
    assert socket.run(*BATCH, "-q", "-w", root).code == 0
    return results(root / "outputs" / "2019")


@pytest.fixture
def desk(whole, morning, tmp_path, room):
    room.taken.clear()
    room.watch = lambda stage, address: None
    return Desk(Path(shutil.copytree(whole.root, tmp_path / "office")), room, morning)


def test_a_full_disk(desk, socket):
    with small_disk(desk.root / "outputs"):
        refused = socket.run(*BATCH, "-w", desk.root)
        assert refused.code == ExitCode.OUTPUT
        assert "磁盘已满" in refused.said
        desk.lost_nothing()
        enlarge(desk.root / "outputs")
        desk.made_good()


def test_a_quota_met_by_every_file(desk, socket):
    refused = socket.run(*BATCH, "-w", desk.root, largest=5000)
    assert refused.code == ExitCode.OUTPUT
    assert "系统不让写这么大的文件" in refused.said
    desk.lost_nothing()
    desk.made_good()


@pytest.mark.parametrize("place", ["outputs", "outputs/2019"])
def test_a_folder_without_the_right_to_write(desk, place):
    with protected(desk.root / place):
        refused = as_anybody(*BATCH, "-w", desk.root)
    assert refused.returncode == ExitCode.OUTPUT
    assert "没有权限" in refused.stdout + refused.stderr
    desk.lost_nothing()
    desk.made_good()


def test_a_disk_that_can_only_be_read(desk, socket):
    with read_only(desk.root / "outputs"):
        refused = socket.run(*BATCH, "-w", desk.root)
        assert refused.code == ExitCode.OUTPUT
        assert "磁盘是只读的" in refused.said
    desk.lost_nothing()
    desk.made_good()


def test_the_report_is_open_in_word(desk, socket):
    """The agencies' reports are made all the same; the office's stands as it was, and goes to nobody."""
    report = next(desk.outputs.glob("*.docx"))
    held = report.with_name(f"~${report.name[2:]}")
    held.write_bytes(b"")
    refused = socket.run(*BATCH, "-w", desk.root)
    assert refused.code == ExitCode.OUTPUT
    assert "正在 Word、WPS 或 LibreOffice 里打开" in refused.said
    assert report.read_bytes() == desk.before[report.name]
    desk.knows_what_was_sent()
    held.unlink()
    desk.made_good()


def test_a_clock_set_back_a_year(desk, socket):
    """It makes the same and sends it once, and again when the clock is right."""
    assert socket.run(*BATCH, "-w", desk.root, days=-365).code == 0
    assert differing(desk.morning, results(desk.outputs)) == []
    assert sorted(desk.room.addresses) == LETTERS
    for days in (0, -365):
        again = socket.run(*BATCH, "-w", desk.root, days=days)
        assert (again.code, "都没有变" in again.said) == (0, True)
    assert sorted(desk.room.addresses) == LETTERS


def test_another_batch_and_a_clerk_while_the_night_s_mail_goes_out(desk, socket):
    others = (BATCH, ("build", "-y", "2019"), ("send", "--confirm", "-y", "2019"))
    refused = []

    def meanwhile(stage, address):
        if not refused:
            refused.extend(socket.run(*words, "-w", desk.root) for words in others)

    desk.room.watch = meanwhile
    words = [sys.executable, "-m", "pipeline", *BATCH, "-q", "-w", str(desk.root)]
    assert subprocess.run(words, capture_output=True, check=True).stderr == b""
    assert [one.code for one in refused] == [ExitCode.LOCKED] * 3
    assert all("请等它结束再运行" in one.said for one in refused)
    assert differing(desk.morning, results(desk.outputs)) == []
    assert sorted(desk.room.addresses) == LETTERS
    assert "都没有变" in make_report(*BATCH, "-w", desk.root).out


@pytest.fixture
def port(desk, whole):
    """A port at which nobody answers, for the office's mail."""
    with network.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
    set_up_mail(whole, number, summary_to=SELF, to='group = "市直机关"\n[[mail.to]]\ngroup = "旗市区政府"')
    (desk.root / "inputs" / "2019" / "report.toml").write_bytes((whole.inputs / "report.toml").read_bytes())
    return number


@pytest.fixture(params=["batch", "send"])
def errand(request, desk, port):
    """What sends, and to whom: the night, or a clerk after ``build``."""
    if request.param == "batch":
        return BATCH, LETTERS
    assert make_report("build", "-q", "-y", "2019", "-w", desk.root).code == 0
    return ("send", "--confirm", "-y", "2019"), sorted(EMAILS)


def test_a_server_that_is_down_for_three_tries_is_reached_by_the_fourth(desk, port, errand):
    words, everyone = errand
    slept = []
    with ExitStack() as later:

        def pause(seconds):
            slept.append(seconds)
            if len(slept) == 3:
                desk.room = later.enter_context(mailroom(port=port))

        with mock.patch.object(unattended.time, "sleep", pause):
            assert make_report(*words, "-w", desk.root).code == 0
        assert slept == list(PAUSES[:3])
        assert sorted(desk.room.addresses) == everyone
        assert make_report(*words, "-w", desk.root).code == 0
        assert sorted(desk.room.addresses) == everyone


def test_a_server_that_is_down_for_three_runs_is_told_by_the_code_and_nothing_is_lost(desk, port, errand):
    words, everyone = errand
    with mock.patch.object(unattended.time, "sleep"):
        for _ in range(3):
            said = make_report(*words, "-w", desk.root)
            assert said.code == ExitCode.UNDELIVERED
            assert "连不上" in said.out
            assert Letterbox(desk.outputs).record() == desk.record, "nothing was tried that could be told"
        with mailroom(port=port) as desk.room:
            for _ in range(2):
                assert make_report(*words, "-w", desk.root).code == 0
                assert sorted(desk.room.addresses) == everyone
    assert most_alike(desk.room) == 1
