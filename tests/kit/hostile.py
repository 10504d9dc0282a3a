"""Files that are out to do harm, or look so: each maker turns a good submission into one of them.

The good one is a seed of tests/fuzz/seeds (市教育局's workbook of the small office), as openpyxl writes it and
as LibreOffice saves it. What each maker must come to stands in tests/test_hostile_files.py.
"""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import openpyxl

from kit.compound import compound, record
from kit.packages import package, parts_of

SEEDS = Path(__file__).parents[1] / "fuzz" / "seeds"
MEBI = 1024 * 1024
SHEET, TEXTS, STYLES, BOOK = (
    "xl/worksheets/sheet2.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
)
LAUGHS = (
    "<!DOCTYPE x ["
    '<!ENTITY a0 "哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>'


@cache
def seed(name: str) -> bytes:
    """A file of the seed corpus."""
    return (SEEDS / name).read_bytes()


def good() -> bytes:
    """The submission as openpyxl writes it."""
    return seed("openpyxl.xlsx")


def saved() -> bytes:
    """The submission as LibreOffice saves it."""
    return seed("libreoffice.xlsx")


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one part changed, and whole again."""
    parts = parts_of(content)
    changed = change(parts[name])
    if changed == parts[name]:
        raise ValueError(name)
    return package(parts | {name: changed})


def replaced(content: bytes, name: str, old: str | bytes, new: str | bytes, count: int = 1) -> bytes:
    """A package with something in one part replaced."""
    old, new = (text if isinstance(text, bytes) else text.encode() for text in (old, new))
    return with_part(content, name, lambda part: part.replace(old, new, count))


def prolonged(content: bytes, name: str, before: str | bytes, more: bytes) -> bytes:
    """A package with something put into one part before a mark."""
    mark = before if isinstance(before, bytes) else before.encode()
    return replaced(content, name, mark, more + mark)


def with_entities(content: bytes, name: str, entities: str) -> bytes:
    """A package one part of which declares entities and uses the last of them where its first text stands."""

    def spoil(part: bytes) -> bytes:
        body = re.sub(rb"<\?xml[^>]*\?>\s*", b"", part)
        body = re.sub(rb"(<(?:\w+:)?(?:t|p|v|sheetName|name)\b[^>/]*>)[^<]+", rb"\1&a9;", body, count=1)
        return b'<?xml version="1.0" encoding="UTF-8"?>' + entities.encode() + body

    return with_part(content, name, spoil)


def understated(
    content: bytes, name: str, part: bytes, size: int = 10, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A package one part of which is far longer than the directory and its own head say."""
    spoiled = bytearray(package({**parts_of(content), name: part}, method))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        head = 30 if at == 22 else 46
        start = spoiled.find(mark)
        while start >= 0:
            if spoiled[start + head : start + head + len(name)] == name.encode():
                spoiled[start + at : start + at + 4] = struct.pack("<I", size)
            start = spoiled.find(mark, start + 1)
    return bytes(spoiled)


def overlapped(content: bytes, name: str, part: bytes, times: int) -> bytes:
    """A package whose directory names one and the same packed part many times."""
    whole = package({**parts_of(content), name: part})
    source = zipfile.ZipFile(io.BytesIO(whole))
    start = source.start_dir
    directory = b""
    entry = source.getinfo(name)
    for number in range(times):
        text = f"xl/worksheets/over{number}.xml".encode()
        directory += struct.pack(
            "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 8, 0, 0x21, entry.CRC,
            entry.compress_size, entry.file_size, len(text), 0, 0, 0, 0, 0, entry.header_offset,
        ) + text  # fmt: skip
    old = whole[start:-22]
    count = len(source.infolist()) + times
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(old) + len(directory), start, 0)
    return whole[:start] + old + directory + end


def repeated_name(content: bytes, name: str, part: bytes) -> bytes:
    """A package with two parts of one name."""
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as target:
        target.filelist = list(target.filelist)
        target.NameToInfo.pop(name)
        target.writestr(name, part)
    return buffer.getvalue()


def many_sheets(content: bytes, count: int) -> bytes:
    """A workbook whose list of sheets names the same part over and over."""
    more = "".join(f'<sheet name="s{n}" sheetId="{n + 100}" r:id="rId1"/>' for n in range(count)).encode()
    declared = replaced(
        content,
        BOOK,
        "<sheets>",
        '<sheets xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
    )
    return prolonged(declared, BOOK, "</sheets>", more)


def ods_row(cells: str, attributes: str = "") -> Callable[[], bytes]:
    """The .ods with one more row at the end of its first table."""
    row = f"<table:table-row {attributes}>{cells}</table:table-row>".encode()
    return lambda: prolonged(seed("libreoffice.ods"), "content.xml", "</table:table>", row)


def xls_stream(content: bytes) -> bytes:
    """The workbook stream of an .xls."""
    from pipeline.workbooks.compound import _directory, _stream

    return _stream(content, *_directory(content)["Workbook"])


def xls_records(content: bytes) -> list[tuple[int, bytes]]:
    """The records of an .xls."""
    from pipeline.workbooks.compound import _records

    return [(kind, body) for _, kind, body in _records(xls_stream(content))]


def xls_of(records: list[tuple[int, bytes]]) -> bytes:
    """An .xls of these records; the offsets of its sheets are set anew."""
    return compound(in_place(records))


def in_place(records: list[tuple[int, bytes]]) -> bytes:
    """The records as a stream, BOUNDSHEET pointing to the sheets' BOF in turn."""
    offsets, at = [], 0
    for kind, body in records:
        if kind == 0x0809 and at:
            offsets.append(at)
        at += 4 + len(body)
    stream = b""
    for kind, body in records:
        points = kind == 0x0085 and offsets
        stream += record(kind, struct.pack("<I", offsets.pop(0)) + body[4:] if points else body)
    return stream


def xls_with(kind: int, change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    """The .xls with every record of a kind changed."""
    return lambda: xls_of(
        [(one, change(body) if one == kind else body) for one, body in xls_records(seed("libreoffice.xls"))]
    )


def saved_by_openpyxl(change: Callable[[openpyxl.Workbook], object]) -> Callable[[], bytes]:
    """The submission opened by openpyxl, changed and saved."""

    def make() -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(good()))
        change(book)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return make


def word_file() -> bytes:
    """A Word file."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()
