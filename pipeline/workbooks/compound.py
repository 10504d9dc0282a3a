"""The check of an old binary workbook (.xls, .et): which kind of compound file it is, and how far it reaches.

The reader is handed a new file with the stream of records alone: no macros, no chains of sectors but straight
ones, and no word about the sheets' size, for which it would take memory unasked.

Compound files: [MS-CFB] 2.2–2.6 (header, sector chains, directory); records in them: [MS-XLS] 2.5.
"""

import struct
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.workbooks.bounds import MAX_SHEETS
from pipeline.workbooks.container import container
from pipeline.workbooks.extent import Hidden
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sharedtext import check_texts

MAX_CELLS = 2_000_000
COLUMNS = 256
"""Columns of a sheet, by the format."""
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_BOF, _BOUNDSHEET, _FILEPASS, _BOOLERR, _FORMULA = 0x0809, 0x0085, 0x002F, 0x0205, 0x0006
_DIMENSIONS, _LABELSST = 0x0200, 0x00FD
_CELLS = frozenset([_FORMULA, _BOOLERR, 0x0203, 0x027E, 0x00FD, 0x0204, 0x00BD])
"""FORMULA, BOOLERR, NUMBER, RK, LABELSST, LABEL, MULRK: the records that put content in a cell."""


class Checked(Struct, frozen=True):
    """A workbook that may be read: the new file, whether the old one has macros, error values by sheet."""

    content: bytes
    macros: bool
    hidden: Mapping[str, Hidden]


def check_compound(content: bytes) -> Checked:
    """The workbook alone; RefusalError for a password, another kind of document, or damage."""
    try:
        streams = _directory(content)
        name = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in streams), None)
        if name is None:
            raise RefusalError(*_other_kind(streams))
        stream = _stream(content, *streams[name])
        if len(stream) < streams[name][1]:
            raise ValueError(len(stream))
        hidden = _workbook(stream)
        return Checked(container(name, _unmeasured(stream)), "_VBA_PROJECT_CUR" in streams, hidden)
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise RefusalError("workbook-damaged", "文件结构不完整") from error


def _other_kind(streams: Mapping[str, tuple[int, int]]) -> tuple[str, str]:
    if "EncryptedPackage" in streams:
        return "workbook-password", ""
    if set(streams) <= {""}:
        return "workbook-unreadable", "文件不完整，多半没有传完"
    return "not-a-workbook", "Word 文档" if "WordDocument" in streams else "别的 Office 文档"


def _directory(content: bytes) -> dict[str, tuple[int, int]]:
    """The streams by name: first sector and size; "" is the root, which holds the small streams."""
    size = _sector_size(content)
    (first,) = struct.unpack_from("<I", content, 48)
    entries = b"".join(_sectors(content, size, first, _table(content)))
    streams: dict[str, tuple[int, int]] = {}
    for start in range(0, len(entries), 128):
        length, kind = struct.unpack_from("<HB", entries, start + 64)
        sector, bytes_ = struct.unpack_from("<II", entries, start + 116)
        name = entries[start : start + max(0, length - 2)].decode("utf-16-le", "replace")
        if kind in (1, 2, 5):
            streams["" if kind == 5 else name] = (sector, bytes_)
    return streams


def _sector_size(content: bytes) -> int:
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in (9, 12):
        raise ValueError(shift)
    return 1 << int(shift)


def _table(content: bytes) -> list[int]:
    """The sector allocation table: each sector's follower."""
    size = _sector_size(content)
    sectors = list(struct.unpack_from("<109I", content, 76))
    more, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // size)):
        *further, more = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        sectors += further
    table: list[int] = []
    for sector in sectors:
        if sector < _END:
            table += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    return table


def _sectors(content: bytes, size: int, sector: int, table: list[int]) -> Iterator[bytes]:
    for _ in range(len(table) + 1):
        if sector >= _END:
            return
        yield content[(sector + 1) * size : (sector + 2) * size]
        sector = table[sector]
    raise ValueError("a chain of sectors bites its tail")


def _stream(content: bytes, first: int, length: int) -> bytes:
    """A stream's bytes; a small one lies in pieces of 64 bytes inside the root's stream."""
    size, table = _sector_size(content), _table(content)
    (cutoff, first_small) = struct.unpack_from("<II", content, 56)
    if length >= cutoff:
        return b"".join(_sectors(content, size, first, table))[:length]
    root = b"".join(_sectors(content, size, _directory(content)[""][0], table))
    packed = b"".join(_sectors(content, size, first_small, table))
    small = list(struct.unpack(f"<{len(packed) // 4}I", packed))
    return b"".join(_pieces(root, first, small))[:length]


def _pieces(root: bytes, piece: int, table: list[int]) -> Iterator[bytes]:
    for _ in range(len(table) + 1):
        if piece >= _END:
            return
        yield root[piece * 64 : piece * 64 + 64]
        piece = table[piece]


def _workbook(stream: bytes) -> dict[str, Hidden]:
    """Walk the records of a workbook: names of sheets, error values in them, and their extent.

    RefusalError for a password, for too much, and where two sheets are one and the same piece of the file.
    """
    names: dict[int, str] = {}
    listed = texts = 0
    errors: dict[str, dict[tuple[int, int], str]] = {}
    sheet, row, column, whole = "", 0, 0, 0
    for offset, record, body in _records(stream):
        if record == _FILEPASS:
            raise RefusalError("workbook-password")
        if record == _BOF:
            sheet, row, column, whole = names.get(offset, ""), 0, 0, whole + row * column
        elif record == _BOUNDSHEET:
            names[struct.unpack_from("<I", body)[0]] = _sheet_name(body)
            listed += 1
        elif record in _CELLS:
            at_row, at_column = struct.unpack_from("<HH", body)
            row, column = max(row, at_row + 1), max(column, at_column + 1)
            texts += record == _LABELSST
            if at_column >= COLUMNS:
                raise ValueError(at_column)
            if text := _error(record, body):
                errors.setdefault(sheet, {})[at_row + 1, at_column + 1] = text
        if whole + row * column > MAX_CELLS:
            raise RefusalError(
                "workbook-too-large", f"用到了第{row}行、第{column}列", f"{MAX_CELLS // 10_000} 万格"
            )
    if listed > MAX_SHEETS:
        raise RefusalError("workbook-too-large", f"有 {listed} 张表", f"{MAX_SHEETS} 张表")
    if len(names) < listed:
        raise ValueError(listed)
    check_texts(((record, body) for _, record, body in _records(stream)), texts)
    return {name: Hidden(places, frozenset()) for name, places in errors.items()}


def _unmeasured(stream: bytes) -> bytes:
    """The stream with every DIMENSIONS record saying that its sheet is empty, as it may."""
    measures = [(at, body) for at, record, body in _records(stream) if record == _DIMENSIONS]
    emptied = bytearray(stream)
    for at, body in measures:
        emptied[at + 4 : at + 4 + len(body)] = bytes(len(body))
    return bytes(emptied)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    offset = 0
    while offset + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, offset)
        yield offset, record, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _sheet_name(body: bytes) -> str:
    wide = body[7] & 1
    return body[8 : 8 + body[6] * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _error(record: int, body: bytes) -> str:
    """The error value a cell shows, "" for none."""
    if record == _BOOLERR and body[7]:
        return ERRORS.get(body[6], "#?")
    if record == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
        return ERRORS.get(body[8], "#?")
    return ""
