"""A new year's folder, and that nothing there is overwritten."""

import datetime
import errno

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.locking import locked
from pipeline.start import start_year
from pipeline.workspace import Workspace


def test_a_started_year_can_be_loaded_at_once(tmp_path, templates):
    made = start_year(tmp_path / "年报", 2021, "某某市", templates)
    inputs = load_inputs(Workspace.at(tmp_path / "年报", None), templates)
    assert made == tmp_path / "年报" / "inputs" / "2021"
    assert inputs.settings.organ == "某某市"
    assert inputs.settings.deadline == datetime.date(2022, 1, 31)
    assert inputs.form.edition == "2021"
    assert len(inputs.roster.agencies) == 3
    assert inputs.submissions == ()


def test_every_key_of_the_settings_is_explained(tmp_path, templates):
    made = start_year(tmp_path, 2021, "某某市", templates)
    for line in (made / "report.toml").read_text(encoding="utf-8").splitlines():
        assert not line or "#" in line


def test_a_year_that_is_there_is_not_touched(tmp_path, templates):
    start_year(tmp_path, 2021, "某某市", templates)
    settings = tmp_path / "inputs" / "2021" / "report.toml"
    settings.write_text("mine", encoding="utf-8")
    with pytest.raises(OperatorError, match="没有动它") as refused:
        start_year(tmp_path, 2021, "别的市", templates)
    assert refused.value.code is ExitCode.INPUT
    assert settings.read_text(encoding="utf-8") == "mine"


def test_a_year_without_a_form_is_refused(tmp_path, templates):
    with pytest.raises(OperatorError, match="2019"):
        start_year(tmp_path, 2015, "某某市", templates)
    assert list(tmp_path.iterdir()) == []


def test_an_organ_s_name_stands_in_the_settings_as_it_was_said(tmp_path, templates):
    start_year(tmp_path, 2021, '某"市\\', templates)
    assert Workspace.at(tmp_path, None).settings().organ == '某"市\\'


def test_an_organ_s_name_that_is_none_is_refused(tmp_path, templates):
    for organ in ("某\n市", " "):
        with pytest.raises(OperatorError, match="机关名称"):
            start_year(tmp_path, 2021, organ, templates)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(tmp_path, templates):
    (tmp_path / "inputs").write_text("x", encoding="utf-8")
    with pytest.raises(OperatorError) as refused:
        start_year(tmp_path, 2021, "某某市", templates)
    assert refused.value.code is ExitCode.OUTPUT


def test_a_disk_that_is_full_halfway_leaves_no_year(tmp_path, templates, monkeypatch):
    written = []

    def full(path, content):
        if written:
            raise OSError(errno.ENOSPC, "")
        written.append(path)
        path.write_bytes(content)

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.start.write_settled", full)
        with pytest.raises(OperatorError, match="磁盘已满") as refused:
            start_year(tmp_path, 2021, "某某市", templates)
    assert refused.value.code is ExitCode.OUTPUT
    assert list((tmp_path / "inputs").iterdir()) == []
    assert start_year(tmp_path, 2021, "某某市", templates).is_dir()


def test_what_a_killed_run_left_is_no_hindrance_and_goes(tmp_path, templates):
    left = tmp_path / "inputs" / ".2021.new"
    (left / "submissions").mkdir(parents=True)
    (left / "旧.txt").write_text("x", encoding="utf-8")
    made = start_year(tmp_path, 2021, "某某市", templates)
    assert [path.name for path in (tmp_path / "inputs").iterdir()] == ["2021"]
    assert sorted(path.name for path in made.iterdir()) == [
        "narrative.md",
        "report.toml",
        "roster.xlsx",
        "submissions",
    ]


def test_two_at_once_cannot_be(tmp_path, templates):
    with locked(Workspace(tmp_path, 2021)), pytest.raises(OperatorError) as refused:
        start_year(tmp_path, 2021, "某某市", templates)
    assert refused.value.code is ExitCode.LOCKED
    assert not (tmp_path / "inputs").exists()
