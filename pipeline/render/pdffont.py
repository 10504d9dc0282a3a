"""Embedding a face in a PDF: one Type 0 font a face, TrueType or CFF, cut to the glyphs the document prints.

Source: ISO 32000-1, 9.7 (composite fonts, Identity-H) and 9.10.3 (ToUnicode). Reportlab's own TTFont takes no
CFF and splits a Chinese face into many 256-glyph fonts whose ToUnicode fails beyond the BMP.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc, pdfmetrics

from pipeline.render.font import Face

UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "name", "OS/2", "post", "cmap", "vhea", "vmtx", "VORG")
SYMBOLIC = 4
STEM = 80
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
        self._used: dict[int, str] = {}
        self._internal = ""

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:  # noqa: ARG002, N802 - reportlab's protocol
        """The text's width in points."""
        return sum(self.face.advance(self.face.glyph(character)) for character in text) * size

    def splitString(self, text: str, doc: object, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: ARG002, N802 - reportlab's protocol
        """The text as glyph numbers, two bytes each, in the font's one subset."""
        glyphs = [self.face.glyph(character) for character in text]
        self._used.update(zip(glyphs, text, strict=True))
        return [(0, struct.pack(f">{len(glyphs)}H", *glyphs))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: ARG002, N802 - reportlab's protocol
        """The font's name in the page resources; the first call books it for embedding."""
        if not self._internal:
            self._internal = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = f"/{self._internal}"
            doc.delayedFonts.append(self)
        return f"/{self._internal}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's protocol
        """Write the font's objects, now that every glyph of the document is known."""
        self._used.pop(0, None)
        tag = _subset_tag(self._used)
        base = f"{tag}+{self.face.name}"
        descendant = self._descendant(doc, base)
        type0 = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(f"{base}-Identity-H" if self.face.is_cff else base),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"cid:{base}")]),
                "ToUnicode": doc.Reference(_stream(_to_unicode(self._used).encode()), f"unicode:{base}"),
            }
        )
        fonts = doc.idToObject["BasicFonts"].dict
        fonts[self._internal] = doc.Reference(type0, self._internal)

    def _descendant(self, doc: Any, base: str) -> pdfdoc.PDFDictionary:
        registry = {
            "Registry": pdfdoc.PDFString("Adobe"),
            "Ordering": pdfdoc.PDFString("Identity"),
            "Supplement": 0,
        }
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType0" if self.face.is_cff else "CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": pdfdoc.PDFDictionary(registry),
                "DW": 1000,
                "W": pdfdoc.PDFArray(list(_widths(self.face, self._used))),
                "FontDescriptor": doc.Reference(self._descriptor(doc, base), f"descriptor:{base}"),
            }
        )
        if not self.face.is_cff:
            font["CIDToGIDMap"] = pdfdoc.PDFName("Identity")
        return font

    def _descriptor(self, doc: Any, base: str) -> pdfdoc.PDFDictionary:
        per_mille = 1000 / self.face.opentype.upem
        box = struct.unpack(">4h", self.face.table("head")[36:44])
        ascent, descent = struct.unpack(">2h", self.face.table("hhea")[4:8])
        program, key = _program(self.face, self._used)
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(base),
                "Flags": SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([round(side * per_mille) for side in box]),
                "ItalicAngle": 0,
                "Ascent": round(ascent * per_mille),
                "Descent": round(descent * per_mille),
                "CapHeight": round(ascent * per_mille),
                "StemV": STEM,
                key: doc.Reference(program, f"program:{base}"),
            }
        )


def register(face: Face) -> None:
    """Make the face known to reportlab under its name, for the one document that is begun next.

    ``registerFont`` would silently keep an earlier document's font of that name.
    """
    registry: dict[str, Any] = vars(pdfmetrics)["_fonts"]
    registry[face.name] = Type0Font(face)


def _subset_tag(used: Mapping[int, str]) -> str:
    """Six capitals that differ as the glyphs differ (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(repr(sorted(used)).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _program(face: Face, used: Mapping[int, str]) -> tuple[pdfdoc.PDFStream, str]:
    """The font program with only the used glyphs, under their own numbers, and the key it is embedded by."""
    cut = hb.SubsetInput()
    cut.glyph_set.update([0, *used])
    cut.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    for tag in UNUSED_TABLES:
        cut.drop_table_tag_set.add(int.from_bytes(tag.encode().ljust(4), "big"))
    subset = hb.subset(face.opentype, cut)
    if face.is_cff:
        program = _stream(bytes(subset.reference_table("CFF ").data))
        program.dictionary["Subtype"] = pdfdoc.PDFName("CIDFontType0C")
        return program, "FontFile3"
    outlines = bytes(subset.blob.data)
    program = _stream(outlines)
    program.dictionary["Length1"] = len(outlines)
    return program, "FontFile2"


def _stream(content: bytes) -> pdfdoc.PDFStream:
    return pdfdoc.PDFStream(content=content, filters=[])  # the finished file is compressed as a whole


def _widths(face: Face, used: Mapping[int, str]) -> Iterator[Any]:
    """The W array: the first glyph of each run of neighbours, then their widths in thousandths of an em."""
    glyphs = sorted(used)
    starts = [0, *(i for i, (one, two) in enumerate(pairwise(glyphs), 1) if two != one + 1), len(glyphs)]
    for start, end in pairwise(starts):
        if start < end:
            yield glyphs[start]
            yield pdfdoc.PDFArray([round(face.advance(glyph) * 1000) for glyph in glyphs[start:end]])


def _to_unicode(used: Mapping[int, str]) -> str:
    """The CMap that turns glyph numbers back into text, so that it can be copied, searched and read back."""
    lines = [
        f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>" for glyph, text in sorted(used.items())
    ]
    sections = [lines[start : start + CMAP_LIMIT] for start in range(0, len(lines), CMAP_LIMIT)]
    bodies = ["\n".join((f"{len(section)} beginbfchar", *section, "endbfchar")) for section in sections]
    return "\n".join((CMAP_START, *bodies, CMAP_END))
