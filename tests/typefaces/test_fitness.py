"""Whether a face can be used: what may be embedded, and a sentence for each reason why not."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.typeface import (
    BOLD,
    BUNDLED,
    FANG,
    HEI,
    KAI,
    SONG,
    collection,
    drawn_as_cff,
    named,
    ordinary,
    reshaped,
)
from pipeline.typefaces.fitness import FEW, NEEDED, flaw, ordinary_characters


@pytest.mark.parametrize("source", [FANG, KAI, HEI, SONG, BOLD])
def test_the_programs_own_faces_are_fit(source):
    assert flaw((BUNDLED / source).read_bytes()) == ""


@pytest.mark.parametrize("upem", [256, 2048])
def test_a_face_of_another_grid_is_fit(upem):
    assert flaw(ordinary(HEI, upem)) == ""


def test_each_face_of_a_collection_is_judged_by_itself():
    content = collection(ordinary(HEI), ordinary(HEI, lacking="中"))
    assert flaw(content, 0) == ""
    assert "“中”" in flaw(content, 1)


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        (0x0000, ""),
        (0x0004, ""),
        (0x0008, ""),
        (0x0002, "字体的授权不允许嵌入文件"),
        (0x000A, ""),
        (0x0108, "字体的授权不允许只嵌入用到的字"),
        (0x0208, "字体的授权只允许嵌入点阵"),
    ],
)
def test_the_licence_in_the_file_is_kept(licence, said):
    assert flaw(named(HEI, "黑体", licence=licence)) == said


def test_a_face_without_a_licence_table_is_fit():
    assert flaw(reshaped(ordinary(HEI), lambda font: font.__delitem__("OS/2"))) == ""


def without(*tags):
    def change(font):
        for tag in tags:
            del font[tag]

    return change


def variable(font):
    font["fvar"] = type(font["post"])("fvar")
    font["fvar"].compile = lambda _: bytes(16)


def of_width(character, width):
    def change(font):
        font["hmtx"][font.getBestCmap()[ord(character)]] = (width, 0)

    return change


def of_height(ascent, descent):
    def change(font):
        font["hhea"].ascent, font["hhea"].descent = ascent, descent

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("hmtx"), "文件里缺少 hmtx，已损坏或格式太旧"),
        (without("glyf", "loca"), "只有点阵，没有轮廓"),
        (variable, "是可变字体，不能嵌入；请装普通的 .ttf 或 .otf"),
        (of_width("中", 500), "“中”的宽度是 0.50 个字，应是一个字"),
        (of_width("3", 0), "数字或空格的宽度不对"),
        (of_height(100, -100), "字高是 0.20 个字，不合理"),
        (of_height(0, 0), "字高是 0.00 个字，不合理"),
    ],
)
def test_a_face_that_would_print_badly_is_refused_with_its_reason(change, said):
    assert flaw(reshaped(ordinary(HEI), change)) == said


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ("3", "缺少必需的字符“3”"),
        (" ", "缺少必需的字符空格"),
        ("0123456", "缺少必需的字符“0”、“1”、“2”、“3”、“4”等 7 个"),
    ],
)
def test_what_every_report_prints_must_be_there(lacking, said):
    assert flaw(ordinary(HEI, lacking=lacking)) == said


def test_a_few_ordinary_characters_may_be_printed_by_another_face_but_not_many():
    others = "".join(character for character in ordinary_characters() if character not in NEEDED)
    assert flaw(ordinary(HEI, lacking=others[:FEW])) == ""
    assert flaw(ordinary(HEI, lacking=others[: FEW + 1])) == "3755 个常用字里缺 38 个"


def test_a_glyph_without_ink_counts_as_missing():
    assert flaw(reshaped(ordinary(HEI), empty("3"))) == "缺少必需的字符“3”"


def empty(character):
    def change(font):
        glyph = font["glyf"][font.getBestCmap()[ord(character)]]
        glyph.numberOfContours = 0

    return change


def test_postscript_outlines_that_go_by_name_are_refused():
    assert "PostScript" in flaw(drawn_as_cff(HEI, 1000, NEEDED))


def test_postscript_outlines_with_numbers_of_their_own_are_refused():
    """Cutting a committed face leaves gaps in its CIDs: they are then no longer its glyph numbers."""
    assert "PostScript" in flaw(ordinary(KAI))


@given(st.integers(0, 1_000_000))
def test_a_file_cut_short_anywhere_is_refused(length):
    whole = ordinary(HEI)
    assert flaw(whole[: min(length, len(whole) - 16)])


@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=64))
def test_no_damage_stops_the_program(place, damage):
    whole = ordinary(HEI)
    assert isinstance(flaw(whole[:place] + damage + whole[place + len(damage) :]), str)


@given(st.binary(max_size=300))
def test_what_is_no_font_is_refused(content):
    assert flaw(content)


def test_ordinary_characters_are_level_one_of_gb2312():
    ordinary_ones = ordinary_characters()
    assert (len(ordinary_ones), ordinary_ones[0], ordinary_ones[-1]) == (3755, "啊", "座")


def test_old_faces_with_one_plain_character_map_are_fit():
    def only_format_four(font):
        font["cmap"].tables = [
            table for table in font["cmap"].tables if (table.platformID, table.format) == (3, 4)
        ]

    content = reshaped(ordinary(HEI), only_format_four)
    assert struct.unpack(">H", content[4:6])[0] > 0
    assert flaw(content) == ""
