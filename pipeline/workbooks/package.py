"""A zip package unpacked: every part once, within limits, each held against its checksum.

What the package says of sizes is not believed: no part is unpacked further than it claims to reach, and one
that goes on, or is packed in a way whose unpacking cannot be bounded, is refused.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from struct import Struct

from pipeline.workbooks.refusal import RefusalError

MEBI = 1024 * 1024
MAX_PART = 16 * MEBI
MAX_UNPACKED = 64 * MEBI
MAX_PARTS = 2_000
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How every spreadsheet program packs; the other methods unpack gigabytes in one piece."""

ALIKE = frozenset({"[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml"})
"""Parts that are the same to the byte in many workbooks: they are unpacked once."""
LARGEST_ALIKE = 64 * 1024

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError)

_LOCAL = Struct("<4s22xHH")
"""The header in front of a part (APPNOTE.TXT 4.3.7): its mark, the lengths of its name and extra field."""
_MARK = b"PK\x03\x04"
_ABOUT = Struct("<5H3L2H")
"""What a local header and an entry of the directory (4.3.12) both say of a part, from version to lengths."""
_ENTRY = Struct("<4sH26s3H2L")
_END = Struct("<4s4H2LH")
_ENTRY_MARK, _END_MARK = b"PK\x01\x02", b"PK\x05\x06"
_DAY = 0x21
"""1 January 1980."""
_LOCKED, _PATCHED, _IN_UTF_8 = 0x01, 0x60, 0x800


def unpacked(content: bytes, largest: int = MAX_PART) -> dict[str, bytes]:
    """The parts by name, with ``/``; RefusalError for a broken, locked or oversized package.

    ``largest`` is how many bytes a part may have. Names count without regard to case (ECMA-376 part 2,
    6.2.2.3): two alike are a fault, since two programs might read either.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise RefusalError("workbook-unreadable", "文件不完整，多半没有传完") from error
    entries = package.infolist()
    _check_sizes(entries, largest)
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise RefusalError("workbook-password")
    if any(entry.compress_type not in METHODS for entry in entries):
        raise RefusalError("workbook-unreadable", "用了表格软件不用的压缩方法")
    parts = {entry.filename.replace("\\", "/"): _content(content, entry) for entry in entries}
    if len({name.lower() for name in parts}) < len(entries):
        raise RefusalError("workbook-damaged", "里面有同名的部件，分不清以哪个为准")
    return parts


def _content(package: bytes, entry: zipfile.ZipInfo) -> bytes:
    """One part, inflated no further than it claims to reach, if its checksum agrees.

    What ``ZipFile.open`` does, without its file objects: those cost twice the unpacking.
    """
    try:
        packed = _packed(package, entry)
        unpack = _alike if entry.filename in ALIKE and entry.file_size <= LARGEST_ALIKE else _unpacked
        return unpack(packed, entry.compress_type, entry.file_size, entry.CRC)
    except _BROKEN as error:
        raise RefusalError("workbook-damaged", "文件内部校验不符") from error


def _unpacked(packed: bytes, method: int, size: int, check: int) -> bytes:
    """A part inflated to no more than this size; BadZipFile where its checksum is another."""
    if method == zipfile.ZIP_DEFLATED and size:
        part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size)
    else:
        part = packed[:size]
    if zlib.crc32(part) != check:
        raise zipfile.BadZipFile
    return part


_alike = lru_cache(maxsize=64)(_unpacked)


def _packed(package: bytes, entry: zipfile.ZipInfo) -> bytes:
    """A part as it lies in the package; BadZipFile where another one, or none, lies there."""
    start = entry.header_offset + _LOCAL.size
    if entry.header_offset < 0 or start > len(package) or entry.flag_bits & _PATCHED:
        raise zipfile.BadZipFile(entry.filename)
    mark, name, extra = _LOCAL.unpack_from(package, entry.header_offset)
    encoding = "utf-8" if entry.flag_bits & _IN_UTF_8 else "cp437"
    if mark != _MARK or package[start : start + name].decode(encoding) != entry.orig_filename:
        raise zipfile.BadZipFile(entry.filename)
    start += name + extra
    return package[start : start + entry.compress_size]


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, nothing deflated; ``ZipFile`` takes four times as long to write the same."""
    body: list[bytes] = []
    directory: list[bytes] = []
    start = 0
    for name, part in parts.items():
        title = name.encode()
        flags = 0 if name.isascii() else _IN_UTF_8
        about = _ABOUT.pack(20, flags, 0, 0, _DAY, zlib.crc32(part), len(part), len(part), len(title), 0)
        directory += _ENTRY.pack(_ENTRY_MARK, 20, about, 0, 0, 0, 0, start), title
        body += _MARK, about, title, part
        start += len(_MARK) + len(about) + len(title) + len(part)
    length = sum(map(len, directory))
    return b"".join((*body, *directory, _END.pack(_END_MARK, 0, 0, len(parts), len(parts), length, start, 0)))


def _check_sizes(entries: list[zipfile.ZipInfo], most: int) -> None:
    largest = max((entry.file_size for entry in entries), default=0)
    whole = sum(entry.file_size for entry in entries)
    if largest > most:
        raise RefusalError(
            "workbook-too-large", f"的一个部件解开有 {largest // MEBI} MB", f"{most // MEBI} MB"
        )
    if whole > MAX_UNPACKED:
        raise RefusalError("workbook-too-large", f"解开有 {whole // MEBI} MB", f"{MAX_UNPACKED // MEBI} MB")
    if len(entries) > MAX_PARTS:
        raise RefusalError("workbook-too-large", f"有 {len(entries)} 个部件", f"{MAX_PARTS} 个部件")
