"""Embedding a face in a PDF: one Type 0 font a face, TrueType or CFF, cut to the glyphs the document prints.

Source: ISO 32000-1, 9.7 (composite fonts, Identity-H) and 9.10.3 (ToUnicode). A code on a page is the face's
glyph number.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import starmap
from typing import NamedTuple

import uharfbuzz as hb

from pipeline.render.font import EM, Face
from pipeline.render.pdffile import PdfFile

UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "name", "OS/2", "post", "cmap", "vhea", "vmtx", "VORG")
SYMBOLIC = 4
STEM = 80
REGISTRY = "<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>"
KEPT = 64
"""So many cut faces are kept, with some 20 KB each."""
LINES = 8192
"""So many characters' lines are kept: a city's reports print two thousand, in five faces."""
CMAP_LIMIT = 100
"""A bfchar section holds at most this many lines."""

CMAP_START = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange"
)
CMAP_END = "endcmap CMapName currentdict /CMap defineresource pop end end"


def add_font(file: PdfFile, face: Face, characters: Iterable[str]) -> int:
    """Add the face as a font that has these characters, and all that it consists of; its number."""
    parts = _parts(face, "".join(sorted(set(characters), reverse=True)))
    base = f"{parts.tag}+{face.name}"
    descendant = _add_descendant(file, face, base, parts)
    unicode = file.add_stream(parts.unicode, "/Filter /FlateDecode")
    return file.add(
        f"<</Type /Font/Subtype /Type0/BaseFont /{f'{base}-Identity-H' if face.is_cff else base}"
        f"/Encoding /Identity-H/DescendantFonts [{descendant} 0 R]/ToUnicode {unicode} 0 R>>"
    )


def _add_descendant(file: PdfFile, face: Face, base: str, parts: "_Parts") -> int:
    """The font by its glyphs' numbers (9.7.4)."""
    descriptor = _add_descriptor(file, face, base, parts)
    kind, places = ("CIDFontType0", "") if face.is_cff else ("CIDFontType2", "/CIDToGIDMap /Identity")
    return file.add(
        f"<</Type /Font/Subtype /{kind}/BaseFont /{base}/CIDSystemInfo {REGISTRY}/DW {EM}/W {parts.widths}"
        f"/FontDescriptor {descriptor} 0 R{places}>>"
    )


def _add_descriptor(file: PdfFile, face: Face, base: str, parts: "_Parts") -> int:
    """The font's measures, and its program (9.8 and 9.9)."""
    if face.is_cff:
        key, said = "FontFile3", "/Subtype /CIDFontType0C"
    else:
        key, said = "FontFile2", f"/Length1 {parts.length}"
    program = file.add_stream(parts.program, f"/Filter /FlateDecode{said}")
    return file.add(
        f"<</Type /FontDescriptor/FontName /{base}/Flags {SYMBOLIC}{_measures(face)}/{key} {program} 0 R>>"
    )


@lru_cache(maxsize=KEPT)
def _measures(face: Face) -> str:
    """What a face's descriptor says of its size, in thousandths of an em."""
    per_mille = EM / face.opentype.upem
    box = " ".join(str(round(side * per_mille)) for side in struct.unpack(">4h", face.table("head")[36:44]))
    ascent, descent = (round(way * per_mille) for way in struct.unpack(">2h", face.table("hhea")[4:8]))
    return (
        f"/FontBBox [{box}]/ItalicAngle 0/Ascent {ascent}/Descent {descent}/CapHeight {ascent}/StemV {STEM}"
    )


class _Parts(NamedTuple):
    """What a font's objects hold for some glyphs: streams deflated, widths as the W array is written."""

    tag: str
    program: bytes
    length: int
    """The program's, before it was deflated."""
    unicode: bytes
    widths: str


@lru_cache(maxsize=KEPT)
def _parts(face: Face, characters: str) -> _Parts:
    """A face cut to these characters: most reports have one 宋体 and 黑体.

    Of characters that share a glyph the last one is the glyph's text.
    """
    used = dict(zip(map(face.glyphs.__getitem__, map(ord, characters)), characters, strict=True))
    used.pop(0, None)
    used = dict(sorted(used.items()))
    program = _program(face, used)
    return _Parts(
        _subset_tag(tuple(used)),
        _packed(program, zlib.Z_HUFFMAN_ONLY if face.is_cff else zlib.Z_DEFAULT_STRATEGY),
        len(program),
        zlib.compress(_to_unicode(used).encode()),
        _widths(face, used),
    )


def _subset_tag(glyphs: Sequence[int]) -> str:
    """Six capitals that differ as the glyphs differ (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(repr(glyphs).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _program(face: Face, glyphs: Iterable[int]) -> bytes:
    """The font program with only these glyphs, found by their own numbers.

    TrueType's are found by their place, so every place before the last glyph's stays; CFF says which number
    each has, which is also its CID (a face where it is not is never used: ``typefaces/fitness.py``).
    """
    cut = hb.SubsetInput()
    cut.glyph_set.update([0, *glyphs])
    cut.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    if not face.is_cff:
        cut.flags |= hb.SubsetFlags.RETAIN_GIDS
    for tag in UNUSED_TABLES:
        cut.drop_table_tag_set.add(int.from_bytes(tag.encode().ljust(4), "big"))
    subset = hb.subset(face.to_cut(), cut)
    return bytes(subset.reference_table("CFF ").data if face.is_cff else subset.blob.data)


def _packed(program: bytes, strategy: int) -> bytes:
    """A program deflated. PostScript's outlines hardly repeat, and to search them takes twice the time."""
    packer = zlib.compressobj(memLevel=zlib.DEF_MEM_LEVEL + 1, strategy=strategy)
    return packer.compress(program) + packer.flush()


def _widths(face: Face, glyphs: Iterable[int]) -> str:
    """The W array, of glyphs that are not one em wide: the first of neighbours, then their widths."""
    every = face.widths
    widths = {glyph: width for glyph in glyphs if (width := every[glyph]) != EM}
    heads = {glyph: f"] {glyph} [" for glyph in widths if glyph - 1 not in widths}
    body = "".join(f"{heads.get(glyph, ' ')}{width}" for glyph, width in widths.items())
    return f"[{body[2:]}{']' if body else ''}]"


def _to_unicode(used: Mapping[int, str]) -> str:
    """The CMap that turns glyph numbers back into text, so that it can be copied, searched and read back."""
    lines = list(starmap(_line, used.items()))
    sections = [lines[start : start + CMAP_LIMIT] for start in range(0, len(lines), CMAP_LIMIT)]
    bodies = ["\n".join((f"{len(section)} beginbfchar", *section, "endbfchar")) for section in sections]
    return "\n".join((CMAP_START, *bodies, CMAP_END))


@lru_cache(maxsize=LINES)
def _line(glyph: int, text: str) -> str:
    """A glyph's line in the CMap."""
    return f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>"
