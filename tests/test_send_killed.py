"""Pulling the plug: a sending process killed at any moment leaves nothing sent twice and nothing lost.

52 recipients, a process of its own, SIGKILL: at each step of the conversation, and at random moments. Then the
clerk runs ``send`` again, asks about the one message nobody knows of, and every recipient has each file once.
``MAKE_REPORT_PROOF=full``: 100 kills that land in a running process at random moments. What is printed (``pytest -rP``)
stands in tests/benchmarks/README.md.
"""

import shutil
import sys
from collections import Counter
from hashlib import sha256

import pytest
from msgspec.structs import replace

from kit.desk import make_report
from kit.mailserver import mailroom
from kit.plug import FULL, TIMES, kill_in_the_talk, moments
from kit.post import set_up_mail
from pipeline.letterbox import FOLDER, RECORD, Letterbox

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")

RECIPIENTS = [f"r{number:02}@example.cn" for number in range(1, 53)]
STEPS = [("rcpt", 30), ("data", 1), ("text", 17)]
STEPS += [("rcpt", 1), ("data", 52), ("text", 1), ("text", 52)] if FULL else []


@pytest.fixture(scope="module")
def room():
    with mailroom() as room:
        yield room


@pytest.fixture(scope="module")
def whole(tmp_path_factory, built_once, room):
    """An office with a final report for 52 recipients."""
    root = tmp_path_factory.mktemp("fifty-two") / "office"
    shutil.copytree(built_once.root, root)
    office = replace(built_once, root=root)
    set_up_mail(office, room.port, to="\n[[mail.to]]\n".join(f'address = "{one}"' for one in RECIPIENTS))
    assert make_report("-q", "-w", root).code == 0
    return office


@pytest.fixture
def office(whole, tmp_path, room):
    """A copy of it that has sent nothing yet."""
    return copied(whole, tmp_path / "office", room)


def copied(whole, root, room):
    """The office as it was before anything was sent, in place of what is there."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(whole.root, root)
    room.taken.clear()
    room.watch = lambda stage, address: None
    return replace(whole, root=root)


def pick_up_the_pieces(office, room):
    """What the clerk does next, and what must be true at each point."""
    box = Letterbox(office.outputs)
    waiting = [one.address for one in box.unknown()]
    assert len(waiting) <= 1, "at most one message of unknown outcome waits for a person"
    resumed = make_report("send", "--confirm", "-q", "-w", office.root)
    assert resumed.code == (7 if waiting else 0)
    assert len(room.addresses) == len(set(room.addresses)), "nobody got it twice"
    assert set(RECIPIENTS) - set(room.addresses) <= set(waiting), "nobody else was left out"
    if waiting:
        arrived = waiting[0] in room.addresses
        settled = ["--arrived", waiting[0]] if arrived else ["--retry-unknown"]
        assert make_report("send", "--confirm", "-q", *settled, "-w", office.root).code == 0
    assert sorted(room.addresses) == RECIPIENTS
    proved = {path.name: sha256(path.read_bytes()).hexdigest() for path in office.outputs.glob("*.[dp]*[xf]")}
    for message in room.received():
        files = {
            one.get_filename(): sha256(one.get_content()).hexdigest() for one in message.iter_attachments()
        }
        assert files == proved
    assert make_report("send", "--confirm", "-q", "-w", office.root).code == 0
    assert len(room.taken) == 52


@pytest.mark.parametrize(("stage", "number"), STEPS)
def test_killed_at_a_step_of_the_conversation(office, room, stage, number):
    kill_in_the_talk(room, stage, number, "send", "--confirm", "-q", "-w", office.root)
    sent = sum(
        line.count(b'"accepted"') for line in (office.outputs / FOLDER / RECORD).read_bytes().split(b"\n")
    )
    assert sent == number - 1
    pick_up_the_pieces(office, room)


def test_killed_at_random_moments(whole, tmp_path, room, socket):
    """Counted are the kills that landed: how many of the 52 letters had been sent by then, in tens."""

    def send(**how):
        office = copied(whole, tmp_path / "office", room)
        return office, socket.run("send", "--confirm", "-q", "-w", office.root, **how)

    drawn = moments([send()[1] for _ in range(3 if FULL else 1)])
    ends, unknown = Counter(), 0
    while sum(ends.values()) < TIMES:
        office, life = send(moment=next(drawn))
        if life.killed:
            ends[len(room.taken) // 10 * 10] += 1
            unknown += len(Letterbox(office.outputs).unknown())
        pick_up_the_pieces(office, room)
    print(f"send, 52 recipients: sent before the kill: {dict(sorted(ends.items()))}; unknown: {unknown}")
