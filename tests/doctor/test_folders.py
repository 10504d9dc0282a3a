"""The year's folder: readable, writable, free, and named so that another computer opens it too."""

import shutil
import tempfile
from pathlib import Path

import pytest

from pipeline.doctor.diagnosis import Patient, Verdict
from pipeline.doctor.folders import LONGEST_OUTPUT, LONGEST_WINDOWS_PATH, folders
from pipeline.errors import ExitCode, OperatorError
from pipeline.locking import locked
from pipeline.workspace import Workspace


@pytest.fixture
def examined(office, templates):
    def lines(root=office.root, year=None):
        return {line.subject: line for line in folders(Patient(templates, (), root, year))}

    return lines


def test_an_office_in_order_is_well_and_nothing_is_left_behind(office, examined):
    before = sorted(office.root.rglob("*"))
    told = examined()
    assert {line.verdict for line in told.values()} == {Verdict.GOOD}
    assert "名册 3 家，收到 3 个文件" in told["报送材料"].words
    assert sorted(office.root.rglob("*")) == before


def test_outside_a_workspace_only_the_program_is_examined(templates, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (line,) = folders(Patient(templates, (), Path()))
    assert line.verdict is Verdict.CARE
    assert "不是工作文件夹，只检查程序本身" in line.words


def test_a_folder_or_year_that_was_asked_for_must_be_there(office, templates, tmp_path):
    for patient in (Patient(templates, (), tmp_path / "没有"), Patient(templates, (), office.root, 2011)):
        with pytest.raises(OperatorError) as refused:
            list(folders(patient))
        assert refused.value.code is ExitCode.INPUT


def test_what_build_could_not_read_is_told_as_build_would(office, examined):
    (office.inputs / "roster.xlsx").unlink()
    told = examined()
    assert (told["报送材料"].verdict, told["报送材料"].code) == (Verdict.BAD, ExitCode.INPUT)
    assert "roster.xlsx" in told["报送材料"].words
    assert told["输出文件夹"].verdict is Verdict.GOOD


def test_outputs_that_cannot_be_written_are_told(examined, monkeypatch):
    def refused(**_):
        raise PermissionError(13, "denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    told = examined()["输出文件夹"]
    assert (told.verdict, told.code) == (Verdict.BAD, ExitCode.OUTPUT)
    assert "没有权限" in told.words


def test_a_run_that_goes_on_is_told(office, examined):
    workspace = Workspace.at(office.root, None)
    with locked(workspace):
        told = examined()["运行锁"]
    assert told.verdict is Verdict.CARE
    assert examined()["运行锁"].verdict is Verdict.GOOD


@pytest.mark.parametrize("name", ["年报?", "年报 ", "年报."])
def test_a_name_that_windows_dislikes_is_told(office, examined, name, tmp_path):
    odd = tmp_path / name / "在里面"
    try:
        shutil.copytree(office.root / "inputs", odd / "inputs")
    except OSError:
        pytest.skip("this system dislikes it itself")
    told = examined(odd)["路径"]
    assert told.verdict is Verdict.CARE
    assert name in told.words


def test_a_path_too_long_for_windows_is_told(office, examined, tmp_path):
    deep = tmp_path
    while len(str(deep)) <= LONGEST_WINDOWS_PATH - LONGEST_OUTPUT:
        deep = deep / "很深的文件夹"
    shutil.copytree(office.root / "inputs", deep / "inputs")
    told = examined(deep)["路径"]
    assert told.verdict is Verdict.CARE
    assert "太长" in told.words
