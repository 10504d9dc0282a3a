"""What makes tonight's run another than last night's: every file the results follow from, and passed dates."""

import datetime
import os
import shutil
import subprocess
import sys
from importlib import metadata

import pytest

from kit.office import AGENCIES
from pipeline import fingerprint as module
from pipeline.errors import OperatorError
from pipeline.fingerprint import fingerprint
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 1, 10)
TODAY = DAY


@pytest.fixture
def print_of(office, templates, tmp_path):
    """Takes the office's fingerprint, by the templates' copy."""
    copy = tmp_path / "templates"
    shutil.copytree(templates, copy, ignore=shutil.ignore_patterns("fonts"))

    def taken(day=TODAY, *words):
        return fingerprint(Workspace.at(office.root, 2019), copy, (tmp_path / "fonts",), day, *words)

    taken.templates = copy
    return taken


def test_the_same_files_are_the_same_on_another_day_whatever_their_times(office, print_of):
    before = print_of()
    for path in office.inputs.rglob("*.xlsx"):
        path.touch()
    assert print_of(TODAY + datetime.timedelta(days=1)) == before


@pytest.mark.parametrize(
    "change",
    [
        "workbook",
        "new workbook",
        "new workbook in an odd folder",
        "gone",
        "renamed",
        "settings",
        "roster",
        "narrative",
        "accepted",
        "previous",
    ],
)
def test_whatever_an_office_changes_makes_it_another(office, print_of, change):
    before = print_of()
    first = office.submissions / f"{AGENCIES[0].name}.xlsx"
    if change == "workbook":
        first.write_bytes(first.read_bytes() + b"\0")
    elif change == "new workbook":
        office.submit(AGENCIES[0], name="又报.xlsx")
    elif change == "new workbook in an odd folder":
        (office.submissions / "__pycache__").mkdir()
        shutil.copy(first, office.submissions / "__pycache__" / "又报.xlsx")
    elif change == "gone":
        first.unlink()
    elif change == "renamed":
        first.rename(first.with_name("改名.xlsx"))
    else:
        name = {"settings": "report.toml", "roster": "roster.xlsx", "narrative": "narrative.md"}
        path = office.inputs / name.get(change, "accepted.toml" if change == "accepted" else "previous.xlsx")
        path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    assert print_of() != before


def test_a_template_a_library_the_program_or_a_word_of_the_command_makes_it_another(
    print_of, monkeypatch, tmp_path
):
    before = print_of()
    assert print_of(TODAY, "confirm") != before
    (print_of.templates / "mail" / "report.txt").write_text("主题：别的\n", encoding="utf-8")
    changed = print_of()
    assert changed != before
    with monkeypatch.context() as patch:
        patch.setattr(module, "_version", lambda name: "0")
        assert print_of() == changed, "what is loaded runs on"
        module._program.cache_clear()  # which is another process
        assert print_of() != changed
    module._program.cache_clear()
    program = tmp_path / "program"
    program.mkdir()
    (program / "run.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(module, "PROGRAM", program)
    assert print_of() != changed


def test_a_file_open_in_word_leaves_marks_that_do_not_count(office, print_of):
    before = print_of()
    (office.inputs / "~$narrative.docx").write_bytes(b"x")
    (office.submissions / ".~lock.a.xlsx#").write_bytes(b"x")
    assert print_of() == before


def test_what_is_no_file_counts_and_is_not_opened(office, print_of):
    """A run says of a pipe, which would never end, that it is none."""
    before = print_of()
    odd = office.submissions / "市水务局.xlsx"
    try:
        os.mkfifo(odd)
    except (AttributeError, OSError):
        pytest.skip("no pipes here")
    assert print_of() != before


def test_the_day_after_a_deadline_and_after_an_acceptance_ends_is_another(office, print_of):
    settings = office.inputs / "report.toml"
    settings.write_text(f"deadline = {DAY}\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    office.write("accepted.toml", "[[accept]]\nuntil = 2020-02-01\n")
    days = [DAY + datetime.timedelta(days=number) for number in range(-2, 40)]
    prints = [print_of(day) for day in days]
    turns = [day for day, one, other in zip(days[1:], prints, prints[1:], strict=False) if one != other]
    assert turns == [datetime.date(2020, 1, 11), datetime.date(2020, 2, 2)]


def test_last_year_s_inputs_count_where_its_ledger_is_not_there(office, print_of):
    before = print_of()
    other = office.root / "inputs" / "2018"
    other.mkdir()
    (other / "roster.xlsx").write_bytes(b"x")
    assert print_of() != before
    (office.inputs / "previous.xlsx").write_bytes(b"x")
    with_ledger = print_of()
    (other / "roster.xlsx").write_bytes(b"y")
    assert print_of() == with_ledger


def test_the_computer_s_fonts_count_for_an_office_that_prints_with_them(office, print_of, tmp_path):
    (tmp_path / "fonts").mkdir()
    before = print_of()
    (tmp_path / "fonts" / "a.ttf").write_bytes(b"x")
    assert print_of() == before
    office.write(
        "report.toml", f'fonts = "system"\n{(office.inputs / "report.toml").read_text(encoding="utf-8")}'
    )
    system = print_of()
    (tmp_path / "fonts" / "b.ttf").write_bytes(b"x")
    assert print_of() != system


def test_without_settings_there_is_nothing_to_compare(office, print_of):
    (office.inputs / "report.toml").unlink()
    with pytest.raises(OperatorError, match=r"report\.toml"):
        print_of()


def test_taking_it_loads_nothing_that_reads_or_writes_documents():
    heavy = {
        "openpyxl",
        "docx",
        "reportlab",
        "lxml",
        "python_calamine",
        "jinja2",
        "rich",
        "smtplib",
    }
    program = f"import pipeline.batch, pipeline.cli, sys; print(sorted({heavy!r} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_a_package_s_version_is_the_one_pip_tells_of_and_one_that_is_not_there_has_none():
    module.identity.cache_clear()
    ours = module.identity()
    packages = set(ours) - {"make-report", "Python", "程序文件", "模板"}
    assert {name: ours[name] for name in packages} == {name: metadata.version(name) for name in packages}
    assert module._version("no-such-package") == ""


def test_a_program_is_known_by_its_versions_and_its_own_files(monkeypatch, tmp_path):
    module.identity.cache_clear()
    ours = module.identity()
    assert {"make-report", "Python", "lxml", "程序文件", "模板"} <= set(ours)
    monkeypatch.setattr(module, "PROGRAM", tmp_path)
    assert module.identity() == ours  # as it was when first asked
    module.identity.cache_clear()
    theirs = module.identity()
    module.identity.cache_clear()
    assert [name for name in ours if ours[name] != theirs[name]] == ["程序文件"]
