"""Faces embedded whole, small and searchable."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet

from kit.proofsheet import proof_sheet
from kit.report import fonts
from kit.typeface import HEI, SONG, collection, ordinary
from pipeline.render.font import OFTEN, Face, load_fonts


@contextmanager
def embedded(face: Face, text: str) -> Iterator[pikepdf.Object]:
    """The font object of a page that prints the text in the face alone."""
    with pikepdf.open(BytesIO(proof_sheet(face, [((50, 500), text)]))) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        yield font


@pytest.mark.parametrize(
    ("name", "key", "subtype"),
    [
        ("ReportSong-Bold", "/FontFile2", "/CIDFontType2"),
        ("ReportFang-Regular", "/FontFile3", "/CIDFontType0"),
    ],
)
def test_truetype_and_cff_are_embedded_as_they_are(name: str, key: str, subtype: str) -> None:
    with embedded(fonts().faces[name], "政府信息公开") as font:
        descendant = font.DescendantFonts[0]
        assert (font.Encoding, descendant.Subtype) == ("/Identity-H", subtype)
        assert key in descendant.FontDescriptor
        assert str(font.BaseFont)[7:].startswith(f"+{name}")


def test_only_the_glyphs_printed_are_embedded() -> None:
    face = fonts().faces["ReportFang-Regular"]
    sizes = []
    for text in ("政府", "政府信息公开工作年度报告呼伦贝尔市旗区条件答复"):
        with embedded(face, text) as font:
            sizes.append(len(font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()))
    assert sizes[0] < sizes[1] < 100_000


def test_the_text_can_be_copied_also_beyond_the_basic_plane() -> None:
    with embedded(fonts().faces["ReportSong-Regular"], "政𬭎") as font:
        cmap = font.ToUnicode.read_bytes().decode()
    assert f"<{'政'.encode('utf-16-be').hex().upper()}>" in cmap
    assert f"<{'𬭎'.encode('utf-16-be').hex().upper()}>" in cmap
    assert "<0000> <" not in cmap.replace("<0000> <FFFF>", "")


@pytest.mark.parametrize(
    ("text", "runs"), [("12中", [("1", [500, 500])]), ("1中3", [("1", [500]), ("3", [500])]), ("中", [])]
)
def test_widths_of_other_than_one_em_are_given_for_neighbours_together(
    text: str, runs: list[tuple[str, list[int]]]
) -> None:
    face = fonts().faces["ReportFang-Regular"]
    with embedded(face, text) as font:
        descendant = font.DescendantFonts[0]
        assert descendant.DW == 1000
        widths = [list(item) if isinstance(item, pikepdf.Array) else item for item in descendant.W]
    assert widths == [item for first, given in runs for item in (face.glyph(first), given)]


def test_a_second_document_starts_anew() -> None:
    face = fonts().faces["ReportFang-Regular"]
    with embedded(face, "政府信息公开"), embedded(face, "中") as font:
        assert "<4E2D>" in font.ToUnicode.read_bytes().decode()


@pytest.mark.parametrize("upem", [256, 2048])
def test_widths_are_in_thousandths_whatever_the_grid_of_the_face(upem: int) -> None:
    face = Face("Grid", ordinary(HEI, upem))
    whole = fonts().faces["ReportHei-Medium"]
    with embedded(face, "1中") as font, embedded(whole, "1中") as model:
        own, like = (
            [round(face.advance(glyph), 2) for glyph in map(face.glyph, "1中")] for face in (face, whole)
        )
        assert own == like
        box, other = (one.DescendantFonts[0].FontDescriptor for one in (font, model))
        assert abs(int(box.Ascent) - int(other.Ascent)) <= 1000 / upem + 1
        given = {"中": int(font.DescendantFonts[0].DW)}
        first, widths = font.DescendantFonts[0].W
        assert first == face.glyph("1")
        given["1"] = int(widths[0])
        assert given == {character: round(face.advance(face.glyph(character)) * 1000) for character in "1中"}


def test_the_right_face_of_a_collection_is_embedded() -> None:
    both = collection(ordinary(HEI), ordinary(SONG))
    programs = []
    for content, index in ((ordinary(HEI), 0), (ordinary(SONG), 0), (both, 0), (both, 1)):
        with embedded(Face("Some", content, index), "政府信息") as font:
            programs.append(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes())
    assert programs[:2] == programs[2:]
    assert programs[0] != programs[1]


@pytest.mark.parametrize("name", ["ReportSong-Bold", "ReportFang-Regular"])
def test_a_face_that_is_cut_often_is_cut_alike(name: str, templates: Path) -> None:
    """From some report on it is prepared for it: reports must not differ by how many were printed before."""
    face, programs = load_fonts(templates / "fonts").faces[name], []
    often = max(OFTEN.values())
    for text in ["政府信息公开1", *map(chr, range(0x4E00, 0x4E00 + often)), "1政府信息公开"]:
        with embedded(face, text) as font:
            descriptor = font.DescendantFonts[0].FontDescriptor
            programs.append(descriptor.get("/FontFile2", descriptor.get("/FontFile3")).read_bytes())
    assert face.to_cut() is not face.opentype
    assert programs[0] == programs[-1]


def test_each_code_finds_its_own_glyph_in_a_cff_face() -> None:
    """A CFF program holds only what is printed, so nothing stands at its own place: its CID names it."""
    face = fonts().faces["ReportFang-Regular"]
    with embedded(face, "政府信息") as font:
        program = CFFFontSet()
        program.decompile(BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()), None)
    glyphs = sorted(face.glyph(character) for character in "政府信息")
    assert program[0].charset == [".notdef", *(f"cid{glyph:05d}" for glyph in glyphs)]
