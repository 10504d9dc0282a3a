"""What font files call themselves: in Chinese or English, for Windows or the Mac, one face or several."""

import struct
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from kit.typeface import FANG, HEI, SONG, collection, named, ordinary, renamed, reshaped
from pipeline.typefaces.names import MOST_NAMES, faces_in
from pipeline.typefaces.wanted import key


def faces(tmp_path, content):
    path = tmp_path / "某字体.ttf"
    path.write_bytes(content)
    return list(faces_in(path))


@pytest.mark.parametrize(
    "encoding",
    [(3, 1, 0x804), (3, 3, 0x804), (1, 25, 33), (0, 3, 0)],
    ids=["Windows", "Windows in GBK", "Mac", "Unicode"],
)
def test_a_chinese_name_is_read_however_it_is_written(tmp_path, encoding):
    (face,) = faces(tmp_path, named(FANG, "仿宋_GB2312", encoding=encoding))
    assert key("仿宋_GB2312") in face.names
    assert face.plain


def test_the_postscript_name_is_one_of_the_names(tmp_path):
    (face,) = faces(tmp_path, named(FANG, "某仿宋", postscript="FangSong_GB2312"))
    assert face.names == {key("某仿宋"), key("FangSong_GB2312")}


def test_each_face_of_a_collection_has_its_number(tmp_path):
    content = collection(renamed(ordinary(HEI), "新宋体"), renamed(ordinary(SONG), "宋体"))
    assert [(face.index, face.names) for face in faces(tmp_path, content)] == [
        (0, {key("新宋体")}),
        (1, {key("宋体")}),
    ]


def test_a_bold_face_is_not_plain(tmp_path):
    (face,) = faces(tmp_path, named(HEI, "黑体", bold=True))
    assert not face.plain


def test_a_face_with_ruined_glyphs_is_still_known_by_name(tmp_path):
    """So that the reason why it is not used can say which face it is."""
    content = renamed(ordinary(HEI), "黑体")
    glyphs = TTFont(BytesIO(content), lazy=True).reader.tables["glyf"]
    ruined = content[: glyphs.offset] + b"\xff" * glyphs.length + content[glyphs.offset + glyphs.length :]
    assert [face.names for face in faces(tmp_path, ruined)] == [{key("黑体")}]


@pytest.mark.parametrize("content", [b"", b"ttcf", b"not a font at all", b"ttcf" + b"\xff" * 8])
def test_what_is_no_font_stops_the_reader(tmp_path, content):
    with pytest.raises((TTLibError, struct.error, AssertionError)):
        faces(tmp_path, content)


def test_names_without_end_are_a_trap_and_not_read(tmp_path):
    def trap(font):
        font["name"] = DefaultTable("name")
        font["name"].data = struct.pack(">3H", 0, MOST_NAMES + 1, 6) + bytes(12 * (MOST_NAMES + 1))

    with pytest.raises(ValueError, match="too many names"):
        faces(tmp_path, reshaped(ordinary(HEI), trap))
