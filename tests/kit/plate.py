"""A real workbook cast as a plate: printed again and again with other figures and texts, quickly.

The workbook is filled with marks: numbers and words found nowhere else in it. Casting parts each file of the
package at its marks; printing puts what is wanted in their places and zips, what no mark stands in deflated once
and for all. What Excel, WPS or LibreOffice saved keeps its own layout, shared strings and results of formulas.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape

from msgspec import Struct

Write = Callable[[str], bytes]
OLE2 = b"\xd0\xcf\x11\xe0"
LEVEL = 6
LOCAL, CENTRAL, END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
"""The records of a zip file (PKWARE APPNOTE 4.3); dates are those of the format's first day."""
FIRST_DAY, UTF8 = 33, 0x0800


def _xml(text: str) -> bytes:
    return escape(text).encode()


def _ascii(text: str) -> bytes:
    """As openpyxl writes what is not ASCII: by number."""
    return escape(text).encode("ascii", "xmlcharrefreplace")


def _paragraphs(text: str) -> bytes:
    return _xml(text).replace(b"\n", b"</text:p><text:p>")


def _double(text: str) -> bytes:
    return struct.pack("<d", float(text))


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _narrow(text: str) -> bytes:
    return text.encode("latin-1", "replace")


class Parted(Struct, frozen=True):
    """A part of the package between its marks: a piece more than there are marks."""

    pieces: tuple[bytes, ...]
    marks: tuple[tuple[str, Write], ...]

    def printed(self, given: Mapping[str, str]) -> bytes:
        """The part with what is given in place of the marks."""
        whole = [self.pieces[0]]
        for (key, write), piece in zip(self.marks, self.pieces[1:], strict=True):
            whole += (write(given[key]), piece)
        return b"".join(whole)


class Packed(Struct, frozen=True):
    """A part deflated: what a zip file says of it, and its bytes in it."""

    check: int
    size: int
    content: bytes
    method: int = zipfile.ZIP_DEFLATED


class Plate(Struct, frozen=True):
    """A workbook to print from: a package of parts, or one binary file under the name ""."""

    parts: Mapping[str, Parted | Packed]

    def printed(self, given: Mapping[str, str]) -> bytes:
        """The workbook with these figures and texts, by the keys of the marks; KeyError where one is missing.

        In a binary workbook texts must have the length of their marks: ValueError where one does not.
        """
        if "" in self.parts:
            return _same_length(self.parts[""], given)
        return _zipped(
            {
                name: part if isinstance(part, Packed) else _packed(part.printed(given))
                for name, part in self.parts.items()
            }
        )


def cast(content: bytes, marks: Mapping[str, str]) -> Plate:
    """A plate from an .xlsx, .ods or .xls that holds the marks, by key; ValueError where one is not found."""
    if content.startswith(OLE2):
        plate = Plate({"": _parted(content, marks, (_double, _wide, _narrow))})
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
        plate = Plate(
            {
                name: parted if parted.marks else _constant(name, part)
                for name, part in parts.items()
                for parted in [_parted(part, marks, _writers(name))]
            }
        )
    found = {key for part in plate.parts.values() if isinstance(part, Parted) for key, _ in part.marks}
    if found != set(marks):
        raise ValueError(f"not in the workbook: {sorted(set(marks) - found)}")
    return plate


def _writers(name: str) -> tuple[Write, ...]:
    return (_paragraphs,) if name == "content.xml" else (_xml, _ascii)


def _parted(part: bytes, marks: Mapping[str, str], writers: tuple[Write, ...]) -> Parted:
    known = dict(_written(marks, writers))
    choice = b"|".join(re.escape(one) for one in sorted(known, key=len, reverse=True))
    pieces = re.split(rb"(%b)" % choice, part)
    return Parted(tuple(pieces[::2]), tuple(known[one] for one in pieces[1::2]))


def _written(
    marks: Mapping[str, str], writers: tuple[Write, ...]
) -> Iterator[tuple[bytes, tuple[str, Write]]]:
    """Each mark as it stands in a part, with its key and how it is written there; the first way counts."""
    for write in reversed(writers):
        for key, mark in marks.items():
            if write is not _double or mark.isdecimal():
                yield write(mark), (key, write)


def _same_length(part: Parted | Packed, given: Mapping[str, str]) -> bytes:
    assert isinstance(part, Parted)
    content = part.printed(given)
    if len(content) % 512:
        raise ValueError("a text has not the length of its mark")
    return content


def _packed(content: bytes) -> Packed:
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(zlib.crc32(content), len(content), deflate.compress(content) + deflate.flush())


def _constant(name: str, content: bytes) -> Packed:
    """A part that stays; the type of an .ods stands first and plain, so that it is seen at once."""
    if name == "mimetype":
        return Packed(zlib.crc32(content), len(content), content, zipfile.ZIP_STORED)
    return _packed(content)


def _zipped(parts: Mapping[str, Packed]) -> bytes:
    """A zip file of parts already deflated."""
    files, directory, start = [], [], 0
    for name, part in parts.items():
        path = name.encode()
        about = (UTF8, part.method, 0, FIRST_DAY, part.check, len(part.content), part.size, len(path), 0)
        head = struct.pack(LOCAL, b"PK\3\4", 20, *about) + path
        entry = struct.pack(CENTRAL, b"PK\1\2", 20, 20, *about, 0, 0, 0, 0, start)
        directory.append(entry + path)
        files += (head, part.content)
        start += len(head) + len(part.content)
    listed = b"".join(directory)
    end = struct.pack(END, b"PK\5\6", 0, 0, len(parts), len(parts), len(listed), start, 0)
    return b"".join((*files, listed, end))
