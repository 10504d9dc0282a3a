"""Embedding a face in a PDF: one Type 0 font a face, TrueType or CFF, cut to the glyphs the document prints.

Source: ISO 32000-1, 9.7 (composite fonts, Identity-H) and 9.10.3 (ToUnicode). Reportlab's own TTFont takes no
CFF and splits a Chinese face into many 256-glyph fonts whose ToUnicode fails beyond the BMP.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import starmap
from typing import Any, NamedTuple

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc, pdfmetrics

from pipeline.render.font import EM, Face

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


class Type0Font:
    """A reportlab font over a Face, for one document; its codes are the face's glyph numbers.

    The upper half is the protocol reportlab expects of a font that is subset when the document is finished
    (``_dynamicFont``).
    """

    _multiByte = 1  # noqa: N815 - reportlab's protocol
    _dynamicFont = 1  # noqa: N815 - reportlab's protocol
    encName = "UTF-8"  # noqa: N815 - reportlab's protocol
    shapable = False
    isShaped = False  # noqa: N815 - reportlab's protocol
    encoding = None

    def __init__(self, face: Face) -> None:
        self.face = face
        self.fontName = face.name
        self._used: set[str] = set()
        self._internal = ""

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:  # noqa: ARG002, N802 - reportlab's protocol
        """The text's width in points."""
        return sum(self.face.advance(self.face.glyph(character)) for character in text) * size

    def splitString(self, text: str, doc: object, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: ARG002, N802 - reportlab's protocol
        """The text as glyph numbers, two bytes each, in the font's one subset."""
        return [(0, self.encoded(text))]

    def encoded(self, text: str) -> bytes:
        """The text as the page holds it: two bytes a glyph."""
        self._used.update(text)
        return text.translate(self.face.glyphs).encode("utf-16-be", "surrogatepass")

    def note(self, characters: Iterable[str]) -> None:
        """Have these characters embedded."""
        self._used.update(characters)

    @property
    def resource(self) -> str:
        """The font's name on the pages, once it is booked."""
        return f"/{self._internal}"

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: ARG002, N802 - reportlab's protocol
        """The font's name in the page resources; the first call books it for embedding."""
        if not self._internal:
            self._internal = self.face.name
            doc.fontMapping[self.fontName] = f"/{self._internal}"
            doc.delayedFonts.append(self)
        return self.resource

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's protocol
        """Write the font's objects, now that every glyph of the document is known."""
        parts = _parts(self.face, "".join(sorted(self._used, reverse=True)))
        base = f"{parts.tag}+{self.face.name}"
        descendant = self._descendant(doc, base, parts)
        type0 = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{base}-Identity-H" if self.face.is_cff else f"/{base}",
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"cid:{base}")]),
                "ToUnicode": doc.Reference(_deflated(parts.unicode), f"unicode:{base}"),
            }
        )
        fonts = doc.idToObject["BasicFonts"].dict
        fonts[self._internal] = doc.Reference(type0, self._internal)

    def _descendant(self, doc: Any, base: str, parts: "_Parts") -> pdfdoc.PDFDictionary:
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType0" if self.face.is_cff else "/CIDFontType2",
                "BaseFont": f"/{base}",
                "CIDSystemInfo": REGISTRY,
                "DW": EM,
                "W": parts.widths,
                "FontDescriptor": doc.Reference(self._descriptor(doc, base, parts), f"descriptor:{base}"),
            }
        )
        if not self.face.is_cff:
            font["CIDToGIDMap"] = "/Identity"
        return font

    def _descriptor(self, doc: Any, base: str, parts: "_Parts") -> pdfdoc.PDFDictionary:
        program = _deflated(parts.program)
        if self.face.is_cff:
            key = "FontFile3"
            program.dictionary["Subtype"] = "/CIDFontType0C"
        else:
            key = "FontFile2"
            program.dictionary["Length1"] = parts.length
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{base}",
                **_measures(self.face),
                key: doc.Reference(program, f"program:{base}"),
            }
        )


def register(face: Face) -> None:
    """Make the face known to reportlab under its name, for the one document that is begun next.

    ``registerFont`` would silently keep an earlier document's font of that name.
    """
    registry: dict[str, Any] = vars(pdfmetrics)["_fonts"]
    registry[face.name] = Type0Font(face)


def registered(name: str) -> Type0Font:
    """The font that was last made known for the face of this name."""
    font = pdfmetrics.getFont(name)
    if not isinstance(font, Type0Font):
        message = f"{name} is no face of the report"
        raise TypeError(message)
    return font


@lru_cache(maxsize=KEPT)
def _measures(face: Face) -> Mapping[str, str | int]:
    """What a face's descriptor says of its size, in thousandths of an em."""
    per_mille = 1000 / face.opentype.upem
    box = struct.unpack(">4h", face.table("head")[36:44])
    ascent, descent = struct.unpack(">2h", face.table("hhea")[4:8])
    return {
        "Flags": SYMBOLIC,
        "FontBBox": f"[{' '.join(str(round(side * per_mille)) for side in box)}]",
        "ItalicAngle": 0,
        "Ascent": round(ascent * per_mille),
        "Descent": round(descent * per_mille),
        "CapHeight": round(ascent * per_mille),
        "StemV": STEM,
    }


class _Parts(NamedTuple):
    """What a font's objects hold for some glyphs: streams deflated, widths as the W array is written."""

    tag: str
    program: bytes
    length: int
    """The program's, before it was deflated."""
    unicode: bytes
    widths: bytes


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
        _widths(face, used).encode(),
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


def _deflated(content: bytes) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=content, filters=[])
    stream.dictionary["Filter"] = "/FlateDecode"
    return stream


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
