"""JSON as all files of this program have it: for people too, the same content in the same bytes."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

PIECE = 64 * 1024
"""Bytes of a piece, about: those of a long record are many times its size before they are written."""


def as_json(content: object) -> bytes:
    """UTF-8, keys sorted, an entry a line, a line end at the end. TypeError where JSON has no such value."""
    return b"".join(json_pieces(content))


def json_pieces(content: object) -> Iterator[bytes]:
    """The same, a piece at a time."""
    encoder = json.JSONEncoder(ensure_ascii=False, indent=1, sort_keys=True)
    written = BytesIO()
    for text in encoder.iterencode(content):
        if written.write(text.encode()) and written.tell() > PIECE:
            yield written.getvalue()
            written = BytesIO()
    written.write(b"\n")
    yield written.getvalue()


@dataclass(frozen=True)
class JsonFile:
    """An output file that is a record: too long to be held as bytes beside its values."""

    kind: str
    name: str
    record: object

    @property
    def pieces(self) -> Iterator[bytes]:
        """Its bytes, a piece at a time."""
        return json_pieces(self.record)

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return as_json(self.record)

    @property
    def sha256(self) -> str:
        """Their digest, reckoned anew each time."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.content)
