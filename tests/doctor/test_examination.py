"""The whole examination: every part of it whatever is broken, in order, for people and programs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.doctor import examination
from pipeline.doctor.diagnosis import Diagnosis, Patient, Verdict
from pipeline.doctor.examination import CHECKS, diagnose, diagnosis_json, doctor_lines, exit_code
from pipeline.errors import ExitCode

LINES = (
    Diagnosis("程序", Verdict.GOOD, "都好。"),
    Diagnosis("字体", Verdict.CARE, "少一个。"),
    Diagnosis("文件夹", Verdict.BAD, "写不进去。", ExitCode.OUTPUT),
    Diagnosis("别的", Verdict.BAD, "读不出来。", ExitCode.INPUT),
)


def test_a_person_reads_verdict_subject_and_words_and_the_sum():
    assert list(doctor_lines(LINES)) == [
        "好　　程序：都好。",
        "注意　字体：少一个。",
        "不行　文件夹：写不进去。",
        "不行　别的：读不出来。",
        "检查完毕：不行 2，注意 1，好 1。",
    ]


def test_a_program_reads_the_same():
    told = json.loads(diagnosis_json(LINES))
    assert told["exit_code"] == 5
    assert told["checks"][1] == {"subject": "字体", "verdict": "care", "words": "少一个。"}


def test_the_exit_code_is_that_of_the_first_fault_and_a_care_is_none():
    assert exit_code(LINES) is ExitCode.OUTPUT
    assert exit_code(LINES[:2]) is ExitCode.OK


def test_every_check_is_made_even_if_one_breaks(office, templates, monkeypatch):
    def broken(_):
        yield LINES[0]
        raise RuntimeError("坏了")

    patient = Patient(templates, (), office.root)
    well = diagnose(patient)
    assert {line.verdict for line in well} == {Verdict.GOOD}
    monkeypatch.setattr(examination, "CHECKS", {**CHECKS, "模板": broken})
    told = diagnose(patient)
    broken_at = list(CHECKS).index("模板")
    assert told[:broken_at] + told[broken_at + 2 :] == well[:broken_at] + well[broken_at + 1 :]
    assert exit_code(told) is ExitCode.DEPENDENCY
    assert "坏了" in next(line.words for line in told if line.verdict is Verdict.BAD)


@pytest.mark.parametrize("package", ["uharfbuzz", "openpyxl", "fontTools", "rich", "filelock", "docx"])
def test_the_doctor_comes_even_where_a_package_is_broken(package, tmp_path):
    """In a process of its own, where nothing has been loaded yet."""
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").write_text("raise ImportError('DLL load failed')", encoding="utf-8")
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from pipeline.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", program, "doctor", "--json"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert ended.returncode == 9, ended.stderr
    checks = json.loads(ended.stdout)["checks"]
    assert any("DLL load failed" in check["words"] for check in checks if check["verdict"] == "bad")
    assert checks[-1]["subject"] == "工作文件夹"
