"""A new compound file that holds one stream and nothing else, its sectors in a row ([MS-CFB] 2.2–2.6).

With sectors of 4096 bytes the header's own list of table sectors reaches 400 MB: no chain of lists is needed.
"""

import struct

SECTOR = 4096
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LISTED = 109
"""Table sectors that the header names."""
_ENTRIES = SECTOR // 4
"""Sectors that a table sector tells of."""


def container(name: str, stream: bytes) -> bytes:
    """The file: header, table of sectors, directory, one sector for small streams (empty), the stream."""
    count = max(1, -(-len(stream) // SECTOR))
    tables = -(-(count + 2) // (_ENTRIES - 1))
    directory, small, first = tables, tables + 1, tables + 2
    chain = [*range(first + 1, first + count), _END]
    table = [*[_TABLE] * tables, _END, _END, *chain]
    table += [_FREE] * (tables * _ENTRIES - len(table))
    entries = _entry("Root Entry", 5, small, 64) + _entry(name, 2, first, max(len(stream), SECTOR))
    return b"".join(
        (
            _header(tables, directory),
            struct.pack(f"<{len(table)}I", *table),
            entries.ljust(SECTOR, b"\0"),
            bytes(SECTOR),
            stream.ljust(count * SECTOR, b"\0"),
        )
    )


def _header(tables: int, directory: int) -> bytes:
    sizes = struct.pack("<HHHHH", 0x3E, 4, 0xFFFE, 12, 6)
    counts = struct.pack("<6xIII4xI", 1, tables, directory, SECTOR)
    lists = struct.pack("<IIII", _END, 0, _END, 0)
    listed = struct.pack(f"<{_LISTED}I", *range(tables), *[_FREE] * (_LISTED - tables))
    return (_MAGIC + bytes(16) + sizes + counts + lists + listed).ljust(SECTOR, b"\0")


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III36xIQ", _FREE, _FREE, 1 if kind == 5 else _FREE, first, size)
