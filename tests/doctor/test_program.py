"""The program's own part: all of it there, and a line for whatever is not."""

import configparser
import re
import shutil
import sys
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.doctor import program
from pipeline.doctor.diagnosis import Patient, Verdict
from pipeline.doctor.program import PACKAGES, bundled_fonts, cluster, packages, versions
from pipeline.doctor.program import templates as templates_check
from pipeline.errors import ExitCode

SETUP = Path(__file__).parents[2] / "setup.cfg"


@pytest.fixture
def patient(templates):
    return Patient(templates, (), Path())


def test_every_package_that_the_program_requires_is_examined():
    setup = configparser.ConfigParser()
    setup.read(SETUP, encoding="utf-8")
    required = setup["options"]["install_requires"].split()
    assert [re.split(r"[\[>=<]", one)[0] for one in required] == list(PACKAGES)


def test_a_whole_program_is_well(patient):
    lines = [
        line for check in (versions, packages, templates_check, bundled_fonts) for line in check(patient)
    ]
    assert {line.verdict for line in lines} == {Verdict.GOOD}
    assert __version__ in lines[0].words
    assert "openpyxl 3" in lines[1].words
    assert "2019、2021" in lines[2].words
    assert "5 个都完好" in lines[3].words


def test_an_old_python_is_told(patient, monkeypatch):
    monkeypatch.setattr(program, "OLDEST_PYTHON", (9, 0))
    (line,) = versions(patient)
    assert (line.verdict, line.code) == (Verdict.BAD, ExitCode.DEPENDENCY)


def test_a_package_that_does_not_load_is_told_and_the_others_are_still_examined(patient, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    bad, good = packages(patient)
    assert (bad.verdict, bad.code) == (Verdict.BAD, ExitCode.DEPENDENCY)
    assert bad.words.startswith("python-calamine 用不了")
    assert "python-calamine" not in good.words
    assert "uharfbuzz" in good.words


def test_a_package_without_its_description_is_well_if_it_loads(patient, monkeypatch):
    monkeypatch.setattr(program, "PACKAGES", {"no-such-package": "json"})
    (line,) = packages(patient)
    assert (line.verdict, line.words) == (Verdict.GOOD, "no-such-package （版本不明）。")


def test_a_face_that_is_damaged_or_gone_is_told_by_its_file(templates, tmp_path):
    shutil.copytree(templates / "fonts", tmp_path / "fonts")
    kai, hei = tmp_path / "fonts/ReportKai-Regular.otf", tmp_path / "fonts/ReportHei-Medium.ttf"
    kai.unlink()
    hei.write_bytes(hei.read_bytes()[:-100_000])
    one, two = bundled_fonts(Patient(tmp_path, (), Path()))
    assert {one.code, two.code} == {ExitCode.DEPENDENCY}
    assert "ReportHei-Medium.ttf 文件不完整" in one.words
    assert "ReportKai-Regular.otf 找不到" in two.words


def test_a_cluster_is_nobody_s_need(monkeypatch, patient):
    (line,) = cluster(patient)
    assert line.verdict is Verdict.GOOD
    assert re.fullmatch(r"Dask [0-9.]+，可以用 --cluster。", line.words)
    monkeypatch.setattr(program, "CLUSTER", "no_such_package")
    (line,) = cluster(patient)
    assert (line.verdict, line.words) == (Verdict.GOOD, "没有装 Dask；不用 --cluster 就不需要。")


def test_a_cluster_package_that_does_not_load_is_care_and_not_the_end(monkeypatch, patient, tmp_path):
    (tmp_path / "broken_package.py").write_text("raise ImportError('no libc')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(program, "CLUSTER", "broken_package")
    (line,) = cluster(patient)
    assert line.verdict is Verdict.CARE
    assert "no libc" in line.words
