"""The faces: what they hold, what stands in where one lacks a character, what is said when one is gone."""

import shutil
from pathlib import Path

import pytest

from kit.report import fonts
from kit.typeface import FANG, HEI, KAI, SONG, collection, named, ordinary, renamed
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.typeface import FaceFile
from pipeline.render.font import FILES, load_fonts


def test_the_body_is_set_in_fang_and_what_it_lacks_in_song() -> None:
    assert fonts().fang.of("报")[0].name == "ReportFang-Regular"
    assert fonts().fang.of("䶮")[0].name == "ReportSong-Regular"
    assert fonts().kai.of("硚")[0].name == "ReportSong-Regular"


def test_digits_among_fang_are_half_a_character_wide_as_in_fang_song_gb2312() -> None:
    assert fonts().fang.of("2")[1] == pytest.approx(0.5, abs=0.01)
    assert fonts().fang.size_of("2") == 0.9
    assert fonts().fang.size_of("硚") == fonts().song.size_of("2") == 1


def test_every_role_has_its_own_face() -> None:
    assert list(fonts().faces) == [
        "ReportSong-Bold",
        "ReportSong-Regular",
        "ReportHei-Medium",
        "ReportKai-Regular",
        "ReportFang-Regular",
    ]


@pytest.mark.parametrize("role", ["title", "hei", "kai", "fang", "song"])
def test_every_role_prints_names_and_signs_an_office_meets(role: str) -> None:
    chain = getattr(fonts(), role)
    assert all(chain.has(sign) for sign in "硚䶮垴鄌〇①Ⅲ㎡℃№〔〕《》“”—…·0123456789%Aé\u3000 \t")


@pytest.mark.parametrize("role", ["title", "hei", "kai", "fang", "song"])
def test_dash_ellipsis_dot_and_quotes_are_one_character_wide(role: str) -> None:
    chain = getattr(fonts(), role)
    assert {sign: chain.of(sign)[1] for sign in "—…·“”，。（"} == dict.fromkeys("—…·“”，。（", 1.0)


def test_gb2312_is_complete_in_every_face() -> None:
    han = [
        bytes([first, second]).decode("gb2312")
        for first in range(0xB0, 0xF8)
        for second in range(0xA1, 0xFF)
        if (first, second) < (0xD7, 0xFA) or first > 0xD7
    ]
    assert len(han) == 6763
    for face in fonts().faces.values():
        assert not [character for character in han if not face.glyph(character)]


def test_white_space_prints_as_a_space_and_the_unprintable_as_a_geta() -> None:
    assert fonts().fang.printable("王\t某\n😀") == "王 某 〓"
    assert not fonts().fang.has("😀")


def test_a_missing_face_is_told_with_its_place(tmp_path: Path, templates: Path) -> None:
    for name in FILES.values():
        shutil.copy(templates / "fonts" / name, tmp_path)
    (tmp_path / "ReportKai-Regular.otf").unlink()
    with pytest.raises(OperatorError, match=r"ReportKai-Regular\.otf") as caught:
        load_fonts(tmp_path)
    assert caught.value.code is ExitCode.DEPENDENCY


@pytest.mark.parametrize("content", [b"", b"not a font"])
def test_a_damaged_face_is_told(content: bytes, tmp_path: Path, templates: Path) -> None:
    for name in FILES.values():
        shutil.copy(templates / "fonts" / name, tmp_path)
    (tmp_path / "ReportFang-Regular.otf").write_bytes(content)
    with pytest.raises(OperatorError, match="已损坏") as caught:
        load_fonts(tmp_path)
    assert caught.value.code is ExitCode.DEPENDENCY


def own(folder: Path, role: str, content: bytes, index: int = 0) -> dict[str, FaceFile]:
    """A face of the office's own for a role, in a file in the folder."""
    path = folder / f"{role}.font"
    path.write_bytes(content)
    return {role: FaceFile(role, path, index)}


def test_an_offices_own_face_comes_first_and_the_bundled_ones_print_what_it_lacks(
    tmp_path: Path, templates: Path
) -> None:
    files = own(tmp_path, "fang", named(FANG, "仿宋_GB2312", postscript="FangSong_GB2312"))
    chains = load_fonts(templates / "fonts", files)
    assert [chains.fang.of(character)[0].name for character in "报1A䶮"] == [
        *["FangSong_GB2312"] * 3,
        "ReportSong-Regular",
    ]
    assert chains.kai.of("1")[0].name == "ReportSong-Regular"


def test_an_own_song_prints_the_digits_among_the_bundled_kai_and_stands_in_first(
    tmp_path: Path, templates: Path
) -> None:
    both = collection(ordinary(HEI), renamed(ordinary(SONG), "宋体", "SimSun"))
    chains = load_fonts(templates / "fonts", own(tmp_path, "song", both, 1))
    assert chains.song.of("中")[0].name == "SimSun"
    assert chains.kai.of("1")[0].name == "SimSun"
    assert chains.kai.of("硚")[0].name == "ReportSong-Regular"


@pytest.mark.parametrize(
    ("postscript", "name"),
    [
        ("", "System-kai"),
        ("ReportSong-Regular", "ReportSong-Regular-kai"),
        ("Kai/Ti>> (x)\u200b楷", "KaiTix"),
        ("K" * 300, "K" * 48),
    ],
)
def test_a_pdf_knows_an_own_face_by_a_name_that_is_safe_and_its_alone(
    postscript: str, name: str, tmp_path: Path, templates: Path
) -> None:
    content = renamed((templates / "fonts" / KAI).read_bytes(), "楷体", postscript)
    chains = load_fonts(templates / "fonts", own(tmp_path, "kai", content))
    assert chains.kai.faces[0].name == name
    assert len(chains.faces) == 6


def test_two_roles_may_share_a_file_and_still_have_two_names(tmp_path: Path, templates: Path) -> None:
    content = named(HEI, "黑体", postscript="SimHei")
    chains = load_fonts(templates / "fonts", own(tmp_path, "hei", content) | own(tmp_path, "title", content))
    assert {chains.hei.faces[0].name, chains.title.faces[0].name} == {"SimHei", "SimHei-title"}


def test_no_names_in_the_files_make_two_faces_one(tmp_path: Path, templates: Path) -> None:
    """Glyph numbers of one face must never be printed in the other."""
    files: dict[str, FaceFile] = {}
    for role, postscript in {"title": "Some-fang", "hei": "Some", "fang": "Some"}.items():
        files |= own(tmp_path, role, named(HEI, "黑体", postscript=postscript))
    chains = load_fonts(templates / "fonts", files)
    assert len(chains.faces) == 8
    assert all(
        chains.faces[face.name] is face for chain in (chains.fang, chains.title) for face in chain.faces
    )


def test_an_own_face_that_has_gone_since_the_search_is_told(tmp_path: Path, templates: Path) -> None:
    with pytest.raises(OperatorError, match="找不到") as caught:
        load_fonts(templates / "fonts", {"hei": FaceFile("黑体", tmp_path / "gone.ttf")})
    assert caught.value.code is ExitCode.DEPENDENCY
