"""Font files as an office's computer has them: made from the committed faces, renamed, restricted or damaged."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from pipeline.typefaces.fitness import NEEDED, ordinary_characters

OTHERS = "ABCabc"
BUNDLED = Path(__file__).parents[2] / "templates" / "fonts"
FANG, KAI, HEI, SONG, BOLD = (
    "ReportFang-Regular.otf",
    "ReportKai-Regular.otf",
    "ReportHei-Medium.ttf",
    "ReportSong-Regular.ttf",
    "ReportSong-Bold.ttf",
)


def named(
    source: str,
    name: str,
    *,
    postscript: str = "",
    encoding: tuple[int, int, int] = (3, 1, 0x804),
    licence: int = 0,
    bold: bool = False,
) -> bytes:
    """A committed face under another name, as platform, encoding and language ``encoding`` have it."""
    font = TTFont(BUNDLED / source, recalcTimestamp=False)
    font["name"].names = []
    for number in (1, 4):
        font["name"].setName(name, number, *encoding)
    if postscript:
        font["name"].setName(postscript, 6, 3, 1, 0x409)
    font["OS/2"].fsType = licence
    font["head"].macStyle = int(bold)
    return saved(font)


def saved(font: TTFont) -> bytes:
    """The font's file."""
    stream = BytesIO()
    font.save(stream, reorderTables=None)
    return stream.getvalue()


@cache
def ordinary(source: str, upem: int = 0, *, lacking: str = "") -> bytes:
    """A face of a size as offices have it, cut to the characters of ordinary use, at ``upem`` units an em."""
    cut = hb.SubsetInput()
    cut.unicode_set.update(set(map(ord, ordinary_characters() + NEEDED + OTHERS)) - set(map(ord, lacking)))
    whole = hb.Face(hb.Blob((BUNDLED / source).read_bytes()))
    content = bytes(hb.subset(whole, cut).blob.data)
    return reshaped(content, lambda font: scale_upem(font, upem)) if upem else content


def reshaped(content: bytes, change: Callable[[TTFont], object]) -> bytes:
    """A font file after ``change`` was made to the font."""
    font = TTFont(BytesIO(content), recalcTimestamp=False, recalcBBoxes=False)
    change(font)
    return saved(font)


def renamed(content: bytes, name: str, postscript: str = "") -> bytes:
    """A font file under another name."""

    def change(font: TTFont) -> None:
        font["name"].names = []
        for number, text in ((1, name), (4, name), (6, postscript)):
            if text:
                font["name"].setName(text, number, 3, 1, 0x804)

    return reshaped(content, change)


def collection(*contents: bytes) -> bytes:
    """Several faces in one file, as 宋体 and 新宋体 are in simsun.ttc."""
    faces = TTCollection()
    faces.fonts = [TTFont(BytesIO(content), recalcTimestamp=False) for content in contents]
    stream = BytesIO()
    faces.save(stream, shareTables=False)
    return stream.getvalue()


def drawn_as_cff(source: str, upem: int, characters: str) -> bytes:
    """A small PostScript face whose glyphs go by name and not by CID, drawn after a committed TrueType one."""
    model = TTFont(BUNDLED / source)
    glyphs, names = model.getGlyphSet(), model.getBestCmap()
    order = [".notdef", *(names[ord(character)] for character in characters)]
    scale = upem / model["head"].unitsPerEm
    strings, metrics = {}, {}
    for name in order:
        width = round(glyphs[name].width * scale)
        pen = T2CharStringPen(width, None)
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        strings[name], metrics[name] = pen.getCharString(), (width, 0)
    font = FontBuilder(upem, isTTF=False)
    font.setupGlyphOrder(order)
    font.setupCharacterMap({ord(character): names[ord(character)] for character in characters})
    font.setupCFF("Named", {"FontMatrix": [1 / upem, 0, 0, 1 / upem, 0, 0]}, strings, {})
    font.setupHorizontalMetrics(metrics)
    font.setupHorizontalHeader(ascent=round(0.88 * upem), descent=-round(0.12 * upem))
    font.setupNameTable({"familyName": "Named", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    return saved(font.font)
