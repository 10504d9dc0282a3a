"""JSON as all files of this program have it: for people too, the same content in the same bytes."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import msgspec
from msgspec import Struct

PIECE = 64 * 1024
"""Bytes of a piece, about: those of a long record are many times its size before they are written."""
AT_ONCE = 100
"""Entries of a list that are put into words in one go."""
PLAIN = frozenset({str, int, bool, type(None)})
TEXT = frozenset({str})
KEYS = str, int, float, type(None)
_ENCODER = msgspec.json.Encoder(order="sorted")
_alone = json.JSONEncoder(ensure_ascii=False).encode
"""What has no entries: a number with a point too, of which one library writes 1e+16, the other 1e16."""


def as_json(content: object) -> bytes:
    """UTF-8, keys sorted, an entry a line, a line end at the end. TypeError where JSON has no such value."""
    return b"".join(json_pieces(content))


def json_pieces(content: object) -> Iterator[bytes]:
    """The same, a piece at a time."""
    written = BytesIO()
    for text in _texts(content, "\n "):
        if written.write(text.encode()) and written.tell() > PIECE:
            yield written.getvalue()
            written = BytesIO()
    written.write(b"\n")
    yield written.getvalue()


def _texts(value: Any, line: str) -> Iterator[str]:
    """What ``json.dumps`` gives with an indent of 1, long lists in a third of its time.

    ``line`` begins a line of the value's entries.
    """
    if _is_flat(value):
        yield _written(value, line)
    elif isinstance(value, dict):
        before = "{"
        for key in sorted(value):
            if not isinstance(key, KEYS):
                raise TypeError(f"JSON has no such key: {key!r}")
            name = _alone(key) if isinstance(key, str) else f'"{_alone(key)}"'
            yield f"{before}{line}{name}: "
            yield from _texts(value[key], f"{line} ")
            before = ","
        yield f"{line[:-1]}}}"
    elif isinstance(value, list | tuple):
        for at in range(0, len(value), AT_ONCE):
            yield f"{',' if at else '['}{line}{_entries(value[at : at + AT_ONCE], line)}"
        yield f"{line[:-1]}]"
    else:
        yield _alone(value)


def _entries(some: Sequence[Any], line: str) -> str:
    """Entries of a list."""
    if all(map(_is_plain, some)):
        return _written(some, line)[1 + len(line) : -len(line)]
    return f",{line}".join(["".join(_texts(one, f"{line} ")) for one in some])


def _is_flat(value: Any) -> bool:
    """Whether none of its entries, if it has any, may have entries; both libraries write these alike."""
    if isinstance(value, dict):
        return PLAIN.issuperset(map(type, value.values())) and TEXT.issuperset(map(type, value))
    return PLAIN.issuperset(map(type, value) if isinstance(value, list | tuple) else (type(value),))


def _is_plain(value: Any) -> bool:
    """Whether all that is in it, however deep, is flat."""
    if _is_flat(value):
        return True
    if isinstance(value, dict):
        return TEXT.issuperset(map(type, value)) and all(map(_is_plain, value.values()))
    return isinstance(value, list | tuple) and all(map(_is_plain, value))


def _written(value: object, line: str) -> str:
    """What is flat, or plain entries. A line's end is never inside a text."""
    return msgspec.json.format(_ENCODER.encode(value), indent=1).decode().replace("\n", line[:-1])


class JsonFile(Struct, frozen=True):
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
