"""Pulling the plug on a night: build, agencies and mail in one go, killed, and the next night ends it.

The outputs are those of before, those after build, or those after agencies, never between; nobody gets a letter twice,
and at most one is of unknown outcome. ``MAKE_REPORT_PROOF=full``: 100 kills that land at random moments, more at
steps of the conversation with the server. What is printed (``pytest -rP``) stands in tests/benchmarks/README.md.
"""

import shutil
import sys
from collections import Counter
from itertools import pairwise

import pytest
from msgspec import Struct

from kit.desk import make_report
from kit.mailserver import mailroom
from kit.night import BATCH, LETTERS, SELF, evening, most_alike, results
from kit.office import Office
from kit.plug import FULL, TIMES, differing, kill_in_the_talk, moments
from pipeline.batch import LOCK
from pipeline.journal import FOLDER as JOURNAL
from pipeline.letterbox import Letterbox

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL, fork")

NIGHT = (*BATCH, "-q")
BESIDE = [".2019.lock", ".2019.opinions", ".2019.readings", LOCK, "2019", JOURNAL]
"""All that lies in outputs/ when nothing is left behind."""


@pytest.fixture(scope="module")
def room():
    with mailroom() as room:
        yield room


class Night(Struct, frozen=True):
    """The office on the evening before, and what its outputs may be: before, after build, after agencies."""

    office: Office
    stages: tuple[dict[str, bytes], ...]


@pytest.fixture(scope="module")
def night(tmp_path_factory, forms, indicators, socket, room):
    office = evening(tmp_path_factory.mktemp("night") / "office", forms["2019"], indicators, room)
    stages = [results(office.outputs)]
    copy = shutil.copytree(office.root, tmp_path_factory.mktemp("stages") / "office")
    for command in ("build", "agencies"):
        assert socket.run(command, "-q", "-y", "2019", "-w", copy).code == 0
        stages.append(results(copy / "outputs" / "2019"))
    assert all(differing(one, other) for one, other in pairwise(stages))
    return Night(office, tuple(stages))


def set_out(night, root, room):
    """A fresh copy of the office, and a server that has taken nothing."""
    room.taken.clear()
    room.watch = lambda stage, address: None
    shutil.rmtree(root, ignore_errors=True)
    return shutil.copytree(night.office.root, root)


@pytest.fixture
def desk(night, tmp_path, room):
    return lambda: set_out(night, tmp_path / "office", room)


@pytest.fixture(scope="module")
def undisturbed(night, tmp_path_factory, room, socket):
    """Nights that nobody disturbs."""
    root = tmp_path_factory.mktemp("undisturbed") / "office"
    lives = []
    for _ in range(3 if FULL else 1):
        lives.append(socket.run(*NIGHT, "-w", set_out(night, root, room)))
        assert lives[-1].code == 0
        assert sorted(room.addresses) == LETTERS
    return lives


def looked_at(night, root):
    """What a killed night left is whole, and nothing that is known of the mail is lost; at which stage it is."""
    outputs = root / "outputs" / "2019"
    before = Letterbox(night.office.outputs).record()
    assert Letterbox(outputs).record()[: len(before)] == before
    left = results(outputs)
    differences = [differing(stage, left) for stage in night.stages]
    assert [] in differences, "a mixture"
    return differences.index([])


def next_night(night, root, room, socket):
    """The next night ends it; what became of one letter of which nobody knows, a person says."""
    outputs = root / "outputs" / "2019"
    waiting = [one.address for one in Letterbox(outputs).unknown()]
    assert len(waiting) <= 1, "at most one message of unknown outcome waits for a person"
    assert socket.run(*NIGHT, "-w", root).code == (7 if waiting else 0)
    if waiting:
        arrived = waiting[0] in room.addresses
        answer = ["--arrived", waiting[0]] if arrived or waiting == [SELF] else ["--retry-unknown"]
        assert socket.run("send", "--confirm", "-q", *answer, "-w", root).code == 0
        assert socket.run(*NIGHT, "-w", root).code == 0
    assert differing(night.stages[-1], results(outputs)) == []
    assert sorted(path.name for path in outputs.parent.iterdir()) == BESIDE
    assert not [
        path for path in (*outputs.iterdir(), *(root / "outputs" / JOURNAL).iterdir()) if "new" in path.name
    ]
    lost = [SELF] if waiting == [SELF] and not arrived else []
    assert "都没有变" in make_report(*BATCH, "-w", root).out
    twice = [SELF] if waiting and waiting != [SELF] else []  # told that nobody knows, and what a person says
    assert sorted([*room.addresses, *lost]) == sorted([*LETTERS, *twice]), "nobody else was left out"
    assert most_alike(room) == 1, "nobody got it twice"


def test_killed_at_a_step_on_the_disk(night, desk, room, socket, undisturbed):
    """In the gate every other renaming; in full all of them, and every tenth step besides."""
    steps, renames = undisturbed[0].steps, undisturbed[0].renames
    ends = Counter()
    for step in sorted({*range(1, steps + 1, 10), *renames}) if FULL else renames[::2]:
        root = desk()
        assert socket.run(*NIGHT, "-w", root, step=step).killed
        ends[looked_at(night, root)] += 1
        next_night(night, root, room, socket)
    assert set(ends) == {0, 1, 2}
    print(f"batch, at {ends.total()} of {steps} steps, before, after build, after agencies: {dict(ends)}")


def test_killed_at_random_moments(night, desk, room, socket, undisturbed):
    drawn, ends = moments(undisturbed), Counter()
    while ends.total() - ends["ended before"] < TIMES:
        root = desk()
        life = socket.run(*NIGHT, "-w", root, moment=next(drawn))
        stage = looked_at(night, root)
        ends[stage if life.killed else "ended before"] += 1
        next_night(night, root, room, socket)
    print(f"batch, at random moments, before, after build, after agencies: {dict(ends)}")


STRIKES = [("text", 2)]
STRIKES += [("rcpt", 1), ("data", 1), ("text", 1), ("text", 4), ("data", 4)] if FULL else []


@pytest.mark.parametrize(("stage", "number"), STRIKES)
def test_killed_while_it_talks_to_the_server(night, desk, room, socket, stage, number):
    root = desk()
    kill_in_the_talk(room, stage, number, *NIGHT, "-w", root)
    assert looked_at(night, root) == 2
    assert len(Letterbox(root / "outputs" / "2019").unknown()) == (stage == "text")
    next_night(night, root, room, socket)
