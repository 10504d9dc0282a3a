"""Pulling the plug: whenever build, check, agencies or blank is killed, the outputs are all old or all new.

The real program in a process of its own, SIGKILL. In the gate a small office, killed at each renaming;
``MAKE_REPORT_PROOF=full`` kills it at every step it takes on the disk, on a disk that exchanges folders, on one that
only renames them, and on one where the report is open; and 100 times in the midst of its work at a random moment,
build and check with the 52 agencies of the sample year. What is printed then (``pytest -rP``) stands in
tests/benchmarks/README.md.
"""

import shutil
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from kit.desk import make_report
from kit.office import AGENCIES, NARRATIVE, TEXTS, TODAY, open_office
from kit.plug import EXCHANGE, FULL, HELD, RENAMES, TIMES, Life, Socket, contents, differing, moments
from pipeline.errors import ExitCode
from pipeline.outputs import is_unfinished
from pipeline.workbooks.roster_blank import roster_workbook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL, fork")

ROOT = Path(__file__).parent.parent
COMMANDS = ("build", "check", "agencies", "blank")
IN_A_ROW = 3
"""How often at most the power fails before a run is let through."""
OFFICE, BUREAU, DISTRICT = AGENCIES
UNFILLED = {**TEXTS, 5: "公开内容还不够丰富，共举办XX次培训。"}
"""A text that is to be looked at again: a slip, and a report all the same."""
WRONG = {"disputes.reconsideration.total": 10**6}


class Story(Struct, frozen=True):
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
            for earlier in ("build", "agencies", "blank"):
                assert socket.run(earlier, "-q", "-w", office.root).code == 0
            (office.outputs / "备忘.txt").write_text("某人的", encoding="utf-8")
            edited = ("*.docx", "退回单/*.docx", f"空白表/{OFFICE.code}*.xlsx")
            for path in (path for pattern in edited for path in office.outputs.glob(pattern)):
                path.write_bytes(path.read_bytes() + b"edited")
            office.submit(BUREAU)
            office.submit(OFFICE, texts=UNFILLED)
            office.write("narrative.md", NARRATIVE.replace("不够丰富", "不够多"))
            if command == "blank":
                renamed = (OFFICE, replace(BUREAU, name="市教育体育局"), DISTRICT)
                (office.inputs / "roster.xlsx").write_bytes(roster_workbook(renamed, TODAY))
            elif command != "build":
                office.submit(DISTRICT, WRONG)
            made[command] = told(office.root, office.year, command, socket)
        return made[command]

    return story


def test_the_stories_are_about_something(stories):
    """Else all that follows proves nothing."""
    for command, code in zip(COMMANDS, (0, 1, 1, 0), strict=True):
        story = stories(command)
        assert story.code == code
        assert story.before["备忘.txt"] == story.after["备忘.txt"]
    build, check, agencies, blank = map(stories, COMMANDS)
    changed = {name for name in build.before if build.before[name] != build.after.get(name)}
    assert {Path(name).suffix for name in changed} == {".docx", ".pdf", ".html", ".xlsx", ".json"}
    assert sum("改动备份" in name for name in build.after) == 1
    for story in (build, check):
        assert story.after["退回单/已作废/市教育局退回单.docx"].endswith(b"edited")
        assert {"退回单/已作废/市教育局退回单.pdf", "退回单/市政府办公室退回单.docx"} <= {*story.after} - {
            *story.before
        }
    assert any("已作废/海拉尔区" in name for name in agencies.after)
    assert sum("改动备份" in name for name in blank.after) == 1
    assert any("市教育体育局" in name for name in {*blank.after} - {*blank.before})


def looked_at(story, root, disk=EXCHANGE):
    """What a killed run left is whole; whether it is the new."""
    outputs = root / "outputs" / str(story.year)
    if is_unfinished(outputs):
        assert disk != EXCHANGE, "there is always a folder of outputs"
        assert make_report("status", "-q", "-w", root, "-y", story.year).code in (0, 1)
        assert differing(story.after, contents(outputs)) == [], "whoever looks next sees it done"
    left = contents(outputs)
    assert [] in (differing(story.before, left), differing(story.after, left)), "a mixture of old and new"
    return left == story.after


def let_through(story, socket, root, disk=EXCHANGE):
    """The next run ends as if nothing had happened."""
    outputs = root / "outputs" / str(story.year)
    assert story.life(socket, root, disk).code == story.code, "the lock is free, the next run goes through"
    assert differing(story.after, contents(outputs)) == []
    assert {path.name for path in outputs.parent.iterdir()} == {
        f".{story.year}.lock",
        f".{story.year}.opinions",
        f".{story.year}.readings",
        outputs.name,
    }
    shutil.rmtree(root)


