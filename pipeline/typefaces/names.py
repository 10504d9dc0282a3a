"""What a font file calls itself: only its directory and its name table are read, whatever its size."""

import logging
import struct
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import readTTCHeader
from msgspec import Struct

from pipeline.typefaces.wanted import key

NAMES = (1, 4, 6, 16)
"""Family, full name, PostScript name, typographic family (OpenType, ``name``)."""
MOST_NAMES, MOST_FACES = 2000, 64
"""More name records in a face, or faces in a collection, are no font's but a trap's."""

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # its remarks are not for the screen


class NamedFace(Struct, frozen=True):
    """A face of a font file: its number there, all its names as ``key`` has them, and whether it is plain."""

    path: Path
    index: int
    names: frozenset[str]
    plain: bool
    """Neither bold nor italic."""


def faces_in(path: Path) -> Iterator[NamedFace]:
    """The faces of a font file, several in a collection.

    OSError where it cannot be opened; any exception where its content is no font: fontTools checks little.
    """
    with path.open("rb") as file:
        count = readTTCHeader(file).numFonts if file.read(4) == b"ttcf" else 1
        for index in range(min(count, MOST_FACES)):
            file.seek(0)
            font = TTFont(file, fontNumber=index if count > 1 else -1, lazy=True)
            (style,) = struct.unpack(">H", font.reader["head"][44:46])
            yield NamedFace(path, index, frozenset(_names(font)), plain=not style & 0b11)


def _names(font: TTFont) -> Iterator[str]:
    (count,) = struct.unpack(">H", font.reader["name"][2:4])
    if count > MOST_NAMES:
        raise ValueError("too many names")
    for record in font["name"].names:
        if record.nameID in NAMES:
            yield key(record.toUnicode(errors="replace"))
