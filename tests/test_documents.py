"""The README and the manual say what the program does: commands, codes, links, numbers and names in braces."""

import re
import shlex
from pathlib import Path

import click
import pytest

from pipeline.cli import commands
from pipeline.errors import ExitCode
from pipeline.gather import load_inputs
from pipeline.model.finding import Catalogue
from pipeline.model.number import NumberKind, plain
from pipeline.narrate.facts import Facts
from pipeline.narrate.narrate import narrate
from pipeline.run import add_up, facts
from pipeline.workbooks.number import read_number
from pipeline.workspace import Workspace

ROOT = Path(__file__).parent.parent
README, MANUAL = ROOT / "README.md", ROOT / "docs" / "使用手册.md"
BOTH = pytest.mark.parametrize("document", [README, MANUAL], ids=["README", "manual"])
KINDS = {
    "件数": NumberKind.COUNT,
    "增减": NumberKind.CHANGE,
    "金额": NumberKind.YUAN,
    "收费金额（万元）": NumberKind.WAN,
}
BLANK = "（空着）"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PICTURE_BYTES = 150_000


def recipes(document: Path) -> list[list[str]]:
    """The words after make-report on every line of a code block, and between every pair of back-ticks."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    prose = re.sub(r"^```\n.*?^```", "", text, flags=re.M | re.S)
    lines += [quoted for quoted in re.findall(r"`([^`\n]+)`", prose) if quoted.startswith("make-report")]
    found = (re.match(r"\S*make-report(?: (.*))?$", line) for line in lines)
    return [shlex.split(one[1] or "", comments=True) for one in found if one]


def rows(heading: str) -> list[list[str]]:
    """The lines of the manual's tables under a heading, in cells, without their back-ticks."""
    section = re.split(r"^## ", MANUAL.read_text(encoding="utf-8"), flags=re.M)
    text = next(part for part in section if part.startswith(heading))
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


@BOTH
def test_every_command_has_a_recipe_and_every_recipe_is_one_the_program_understands(document):
    told = recipes(document)
    assert {words[0] for words in told if words} >= set(commands.commands)
    for words in told:
        if words and words[0] in commands.commands:
            commands.commands[words[0]].make_context(words[0], words[1:])
        elif "--help" not in words:
            commands.make_context("make-report", words)


def test_a_recipe_with_an_option_the_program_lacks_would_not_pass():
    with pytest.raises(click.UsageError):
        commands.commands["init"].make_context("init", ["年报", "--form", "2024"])


def test_the_readmes_exit_codes_are_the_programs():
    table = re.findall(r"^\| (\d+) \| (\w+) \|", README.read_text(encoding="utf-8"), re.M)
    assert {name: int(code) for code, name in table} == {one.name.lower(): one.value for one in ExitCode}


def test_the_manual_explains_every_exit_code():
    assert [row[0] for row in rows("退出码")[1:]] == [str(one.value) for one in ExitCode]


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])
def test_every_link_and_picture_is_there(document):
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        path, _, place = target.partition("#")
        assert (document.parent / path).exists(), target
        if not path:
            assert f"## {place}\n" in document.read_text(encoding="utf-8"), target


def test_every_picture_is_shown_somewhere_and_is_small():
    shown = "".join(document.read_text(encoding="utf-8") for document in (README, MANUAL))
    for picture in (ROOT / "docs" / "pictures").iterdir():
        assert picture.name in shown
        assert picture.stat().st_size <= PICTURE_BYTES


def test_what_the_manual_says_is_read_is_read_so_and_what_it_says_is_asked_back_is():
    table = [row for row in rows("收表") if row[1] in KINDS]
    assert len(table) > 10
    for typed, kind, outcome in table:
        text = "" if typed == BLANK else typed.strip("`")
        reading = read_number(KINDS[kind], text, "万元" if "（万元）" in kind else "")
        if outcome.startswith("`"):
            assert f"`{reading.problem}`" == outcome.split()[0], typed
        else:
            assert reading.value is not None, typed
            assert plain(reading.value) == outcome, typed


@BOTH
def test_the_finding_codes_it_names_are_in_the_catalogue(document, catalogue: Catalogue):
    text = document.read_text(encoding="utf-8")
    codes = re.findall(r"（([a-z]+(?:-[a-z]+)+)）|code = \"([a-z-]+)\"|explain ([a-z]+-[a-z-]+)", text)
    assert {code for found in codes for code in found if code} <= set(catalogue.kinds)


@pytest.fixture(scope="module")
def sample(templates: Path) -> Facts:
    """What a narrative of the sample year may name."""
    inputs = load_inputs(Workspace.at(ROOT, 2020), templates)
    _, sums = add_up(inputs)
    return facts(inputs, sums)


def test_what_the_manual_writes_in_braces_prints_what_it_says(sample: Facts, catalogue: Catalogue):
    table = [row for row in rows("正文") if row[0].startswith("`")]
    written = "\n\n".join(["一、总体情况", *(cell.strip("`") for cell, _ in table)])
    narrative, _ = narrate(written.encode(), "narrative.md", sample, catalogue)
    assert [passage.text for passage in narrative.passages] == [row[1] for row in table]
