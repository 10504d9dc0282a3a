"""How the committed faces were made from the published ones."""

import bz2
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

import make_fonts
from kit.invented import PARAGRAPHS, PROBLEMS
from pipeline.forms.load import load_form
from pipeline.render.font import FILES

SIGNS = {0x2014: "dash", 0x00B7: "dot", 0x2026: "dots", 0x4E2D: "zhong"}
WIDTHS = {".notdef": 1000, "dash": 890, "dot": 330, "dots": 1000, "zhong": 1000}


def square(pen: TTGlyphPen | T2CharStringPen, left: int, right: int) -> None:
    """Draw a box on the baseline."""
    pen.moveTo((left, 0))
    pen.lineTo((left, 100))
    pen.lineTo((right, 100))
    pen.lineTo((right, 0))
    pen.closePath()


def builder(*, truetype: bool) -> FontBuilder:
    """A face of three characters, named as its author named it."""
    font = FontBuilder(1000, isTTF=truetype)
    font.setupGlyphOrder(list(WIDTHS))
    font.setupCharacterMap(SIGNS)
    font.setupHorizontalMetrics({name: (width, 0) for name, width in WIDTHS.items()})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupOS2()
    font.setupPost()
    names = {
        "copyright": "(c) 某人",
        "familyName": "Source Sample",
        "styleName": "Regular",
        "psName": "SourceSample",
    }
    font.setupNameTable(names)
    return font


def noto() -> TTFont:
    """A TrueType face."""
    font, glyphs = builder(truetype=True), {}
    for name, width in WIDTHS.items():
        pen = TTGlyphPen(None)
        square(pen, 0, width)
        glyphs[name] = pen.glyph()
    font.setupGlyf(glyphs)
    return font.font


