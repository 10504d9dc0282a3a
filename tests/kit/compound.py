"""Compound files with a few records of an old binary workbook in them: only as much as a guard looks at."""

import struct
from collections.abc import Sequence

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", kind, len(body)) + body


def number(row: int, column: int) -> bytes:
    """A NUMBER record; row and column count from 0."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


def error(row: int, column: int, code: int) -> bytes:
    """A BOOLERR record with an error value."""
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def failed_formula(row: int, column: int, code: int) -> bytes:
    """A FORMULA record whose stored result is an error value."""
    result = bytes([2, 0, code, 0, 0, 0, 0xFF, 0xFF])
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + b"\0" * 8)


def workbook_stream(sheets: Sequence[tuple[str, bytes]], extra: bytes = b"") -> bytes:
    """Globals that name the sheets, then each sheet's records."""
    names = [name.encode("utf-16-le") for name, _ in sheets]
    start = len(record(0x0809, b"\0" * 16)) + len(extra) + sum(12 + len(name) for name in names) + 4
    heads, bodies = b"", b""
    for name, (text, records) in zip(names, sheets, strict=True):
        heads += record(0x0085, struct.pack("<IBBBB", start + len(bodies), 0, 0, len(text), 1) + name)
        bodies += record(0x0809, b"\0" * 16) + records + record(0x000A)
    return record(0x0809, b"\0" * 16) + extra + heads + record(0x000A) + bodies


def compound(stream: bytes, name: str = "Workbook", *, looped: bool = False, macros: bool = False) -> bytes:
    """A compound file with one stream; under 4096 bytes it lies in the small-stream area, as always."""
    small = len(stream) < 4096
    size = 64 if small else SECTOR
    held = stream + b"\0" * (-len(stream) % (SECTOR if not small else 64))
    data = held + b"\0" * (-len(held) % SECTOR)
    count = len(data) // SECTOR
    chain = [*range(4, 3 + count), 3 if looped else END]
    table = [TABLE, END, END if small else FREE, *chain]
    pieces = len(held) // size
    small_table = [*range(1, pieces), END] if small else []
    root = _entry("Root Entry", 5, 3 if small else END, len(held) if small else 0)
    entry = _entry(name, 2, 0 if small else 3, len(stream))
    entry += _entry("_VBA_PROJECT_CUR", 1, END, 0) if macros else b""
    return _header(small) + _sector(table) + (root + entry).ljust(SECTOR, b"\0") + _sector(small_table) + data


def _sector(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{SECTOR // 4}I", *numbers, *[FREE] * (SECTOR // 4 - len(numbers)))


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack("<HB49xII4x", len(text), kind, first, size)


def _header(small: bool) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + struct.pack("<II4xI", 1, 1, 4096)
    head += struct.pack("<IIII", 2 if small else END, int(small), END, 0)
    return head + struct.pack("<109I", 0, *[FREE] * 108)
