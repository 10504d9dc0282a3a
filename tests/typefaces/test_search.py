"""The office's own faces in its font folders: the best that can be used, and a reason for each that cannot."""

import os
import shutil
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.typeface import BOLD, FANG, HEI, KAI, SONG, collection, named, ordinary, renamed
from pipeline.model.typeface import FaceFile
from pipeline.typefaces import search as searching
from pipeline.typefaces.search import search

NOTHING = ("title", "hei", "kai", "fang", "song")


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def reasons(found):
    return {one.name or one.path.name: one.why for choice in found.choices for one in choice.refused} | {
        one.path.name: one.why for one in found.unreadable
    }


def test_all_five_are_found_by_their_names_wherever_they_lie(tmp_path):
    fang = put(tmp_path, "a/随便.otf", named(FANG, "仿宋_GB2312"))
    kai = put(tmp_path, "b/c/SIMKAI.OTF", named(KAI, "某楷体", postscript="KaiTi_GB2312"))
    title = put(tmp_path, "xbs.ttf", named(BOLD, "方正小标宋简体", encoding=(1, 25, 33)))
    hei = put(tmp_path, "simhei.ttf", renamed(ordinary(HEI, 256), "黑体"))
    both = collection(renamed(ordinary(HEI), "新宋体"), renamed(ordinary(SONG), "宋体"))
    song = put(tmp_path, "simsun.ttc", both)
    found = search((tmp_path,))
    assert found.chosen == {
        "title": FaceFile("方正小标宋简体", title),
        "hei": FaceFile("黑体", hei),
        "kai": FaceFile("楷体_GB2312", kai),
        "fang": FaceFile("仿宋_GB2312", fang),
        "song": FaceFile("宋体", song, 1),
    }
    assert (found.lacking, reasons(found)) == ((), {})


def test_a_file_name_alone_is_no_proof(tmp_path):
    put(tmp_path, "仿宋_GB2312.ttf", named(HEI, "微软雅黑"))
    assert search((tmp_path,)).lacking == NOTHING


def test_the_right_face_goes_before_its_stand_in_whatever_comes_first(tmp_path):
    put(tmp_path, "a.otf", named(FANG, "仿宋"))
    right = put(tmp_path, "z.otf", named(FANG, "仿宋_GB2312"))
    assert search((tmp_path,)).chosen["fang"] == FaceFile("仿宋_GB2312", right)


def test_where_the_right_face_cannot_be_used_its_stand_in_is_and_the_reason_is_kept(tmp_path):
    put(tmp_path, "fs.otf", named(FANG, "仿宋_GB2312", licence=2))
    other = put(tmp_path, "simfang.otf", named(FANG, "仿宋"))
    found = search((tmp_path,))
    assert found.chosen["fang"] == FaceFile("仿宋", other)
    assert reasons(found) == {"仿宋_GB2312": "字体的授权不允许嵌入文件"}


def test_a_plain_face_goes_before_a_bold_one(tmp_path):
    put(tmp_path, "a.ttf", named(HEI, "黑体", bold=True))
    plain = put(tmp_path, "b.ttf", named(HEI, "黑体"))
    assert search((tmp_path,)).chosen["hei"].path == plain


def test_the_first_folder_goes_before_the_next(tmp_path):
    for folder in ("own", "system"):
        put(tmp_path, f"{folder}/simhei.ttf", named(HEI, "黑体"))
    folders = (tmp_path / "own", tmp_path / "system")
    assert search(folders).chosen["hei"].path == folders[0] / "simhei.ttf"
    assert search(folders) == search(folders)


def test_no_folders_and_no_fonts_are_no_trouble(tmp_path):
    put(tmp_path, "说明.txt", b"")
    found = search((tmp_path, tmp_path / "none", tmp_path / "说明.txt"))
    assert (found.lacking, reasons(found)) == (NOTHING, {})


def test_a_damaged_file_is_told_and_stops_no_other(tmp_path):
    whole = named(HEI, "黑体")
    put(tmp_path, "a.ttf", whole[:5000])
    put(tmp_path, "b.ttf", b"")
    put(tmp_path, "c.ttf", whole)
    found = search((tmp_path,))
    assert found.chosen["hei"].path.name == "c.ttf"
    assert set(reasons(found)) == {"a.ttf", "b.ttf"}


def test_a_huge_file_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(searching, "LARGEST", 1_000_000)
    put(tmp_path, "simhei.ttf", named(HEI, "黑体"))
    assert reasons(search((tmp_path,))) == {"黑体": "文件超过 1 MB，不读"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_folder_of_fonts_linked_in_is_searched_too(tmp_path):
    put(tmp_path, "windows/simhei.ttf", named(HEI, "黑体"))
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "win").symlink_to(tmp_path / "windows")
    assert search((tmp_path / "fonts",)).chosen["hei"].path == tmp_path / "fonts" / "win" / "simhei.ttf"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_that_go_round_and_pipes_hold_nobody_up(tmp_path):
    put(tmp_path, "fonts/simhei.ttf", named(HEI, "黑体"))
    (tmp_path / "fonts" / "again").symlink_to(tmp_path / "fonts")
    (tmp_path / "fonts" / "round.ttf").symlink_to("round.ttf")
    (tmp_path / "fonts" / "gone.ttf").symlink_to("nowhere.ttf")
    os.mkfifo(tmp_path / "fonts" / "pipe.ttf")
    found = search((tmp_path / "fonts",))
    assert found.chosen["hei"].path == tmp_path / "fonts" / "simhei.ttf"
    assert reasons(found) == {"round.ttf": "链接绕成了圈", "gone.ttf": "找不到"}


def test_a_file_that_goes_away_or_may_not_be_read_is_told(tmp_path, monkeypatch):
    path = put(tmp_path, "simhei.ttf", named(HEI, "黑体"))

    def refused(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(type(path), "read_bytes", refused)
    assert reasons(search((tmp_path,))) == {"黑体": "没有权限，或正被别的程序占用"}


@given(st.binary(max_size=200), st.sampled_from(["", "ttcf", "OTTO"]))
def test_no_content_of_a_font_file_stops_the_search(tmp_path_factory, content, magic):
    folder = tmp_path_factory.mktemp("fonts")
    put(folder, "a.ttf", magic.encode() + content)
    assert search((folder,)).lacking == NOTHING
    shutil.rmtree(folder)
