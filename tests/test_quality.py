"""What the gate keeps of the code itself: a test file for every module, a map in every folder, names of the field."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for path in (ROOT / "pipeline").rglob("*.py") if path.name != "__init__.py")
VAGUE = {
    "process",
    "handle",
    "manage",
    "do",
    "util",
    "utils",
    "helper",
    "misc",
    "common",
    "info",
    "data",
    "obj",
    "tmp",
}
WORDS_OF_OTHERS = {"data_type", "info_dict"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_has_its_test_file(module):
    place = module.relative_to(ROOT / "pipeline")
    assert (ROOT / "tests" / place.parent / f"test_{place.name}").is_file()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_names_are_the_field_s(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    named = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    }
    arguments = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    vague = {name for name in named | arguments if VAGUE & set(re.findall("[a-z]+", name.lower()))}
    assert vague - WORDS_OF_OTHERS == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_can_be_taken_in_at_a_look(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 300


def test_every_folder_has_its_map():
    folders = {path.parent for path in (*MODULES, *(ROOT / "templates").rglob("*.toml"))} | {
        ROOT / name for name in ("inputs", "outputs", "tests", "tools", "templates", "templates/fonts")
    }
    assert [
        folder.relative_to(ROOT).as_posix()
        for folder in sorted(folders)
        if not (folder / "README.md").is_file()
    ] == []


def test_nothing_reads_what_only_this_workplace_has():
    pattern = re.compile("/work/" + r"|\.\./shared|\." + "library")
    texts = [path for path in ROOT.glob("*.*") if path.suffix in {".md", ".cfg", ".toml"}]
    texts += [
        *MODULES,
        *(ROOT / "tools").glob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        *ROOT.rglob("docs/*.md"),
    ]
    assert [
        path.name
        for path in texts
        if path.name != "test_quality.py" and pattern.search(path.read_text(encoding="utf-8"))
    ] == []


def test_no_pattern_has_what_python_3_11_2_never_matches():
    """``(…)?+`` there matches neither with the group nor without: error cells were read as blank."""
    assert [path.name for path in MODULES if ")?+" in path.read_text(encoding="utf-8")] == []
