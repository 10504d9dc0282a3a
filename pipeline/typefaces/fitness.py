"""Whether a face can be embedded in the report: whole, allowed, of sane measure, with the characters.

Source: OpenType 1.9 (``OS/2`` fsType, ``head``, ``hhea``); GB/T 2312—1980 for the characters of ordinary use.
"""

import struct
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import uharfbuzz as hb
from fontTools.ttLib import TTFont
from msgspec import Struct

from pipeline.model.document import DRAFT

REQUIRED = ("head", "hhea", "hmtx", "maxp", "cmap")
RESTRICTED, PERMISSIONS, NO_SUBSETTING, BITMAPS_ONLY = 0x0002, 0x000E, 0x0100, 0x0200
NEEDED = " 0123456789%—…·“”，。、；：（）〔〕《》中" + DRAFT
"""What every report prints, page numbers and 草稿 across the page included."""
FIRST = 5
"""So many of those that are wanting are named."""
FEW = 37
"""So many characters of ordinary use, one in a hundred, another face may print."""
EM_TOLERANCE = 0.02


class Opened(Struct, frozen=True):
    """A face opened by both libraries: fontTools for its directory, HarfBuzz for its glyphs."""

    content: bytes
    directory: TTFont
    face: hb.Face
    font: hb.Font

    def width(self, character: str) -> float:
        """The character's width in em."""
        glyph = self.font.get_nominal_glyph(ord(character)) or 0
        return float(self.font.get_glyph_h_advance(glyph)) / float(self.face.upem)

    def prints(self, character: str) -> bool:
        """Whether there is a glyph for the character, and ink in it but for the space."""
        glyph = self.font.get_nominal_glyph(ord(character))
        if character == " ":
            return bool(glyph)
        extents = self.font.get_glyph_extents(glyph) if glyph else None
        return bool(extents and extents.width and extents.height)


def flaw(content: bytes, index: int = 0) -> str:
    """Why the face in these bytes (its number in a collection) cannot be used, in words; "" where it can."""
    try:
        directory = TTFont(BytesIO(content), fontNumber=index if content[:4] == b"ttcf" else -1, lazy=True)
        face = hb.Face(hb.Blob(content), index)
        opened = Opened(content, directory, face, hb.Font(face))
        return next((why for check in CHECKS if (why := check(opened))), "")
    except Exception:  # whatever a damaged font breaks, it is the font that is damaged
        return "文件已损坏，读不出来"


def _cut_short(opened: Opened) -> str:
    tables = opened.directory.reader.tables
    if any(entry.offset + entry.length > len(opened.content) for entry in tables.values()):
        return "文件不完整，可能没有复制或下载完"
    lacking = [tag for tag in REQUIRED if tag not in tables]
    return f"文件里缺少 {'、'.join(lacking)}，已损坏或格式太旧" if lacking else ""


def _outlines(opened: Opened) -> str:
    tables = opened.directory.reader.tables
    if "fvar" in tables or "CFF2" in tables:
        return "是可变字体，不能嵌入；请装普通的 .ttf 或 .otf"
    if "glyf" not in tables and "CFF " not in tables:
        return "只有点阵，没有轮廓"
    return ""


def _licence(opened: Opened) -> str:
    """By the fsType of the face: where several permissions are given the widest holds, none given is all."""
    table = bytes(opened.face.reference_table("OS/2").data)
    if not table:
        return ""
    (allowed,) = struct.unpack(">H", table[8:10])
    if allowed & PERMISSIONS == RESTRICTED:
        return "字体的授权不允许嵌入文件"
    if allowed & NO_SUBSETTING:
        return "字体的授权不允许只嵌入用到的字"
    if allowed & BITMAPS_ONLY:
        return "字体的授权只允许嵌入点阵"
    return ""


def _numbering(opened: Opened) -> str:
    """A PDF addresses PostScript outlines by CID: a face's must be its glyph numbers, as in our own faces."""
    if "CFF " not in opened.directory.reader.tables:
        return ""
    top = opened.directory["CFF "].cff.topDictIndex[0]
    own = not hasattr(top, "ROS") or any(
        name != f"cid{number:05d}" for number, name in enumerate(top.charset[1:], 1)
    )
    return "是 PostScript 轮廓，字形编号不能用；请装 TrueType 的（.ttf、.ttc）" if own else ""


def _measure(opened: Opened) -> str:
    if abs(opened.width("中") - 1) > EM_TOLERANCE:
        return f"“中”的宽度是 {opened.width('中'):.2f} 个字，应是一个字"
    if not all(0 < opened.width(character) <= 1 for character in " 0123456789"):
        return "数字或空格的宽度不对"
    ascent, descent = struct.unpack(">2h", bytes(opened.face.reference_table("hhea").data)[4:8])
    height = (ascent - descent) / opened.face.upem
    return "" if ascent > 0 and 0.5 <= height <= 3 else f"字高是 {height:.2f} 个字，不合理"


def _characters(opened: Opened) -> str:
    lacking = [character for character in NEEDED if not opened.prints(character)]
    if lacking:
        named = "、".join("空格" if character == " " else f"“{character}”" for character in lacking[:FIRST])
        return f"缺少必需的字符{named}{f'等 {len(lacking)} 个' if len(lacking) > FIRST else ''}"
    ordinary = ordinary_characters()
    missing = sum(not opened.prints(character) for character in ordinary)
    return f"{len(ordinary)} 个常用字里缺 {missing} 个" if missing > FEW else ""


def _subset(opened: Opened) -> str:
    """Cut out what every report prints: what fails here would fail while the report is printed."""
    cut = hb.SubsetInput()
    cut.unicode_set.update(map(ord, NEEDED))
    return "" if hb.subset(opened.face, cut).glyph_count > 1 else "取不出用到的字"


CHECKS: tuple[Callable[[Opened], str], ...] = (
    _cut_short,
    _outlines,
    _licence,
    _numbering,
    _characters,
    _measure,
    _subset,
)


@cache
def ordinary_characters() -> str:
    """The 3755 characters of level one of GB 2312, which are those of ordinary use."""
    return "".join(_level_one())


def _level_one() -> Iterator[str]:
    for first in range(0xB0, 0xD8):
        for second in range(0xA1, 0xFF if first < 0xD7 else 0xFA):
            yield bytes([first, second]).decode("gb2312")