WAYS = [("build", EXCHANGE), ("check", RENAMES), ("check", HELD), ("agencies", EXCHANGE), ("blank", RENAMES)]
WAYS += [("build", RENAMES), ("check", EXCHANGE), ("agencies", RENAMES), ("blank", EXCHANGE)] if FULL else []


@pytest.mark.parametrize(("command", "disk"), WAYS)
def test_killed_at_a_step_on_the_disk(stories, socket, tmp_path, command, disk):
    story = stories(command)
    shutil.copytree(story.root, tmp_path / "whole")
    whole = story.life(socket, tmp_path / "whole", disk)
    assert differing(story.after, contents(tmp_path / "whole" / "outputs" / str(story.year))) == []
    steps = range(1, whole.steps + 1) if FULL else (*whole.renames, whole.renames[-1] + 1)
    ends = Counter()
    for step in steps:
        root = tmp_path / "office"
        shutil.copytree(story.root, root)
        assert story.life(socket, root, disk, step=step).killed
        ends[looked_at(story, root, disk)] += 1
        let_through(story, socket, root, disk)
    assert ends[False]
    assert ends[True]
    print(f"{command} on a disk that has {disk}: {len(steps)} steps, {ends[False]} old, {ends[True]} new")


@pytest.fixture(scope="module")
def city(tmp_path_factory, socket, stories):
    """The small office; in full, the sample year's 52 agencies."""

    def story(command):
        if not FULL or command not in ("build", "check"):
            return stories(command)
        root = tmp_path_factory.mktemp(f"city-{command}") / "city"
        shutil.copytree(ROOT / "inputs", root / "inputs")
        assert socket.run("build", "-q", "-w", root, "-y", 2020).code == 0
        settings = root / "inputs" / "2020" / "report.toml"
        text = settings.read_text(encoding="utf-8").replace('\ncompiler = "', '\ncompiler = "新的')
        settings.write_text(text, encoding="utf-8")
        if command == "check":
            next(iter(sorted((root / "inputs" / "2020" / "submissions").iterdir()))).unlink()
        return told(root, 2020, command, socket)

    return story


@pytest.mark.parametrize("command", COMMANDS if FULL else ["build"])
def test_killed_at_random_moments(city, socket, tmp_path, command):
    """The power fails, and fails again: each time all is old or all is new, and at last a run goes through."""
    story, root = city(command), tmp_path / "office"
    drawn = moments(undisturbed(story, socket, root, runs=3 if FULL else 1))
    ends = Counter()
    while ends["old"] + ends["new"] < TIMES:
        shutil.copytree(story.root, root)
        for moment in islice(drawn, IN_A_ROW):
            life = story.life(socket, root, moment=moment)
            assert life.killed or life.code == story.code
            is_new = looked_at(story, root)
            ends["new" if life.killed and is_new else "old" if life.killed else "ended before"] += 1
            if is_new:
                break
        let_through(story, socket, root)
    print(f"{command}, {story.year}: killed at random moments: {dict(ends)}")


def undisturbed(story, socket, root, runs):
    """Whole runs, each of a copy of the year."""
    for _ in range(runs):
        shutil.copytree(story.root, root)
        yield story.life(socket, root)
        shutil.rmtree(root)


def test_a_new_year_is_whole_or_not_there(stories, socket, tmp_path):
    """``init --from`` killed at a step: the same words again make the year, with nothing left over."""
    last = stories("build")

    def rolled(root, **how):
        return socket.run("init", "-q", "-y", last.year + 1, "--from", last.year, root, **how)

    inputs = tmp_path / "office" / "inputs"
    shutil.copytree(last.root, tmp_path / "whole")
    whole = rolled(tmp_path / "whole")
    made = contents(tmp_path / "whole" / "inputs" / "2020")
    assert {"report.toml", "roster.xlsx", "narrative.md", "previous.xlsx"} == set(made)
    steps = range(1, whole.steps + 1) if FULL else (whole.renames[-1] - 1, whole.renames[-1] + 1)
    ends = Counter()
    for step in steps:
        shutil.copytree(last.root, inputs.parent)
        assert rolled(inputs.parent, step=step).killed
        is_there = (inputs / "2020").exists()
        assert rolled(inputs.parent).code == (ExitCode.INPUT if is_there else ExitCode.OK)
        assert contents(inputs / "2020") == made
        assert (inputs / "2020" / "submissions").is_dir()
        assert sorted(path.name for path in inputs.iterdir()) == ["2019", "2020"]
        shutil.rmtree(inputs.parent)
        ends[is_there] += 1
    assert ends[False]
    assert ends[True]
    print(f"init --from: {len(steps)} steps, {ends[False]} not there, {ends[True]} whole")
