"""Pulling the plug: whenever build, check or agencies is killed, the outputs are all old or all new.

The real program in a process of its own, SIGKILL. In the gate a small office, killed at each renaming;
``MAKE_REPORT_PROOF=full`` kills it at every step it takes on the disk, on a disk that exchanges folders, on one that
only renames them, and on one where the report is open; and at 100 random moments with the 52 agencies of the
sample year. What is printed then (``pytest -s``) stands in tests/benchmarks/README.md.
"""

import os
import random
import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from kit.desk import make_report
from kit.office import AGENCIES, NARRATIVE, TEXTS, open_office
from kit.plug import EXCHANGE, HELD, RENAMES, Life, Socket, contents
from pipeline.outputs import is_unfinished

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL, fork")

ROOT = Path(__file__).parent.parent
FULL = os.environ.get("MAKE_REPORT_PROOF") == "full"
MOMENTS = 100 if FULL else 2
OFFICE, BUREAU, DISTRICT = AGENCIES
UNFILLED = {**TEXTS, 5: "公开内容还不够丰富，共举办XX次培训。"}
"""A text that is to be looked at again: a slip, and a report all the same."""
WRONG = {"disputes.reconsideration.total": 10**6}


@dataclass(frozen=True)
class Story:
    """A year as it was left, what has arrived since, and what a run nobody kills makes of it."""

    root: Path
    year: int
    command: str
    before: dict[str, bytes]
    after: dict[str, bytes]
    code: int

    def life(self, socket: Socket, root: Path, disk: str = EXCHANGE, **how: float) -> Life:
        """The command's run in a copy of the year."""
        return socket.run(self.command, "-q", "-w", root, "-y", self.year, disk=disk, **how)


@pytest.fixture(scope="module")
def socket():
    socket = Socket()
    yield socket
    socket.close()


def told(root, year, command, socket):
    """The story of a command in a year that is ready for it."""
    before = contents(root / "outputs" / str(year))
    copy = root.with_name("undisturbed")
    shutil.copytree(root, copy)
    story = Story(root, year, command, before, {}, 0)
    story = Story(root, year, command, before, {}, story.life(socket, copy).code)
    return Story(root, year, command, before, contents(copy / "outputs" / str(year)), story.code)


@pytest.fixture(scope="module")
def stories(tmp_path_factory, forms, indicators, socket):
    """What changes in the small office before each command: slips come and go, a person has edited the report."""
    made = {}

    def story(command):
        if command not in made:
            office = open_office(tmp_path_factory.mktemp(command) / "office", forms["2019"], indicators)
            office.submit(BUREAU, texts=UNFILLED)
            for earlier in ("build", "agencies"):
                assert socket.run(earlier, "-q", "-w", office.root).code == 0
            (office.outputs / "备忘.txt").write_text("某人的", encoding="utf-8")
            for report in (*office.outputs.glob("*.docx"), *office.outputs.glob("退回单/*.docx")):
                report.write_bytes(report.read_bytes() + b"edited")
            office.submit(BUREAU)
            office.submit(OFFICE, texts=UNFILLED)
            office.write("narrative.md", NARRATIVE.replace("不够丰富", "不够多"))
            if command != "build":
                office.submit(DISTRICT, WRONG)
            made[command] = told(office.root, office.year, command, socket)
        return made[command]

    return story


def test_the_stories_are_about_something(stories):
    """Else all that follows proves nothing."""
    for command, code in (("build", 0), ("check", 1), ("agencies", 1)):
        story = stories(command)
        assert story.code == code
        assert story.before["备忘.txt"] == story.after["备忘.txt"]
    build, check, agencies = (stories(command) for command in ("build", "check", "agencies"))
    changed = {name for name in build.before if build.before[name] != build.after.get(name)}
    assert {Path(name).suffix for name in changed} == {".docx", ".pdf", ".html", ".xlsx", ".json"}
    assert sum("改动备份" in name for name in build.after) == 1
    for story in (build, check):
        assert story.after["退回单/已作废/市教育局退回单.docx"].endswith(b"edited")
        assert {"退回单/已作废/市教育局退回单.pdf", "退回单/市政府办公室退回单.docx"} <= {*story.after} - {
            *story.before
        }
    assert any("已作废/海拉尔区" in name for name in agencies.after)


