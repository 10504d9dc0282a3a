"""A file that goes along with letters: its part of a message, made once however many letters carry it.

Its name stands twice, since programs differ: in Content-Disposition by RFC 2231, as the standard wants it,
and in Content-Type as encoded words of RFC 2047, which Outlook and the pages of QQ and 163 read. Never in
pieces (``filename*0*=``): QQ shows such a file as tcmime.bin (MailKit issue 277; JavaMail's
splitlongparameters).
"""

import re
from base64 import encodebytes
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from msgspec import Struct

from pipeline.deliver.headers import encoded, one_line

TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
OTHER = "application/octet-stream"
PLAIN = re.compile(r"[A-Za-z0-9._-]+", re.ASCII)
LONGEST = 255
"""Bytes of a name: in percent signs three times as many, within the 998 of a line (RFC 5322, 2.1.1)."""


class Enclosure(Struct, frozen=True, dict=True):
    """A file's name, without folders, and its bytes."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The digest of its bytes, in hex."""
        return sha256(self.content).hexdigest()

    @cached_property
    def part(self) -> bytes:
        """Its body part: head and base64, lines ended by CRLF, without the boundaries around it."""
        body = encodebytes(self.content).replace(b"\n", b"\r\n")
        return part_head(self.name).encode("ascii") + body


def part_head(name: str) -> str:
    """The head of a file's body part, the empty line after it included."""
    name = _within(one_line(name))
    kind = TYPES.get(PurePosixPath(name).suffix.lower(), OTHER)
    if PLAIN.fullmatch(name):
        named, filed = f'name="{name}"', f'filename="{name}"'
    else:
        named = f'name="{encoded(name, "name")}"'
        filed = f"filename*=UTF-8''{quote(name, safe='')}"
    return (
        f"Content-Type: {kind};\r\n {named}\r\n"
        f"Content-Disposition: attachment;\r\n {filed}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )


def _within(name: str) -> str:
    """The name cut, before its ending, to what a line of a head can hold."""
    path = PurePosixPath(name)
    ending = path.suffix if len(path.suffix) <= 10 else ""
    stem = name.removesuffix(ending)
    room = LONGEST - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore") + ending if stem else name