def fandol() -> TTFont:
    """A CFF face with a point in the middle of each side, as published."""
    font, strings = builder(truetype=False), {}
    for name, width in WIDTHS.items():
        pen = T2CharStringPen(width, None)
        pen.moveTo((0, 0))
        for point in (
            (1, 50),
            (0, 100),
            (width // 2, 101),
            (width, 100),
            (width - 1, 50),
            (width, 0),
            (9, 1),
        ):
            pen.lineTo(point)
        pen.closePath()
        strings[name] = pen.getCharString()
    font.setupCFF("SourceSample", {}, strings, {})
    stream = BytesIO()
    font.save(stream)
    return TTFont(stream)


def outline(font: TTFont, name: str) -> tuple[float, list[tuple[float, float]]]:
    """A CFF glyph's width, and the points it goes through."""
    pen, glyph = RecordingPen(), font["CFF "].cff.topDictIndex[0].CharStrings[name]
    glyph.draw(pen)
    return glyph.width, [point for _, points in pen.value for point in points]


def names(font: TTFont) -> set[str]:
    """Every name the face goes by."""
    return {record.toUnicode() for record in font["name"].names}


def test_dashes_fill_their_square_and_the_dot_stands_in_its_middle() -> None:
    font = noto()
    make_fonts.widen(font)
    assert [font["hmtx"][name][0] for name in WIDTHS] == [1000] * 5
    assert (font["glyf"]["dash"].xMin, font["glyf"]["dash"].xMax) == (0, 1000)
    assert (font["glyf"]["dot"].xMin, font["glyf"]["dot"].xMax) == (335, 665)


def test_the_authors_reserved_name_goes_and_the_copyright_stays() -> None:
    font = noto()
    make_fonts.rename(font, make_fonts.Source("", "Report Song", "Bold"))
    assert names(font) == {"(c) 某人", "Report Song", "Bold", "ReportSong-Bold", "Report Song Bold"}


def test_a_cff_face_is_drawn_with_fewer_points_and_keeps_its_widths() -> None:
    font = fandol()
    before = {name: outline(font, name) for name in WIDTHS}
    make_fonts.simplify(font)
    stream = BytesIO()
    font.save(stream)
    made = TTFont(stream)
    for name, (width, points) in before.items():
        assert len(points) == 8
        assert outline(made, name)[0] == width
        assert set(outline(made, name)[1]) == {(0, 0), (0, 100), (width, 100), (width, 0)}


def test_only_the_kept_characters_remain() -> None:
    font = noto()
    make_fonts.cut(font, {0x4E2D})
    assert set(font.getBestCmap()) == {0x4E2D}


@pytest.mark.parametrize("face", [noto, fandol])
def test_the_commonest_characters_have_the_lowest_numbers(face: Callable[[], TTFont]) -> None:
    font = face()
    make_fonts.order_glyphs(font, "中文…")
    stream = BytesIO()
    font.save(stream)
    made = TTFont(stream)
    assert [made.getGlyphID(made.getBestCmap()[ord(sign)]) for sign in "中…—·"] == [1, 2, 3, 4]
    assert [made["hmtx"][made.getBestCmap()[ord(sign)]][0] for sign in "中…—·"] == [1000, 1000, 890, 330]


def test_the_character_list_is_gb2312_and_the_8105_and_what_an_office_writes(tmp_path: Path) -> None:
    unihan = tmp_path / "Unihan_OtherMappings.txt.bz2"
    lines = "# Unihan\nU+4DAE\tkTGH\t2013:7999\nU+4E02\tkBigFive\tC940\n"
    unihan.write_bytes(bz2.compress(lines.encode()))
    kept = make_fonts.characters(unihan)
    assert {ord(sign) for sign in "政〇䶮㎡℃①é—"} <= kept
    assert 0x4E02 not in kept


@pytest.mark.parametrize("source", make_fonts.SOURCES, ids=lambda source: source.postscript)
def test_the_committed_face_is_what_the_script_says(source: make_fonts.Source, templates: Path) -> None:
    name = f"{source.postscript}{Path(source.path).suffix}"
    assert name in FILES.values()
    with TTFont(templates / "fonts" / name, lazy=True) as font:
        assert font["name"].getDebugName(6) == source.postscript
        assert not {"Noto Serif SC", "Noto Sans SC", "FandolKai", "FandolFang R"} & names(font)
        assert ("CFF " in font) == (source.family in {"Report Kai", "Report Fang"})


def test_the_glyphs_of_a_cff_face_are_numbered_as_their_characters_are_coded(templates: Path) -> None:
    with TTFont(templates / "fonts" / "ReportFang-Regular.otf", lazy=True) as font:
        top = font["CFF "].cff.topDictIndex[0]
        assert top.charset[:3] == [".notdef", "cid00001", "cid00002"]
        assert top.ROS == ("Adobe", "Identity", 0)


def low(templates: Path, name: str, text: str) -> float:
    """How many of the text's characters have a code below 256 in a committed face; 1 is all."""
    with TTFont(templates / "fonts" / name, lazy=True) as font:
        cmap = font.getBestCmap()
        return sum(font.getGlyphID(cmap[ord(sign)]) < 256 for sign in text) / len(text)


def test_pdfium_keeps_the_boxes_of_what_a_report_mostly_prints(templates: Path) -> None:
    forms = [load_form(path) for path in (templates / "forms").glob("*.toml")]
    grids = [table.grid for form in forms for table in form.tables]
    labels = "".join(cell.text for grid in grids for cell in grid.cells)
    titles = "".join(title for form in forms for title in form.sections)
    sentences = re.sub(r"{.*?}", "", "".join((*PARAGRAPHS, *PROBLEMS)))
    assert low(templates, FILES["song"], "0123456789.%") == 1
    assert low(templates, FILES["song"], labels) > 0.99
    assert low(templates, FILES["hei"], titles) > 0.99
    assert low(templates, FILES["fang"], sentences) > 0.8


@pytest.mark.parametrize("source", make_fonts.SOURCES, ids=lambda source: source.postscript)
def test_no_more_are_common_than_have_such_a_code(source: make_fonts.Source) -> None:
    assert len(set(source.common)) == len(source.common) < 256


@pytest.mark.parametrize(
    ("licence", "words"), [("OFL.txt", "SIL Open Font License"), ("COPYING", "special exception")]
)
def test_the_licences_lie_beside_the_faces(licence: str, words: str, templates: Path) -> None:
    assert words in (templates / "fonts" / licence).read_text(encoding="utf-8")
