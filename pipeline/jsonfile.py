"""JSON as all files of this program have it: for people too, the same content in the same bytes."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import Any

from msgspec import Struct

PIECE = 64 * 1024
"""Bytes of a piece, about: those of a long record are many times its size before they are written."""
AT_ONCE = 100
"""Entries of a list that are put into words in one go."""
PLAIN = frozenset({str, int, float, bool, type(None)})


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
    """What ``json.dumps`` gives with an indent of 1, in less than half the time: with any it is not C's work.

    ``line`` begins a line of the value's entries.
    """
    if _is_flat(value):
        yield _flat_text(value, line)
    elif isinstance(value, dict):
        before, encode = "{", _encoder(line).encode
        for key in sorted(value):
            if type(key) not in PLAIN:
                raise TypeError(f"JSON has no such key: {key!r}")
            name = encode(key) if isinstance(key, str) else f'"{encode(key)}"'
            yield f"{before}{line}{name}: "
            yield from _texts(value[key], f"{line} ")
            before = ","
        yield f"{line[:-1]}}}"
    else:
        for at in range(0, len(value), AT_ONCE):
            yield f"{',' if at else '['}{line}{_entries(value[at : at + AT_ONCE], line)}"
        yield f"{line[:-1]}]"


def _entries(some: Sequence[Any], line: str) -> str:
    """Entries of a list. A break is never inside a text, so that what stands around one tells where it is."""
    inside = f"{line} "
    if all(isinstance(one, dict) and one and _is_flat(one) for one in some):
        text = _encoder(inside).encode(some)[2:-2]
        return f"{{{inside}{text.replace(f'}},{inside}{{', f'{line}}},{line}{{{inside}')}{line}}}"
    return f",{line}".join(["".join(_texts(one, inside)) for one in some])


def _is_flat(value: Any) -> bool:
    """Whether none of its entries, if it has any, may have entries."""
    if isinstance(value, dict):
        return PLAIN.issuperset(map(type, value.values()))
    return not isinstance(value, list | tuple) or PLAIN.issuperset(map(type, value))


def _flat_text(value: Any, line: str) -> str:
    text = _encoder(line).encode(value)
    if isinstance(value, dict | list | tuple) and value:
        return f"{text[0]}{line}{text[1:-1]}{line[:-1]}{text[-1]}"
    return text


@cache
def _encoder(line: str) -> json.JSONEncoder:
    """Puts a line's beginning between all entries, however deep."""
    return json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(f",{line}", ": "))


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
