"""Office files as plain zip packages: the same parts give the same bytes, on any day and machine."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

Finish: TypeAlias = Callable[[str, bytes], bytes]
"""A part as it is to be, by its name and as it was made."""

CONTENT_TYPES = "[Content_Types].xml"
"""The part every OOXML package names its parts' types in; readers look for it first (ECMA-376 part 2)."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip entry can carry; it says nothing, which is what is wanted."""

_EARLIEST_DAY = 1 << 5 | 1
"""The same day as an entry carries it."""
_VERSION = 20
"""Deflated parts need the format's version 2.0."""
_UTF_8 = 1 << 11
"""Tells that a name is in UTF-8; one in ASCII needs no telling."""
_UNIX = 3
_OWNER_READS_AND_WRITES = 0o600 << 16


def as_it_is(_name: str, part: bytes) -> bytes:
    """The part unchanged."""
    return part


class Packed(NamedTuple):
    """A part as it stands in a package: its name, its CRC-32, its size, and its content deflated."""

    name: str
    check: int
    size: int
    content: bytes


def deflated(name: str, part: bytes) -> Packed:
    """The part for ``packed``; one that many packages share is deflated once."""
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return Packed(name, zlib.crc32(part), len(part), deflate.compress(part) + deflate.flush())


def packed(parts: Iterable[Packed]) -> bytes:
    """A zip package of parts with different names: the type list first, the rest in the names' order.

    Nothing tells when, by whom or on what system it was written (PKWARE, APPNOTE 4.3; up to 4 GB).
    """
    entries, directory, place = [], [], 0
    for part in sorted(parts, key=lambda part: (part.name != CONTENT_TYPES, part.name)):
        name, flags = part.name.encode(), 0 if part.name.isascii() else _UTF_8
        sizes = part.check, len(part.content), part.size, len(name), 0
        said = _VERSION, flags, zipfile.ZIP_DEFLATED, 0, _EARLIEST_DAY, *sizes
        head = struct.pack("<4s5H3L2H", b"PK\3\4", *said)
        ends = 0, 0, 0, _OWNER_READS_AND_WRITES, place
        directory.append(struct.pack("<4s2B5H3L5H2L", b"PK\1\2", _VERSION, _UNIX, *said, *ends) + name)
        entries += [head, name, part.content]
        place += len(head) + len(name) + len(part.content)
    count, size = len(directory), sum(map(len, directory))
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, place, 0)
    return b"".join((*entries, *directory, end))


def repacked(content: bytes, finish: Finish = as_it_is) -> bytes:
    """A zip package ``packed`` anew, each part as ``finish`` makes it.

    Raises ``zipfile.BadZipFile`` where ``content`` is no zip file or names one part twice.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return packed(deflated(name, finish(name, source.read(name))) for name in _names(source))


def _names(package: zipfile.ZipFile) -> list[str]:
    """The parts' names; one that stands twice would make the reader's choice ours."""
    names = package.namelist()
    if len(set(names)) != len(names):
        message = "the package names one part twice"
        raise zipfile.BadZipFile(message)
    return [name for name in names if not name.endswith("/")]
