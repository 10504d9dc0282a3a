"""The program as a person meets it: words, exit codes, files, and what happens when something is wrong."""

import json
import os
import subprocess
import sys

import pytest

from kit.desk import make_report
from kit.office import AGENCIES
from pipeline.garbage import SELDOM

COMMANDS = [
    "init",
    "blank",
    "status",
    "check",
    "build",
    "agencies",
    "verify",
    "send",
    "batch",
    "schedule",
    "figures",
    "accept",
    "diff",
    "trace",
    "rules",
    "explain",
    "doctor",
]
_, BUREAU, _ = AGENCIES


def test_help_is_chinese_with_an_example():
    said = make_report("--help")
    assert said.code == 0
    assert "用法：" in said.out
    assert "Usage" not in said.out
    for command in COMMANDS:
        own = make_report(command, "--help")
        assert "例：make-report" in own.out
        assert "Options" not in own.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "没有 chek 这个命令。 是不是 'check'"),
        (["build", "--yeer", "2020"], "没有 --yeer 这个选项"),
        (["build", "-y", "去年"], "不是整数"),
        (["trace"], "没有写"),
        (["status", "多余"], "多写了：多余"),
        (["explain", "row-totals"], "row-total"),
        (["accept", "in-force", "--until", "明年"], "“明年”不是日期，请写成 2021-03-31 的样子"),
    ],
)
def test_a_slip_on_the_command_line_is_answered_in_chinese(words, said):
    ended = make_report(*words)
    assert ended.code == 2
    assert said in ended.err


def test_make_report_alone_builds(office):
    said = make_report("-w", office.root)
    assert said.code == 0
    assert (
        "回读核对：表格应有 285 格，相符：Word 285 格，PDF 285 格，网页 285 格，粘贴用网页 285 格" in said.out
    )
    assert (office.outputs / "run.json").is_file()


def spoil(office, what):
    inputs = office.inputs
    if what == "no workspace":
        (office.root / "inputs").rename(office.root / "别处")
    elif what == "empty submissions":
        for path in office.submissions.iterdir():
            path.unlink()
    elif what == "no submissions":
        office.submissions.rename(office.root / "别处")
    elif what == "broken settings":
        (inputs / "report.toml").write_text("organ = ", encoding="utf-8")
    elif what == "no roster":
        (inputs / "roster.xlsx").unlink()
    elif what == "roster is no workbook":
        (inputs / "roster.xlsx").write_bytes(b"%PDF-1.7")
    elif what == "narrative names nothing":
        (inputs / "narrative.md").write_text("{{ requests.recieved.total }}", encoding="utf-8")
    elif what == "open report":
        make_report("-q", "-w", office.root)
        report = next(office.outputs.glob("*.docx"))
        (office.outputs / f".~lock.{report.name}#").write_bytes(b"")


@pytest.mark.parametrize(
    ("what", "code", "said"),
    [
        ("no workspace", 3, "不是工作文件夹"),
        ("empty submissions", 3, "是空的"),
        ("no submissions", 3, "没有文件夹"),
        ("broken settings", 3, "report.toml"),
        ("no roster", 3, "roster.xlsx"),
        ("roster is no workbook", 3, "roster.xlsx"),
        ("narrative names nothing", 4, "requests.received.total"),
        ("open report", 5, "请关上再运行"),
    ],
)
def test_what_stops_the_program_is_a_sentence_with_a_code_and_leaves_outputs_alone(office, what, code, said):
    spoil(office, what)
    before = {path: path.read_bytes() for path in office.root.rglob("outputs/**/*") if path.is_file()}
    ended = make_report("build", "-w", office.root)
    assert ended.code == code
    assert said in ended.err
    assert ended.err.startswith("做不下去：")
    assert "Traceback" not in ended.err
    assert {path: path.read_bytes() for path in before} == before


def test_a_wrong_narrative_is_said_after_what_is_wrong_with_the_tables(office):
    office.write("narrative.md", "{{ requests.recieved.total }}")
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    for command in ("check", "build"):
        said = make_report(command, "-w", office.root)
        assert said.code == 4
        assert "（disputes-total）" in said.out
        assert "requests.received.total" in said.err


def test_a_roster_with_a_code_twice_is_refused(office):
    import datetime

    from pipeline.workbooks.roster_blank import roster_workbook

    twice = (*AGENCIES, type(BUREAU)("02", "市财政局", "市直机关"))
    (office.inputs / "roster.xlsx").write_bytes(roster_workbook(twice, datetime.date(2020, 1, 1)))
    said = make_report("build", "-w", office.root)
    assert said.code == 3
    assert "02" in said.err


def test_a_bug_keeps_its_traceback_and_ends_70(office, monkeypatch):
    import pipeline.build

    def broken(*_, **__):
        raise ZeroDivisionError("x")

    monkeypatch.setattr(pipeline.build, "build", broken)
    said = make_report("-w", office.root)
    assert said.code == 70
    assert "ZeroDivisionError" in said.err
    assert "不是您的操作问题" in said.err


def test_an_interrupted_run_ends_130(office, monkeypatch):
    import pipeline.build

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.build, "build", stopped)
    assert make_report("-w", office.root).code == 130


def test_help_loads_no_heavy_library_and_garbage_is_looked_for_seldom_and_not_at_the_end():
    program = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 1000, file=sys.stderr))\n"  # the last to be called
        "sys.argv = ['make-report', '--help']\nfrom pipeline.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'openpyxl', 'docx', 'reportlab', 'jinja2', 'lxml', 'pypdfium2', 'python_calamine', 'rich'}\n"
        "heavy |= {'traceback', 'hashlib', 'tomllib', 'msgspec'}\n"  # what reads folders and settings, and keeps values
        "print(sorted(heavy & set(sys.modules)), gc.get_threshold()[0], file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    assert ended.stderr.strip() == f"[] {SELDOM}\nTrue"


def test_a_run_for_which_nothing_new_arrived_loads_no_reader_of_workbooks_and_no_printer_of_slips(office):
    """The second of two checks: what they are read and marked with took a tenth of its time to load."""
    program = (
        f"import sys\nsys.argv = ['make-report', 'check', '-q', '-w', {str(office.root)!r}]\n"
        "from pipeline.cli import main\ntry:\n    main()\nexcept SystemExit as ended:\n    code = ended.code\n"
        "slow = {'pipeline.workbooks.read', 'pipeline.slip', 'openpyxl', 'docx', 'PIL', 'reportlab.pdfgen'}\n"
        "print(code, sorted(slow & set(sys.modules)))\n"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
        for _ in range(2)
    )
    assert first.stdout.strip() != second.stdout.strip()
    assert second.stdout.strip() == "0 []"


def test_the_installed_program_speaks_utf_8_whatever_the_system_says(office):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    program = [
        sys.executable,
        "-c",
        "from pipeline.cli import main; main()",
        "status",
        "--json",
        "-w",
        str(office.root),
    ]
    ended = subprocess.run(program, capture_output=True, check=True, env=environment)
    assert json.loads(ended.stdout.decode("utf-8"))["agencies"][1]["agency"] == "市教育局"