def killed(story, socket, root, disk=EXCHANGE, **how):
    """Kill it so, look at what is left, let the next run go through, and look again."""
    shutil.copytree(story.root, root)
    outputs = root / "outputs" / str(story.year)
    life = story.life(socket, root, disk, **how)
    if is_unfinished(outputs):
        assert disk != EXCHANGE, "there is always a folder of outputs"
        assert make_report("status", "-q", "-w", root, "-y", story.year).code in (0, 1)
        assert differing(story.after, contents(outputs)) == [], "whoever looks next sees it done"
    left = contents(outputs)
    assert [] in (differing(story.before, left), differing(story.after, left)), "a mixture of old and new"
    assert story.life(socket, root, disk).code == story.code, "the lock is free, the next run goes through"
    assert differing(story.after, contents(outputs)) == [], "it ends as if nothing had happened"
    assert sorted(path.name for path in outputs.parent.iterdir()) == [f".{story.year}.lock", outputs.name]
    shutil.rmtree(root)
    return life, left == story.after


def differing(one, other):
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


WAYS = [("build", EXCHANGE), ("check", RENAMES), ("check", HELD), ("agencies", EXCHANGE)]
WAYS += [("build", RENAMES), ("check", EXCHANGE), ("agencies", RENAMES)] if FULL else []


@pytest.mark.parametrize(("command", "disk"), WAYS)
def test_killed_at_a_step_on_the_disk(stories, socket, tmp_path, command, disk):
    story = stories(command)
    shutil.copytree(story.root, tmp_path / "whole")
    whole = story.life(socket, tmp_path / "whole", disk)
    assert differing(story.after, contents(tmp_path / "whole" / "outputs" / str(story.year))) == []
    steps = range(1, whole.steps + 1) if FULL else (*whole.renames, whole.renames[-1] + 1)
    ends = Counter()
    for step in steps:
        life, is_new = killed(story, socket, tmp_path / "office", disk, step=step)
        assert life.killed
        ends[is_new] += 1
    assert ends[False]
    assert ends[True]
    print(f"{command} on a disk that has {disk}: {len(steps)} steps, {ends[False]} old, {ends[True]} new")


@pytest.fixture(scope="module")
def city(tmp_path_factory, socket, stories):
    """The small office; in full, the sample year's 52 agencies."""

    made = {}

    def story(command):
        if not FULL:
            return stories(command)
        if command not in made:
            root = tmp_path_factory.mktemp(f"city-{command}") / "city"
            shutil.copytree(ROOT / "inputs", root / "inputs")
            for earlier in ("build", "agencies"):
                assert socket.run(earlier, "-q", "-w", root, "-y", 2020).code == 0
            settings = root / "inputs" / "2020" / "report.toml"
            text = settings.read_text(encoding="utf-8").replace('\ncompiler = "', '\ncompiler = "新的')
            settings.write_text(text, encoding="utf-8")
            if command != "build":
                next(iter(sorted((root / "inputs" / "2020" / "submissions").iterdir()))).unlink()
            made[command] = told(root, 2020, command, socket)
        return made[command]

    return story


@pytest.mark.parametrize("command", ["build", "check", "agencies"] if FULL else ["build"])
def test_killed_at_a_random_moment(city, socket, tmp_path, command):
    story = city(command)
    shutil.copytree(story.root, tmp_path / "whole")
    seconds = story.life(socket, tmp_path / "whole").seconds
    moments = random.Random(5)
    ends = Counter()
    for _ in range(MOMENTS):
        life, is_new = killed(story, socket, tmp_path / "office", moment=moments.uniform(0.01, seconds))
        ends[("new" if is_new else "old") if life.killed else "whole"] += 1
    print(f"{command}: {MOMENTS} moments within {seconds:.2f} s: {dict(ends)}")
