"""The computer's own faces: which one is used where, and why another is not."""

import pytest

from kit.typeface import FANG, HEI, named
from pipeline.doctor.diagnosis import Patient, Verdict
from pipeline.doctor.own_fonts import own_fonts

SYSTEM = '\nfonts = "system"\n'


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "fonts"
    made.mkdir()
    return made


def lines(office, templates, folder, settings=""):
    path = office.inputs / "report.toml"
    path.write_text(path.read_text(encoding="utf-8") + settings, encoding="utf-8")
    told = tuple(own_fonts(Patient(templates, (folder,), office.root)))
    return {line.subject: line for line in told}


def test_while_the_programs_own_faces_are_used_nothing_here_is_amiss(office, templates, folder):
    (folder / "a.ttf").write_bytes(named(HEI, "黑体", licence=2))
    (folder / "b.ttf").write_bytes(b"")
    told = lines(office, templates, folder)
    assert {line.verdict for line in told.values()} == {Verdict.GOOD}
    assert 'fonts = "system"' in told["PDF 的字体"].words
    assert "没有装 仿宋_GB2312、仿宋" in told["本机的仿宋"].words


def test_a_face_that_is_used_is_named_with_its_file(office, templates, folder):
    (folder / "fs.otf").write_bytes(named(FANG, "仿宋_GB2312"))
    told = lines(office, templates, folder, SYSTEM)
    assert told["本机的仿宋"].verdict is Verdict.GOOD
    assert told["本机的仿宋"].words == f"仿宋_GB2312（{folder / 'fs.otf'}）。"
    assert str(folder) in told["找字体的文件夹"].words


def test_a_stand_in_says_which_better_face_is_not_installed_and_is_no_fault(office, templates, folder):
    (folder / "fs.otf").write_bytes(named(FANG, "仿宋"))
    told = lines(office, templates, folder, SYSTEM)["本机的仿宋"]
    assert told.verdict is Verdict.GOOD
    assert told.words == f"仿宋（{folder / 'fs.otf'}）。没有装 仿宋_GB2312。"


def test_a_face_that_may_not_be_embedded_is_told_with_the_reason(office, templates, folder):
    (folder / "hei.ttf").write_bytes(named(HEI, "黑体", licence=2))
    told = lines(office, templates, folder, SYSTEM)["本机的黑体"]
    assert told.verdict is Verdict.CARE
    assert told.words.startswith(f"黑体（{folder / 'hei.ttf'}）不能用：字体的授权不允许嵌入文件。")
    assert "用程序自带的" in told.words


def test_what_is_not_installed_and_what_cannot_be_read_are_told(office, templates, folder):
    (folder / "b.ttf").write_bytes(b"")
    told = lines(office, templates, folder, SYSTEM)
    assert told["本机的楷体"].verdict is Verdict.CARE
    assert "没有装 楷体_GB2312、楷体" in told["本机的楷体"].words
    assert f"{folder / 'b.ttf'} 没有用：" in told["本机的字体文件"].words


def test_outside_a_workspace_the_faces_are_looked_for_all_the_same(templates, tmp_path, folder):
    (folder / "fs.otf").write_bytes(named(FANG, "仿宋_GB2312"))
    told = {line.subject: line.words for line in own_fonts(Patient(templates, (folder,), tmp_path))}
    assert told["本机的仿宋"].startswith("仿宋_GB2312")
    assert "程序自带的" in told["PDF 的字体"]


def test_without_any_folder_of_fonts_that_is_said(office, templates, folder):
    assert lines(office, templates, folder / "none")["找字体的文件夹"].words == "一个也没有。"
