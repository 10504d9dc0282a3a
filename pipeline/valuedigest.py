"""One digest of a value of any depth: the same for equal values alone, in every process."""

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

from msgspec import Struct
from msgspec.structs import astuple

_PLAIN = (str, int, Decimal, datetime.date, Enum, type(None))


def digest_of(*values: object) -> str:
    """SHA-256 over values: structs, dataclasses by field, bytes, tuples, lists and mappings in their order.

    TypeError for anything of which it could not be told what it is made of, as functions and sets.
    """
    pieces: list[bytes] = []
    _feed(pieces.append, values)
    return hashlib.sha256(b"".join(pieces)).hexdigest()


def _feed(add: Callable[[bytes], None], value: object) -> None:
    """Each value after what tells its type and length: no two run into each other the same way."""
    made = type(value)
    if made is str:  # most are
        add(f"str {value!r}\n".encode("utf-8", "backslashreplace"))
        return
    kind = made.__qualname__
    if isinstance(value, bytes):
        add(f"{kind} {len(value)}\n".encode())
        add(value)
    elif isinstance(value, _PLAIN):
        add(f"{kind} {value!r}\n".encode("utf-8", "backslashreplace"))
    elif isinstance(value, Struct):
        add(f"{kind}\n".encode())
        for one in astuple(value):
            _feed(add, one)
    elif is_dataclass(made):
        add(f"{kind}\n".encode())
        for name in _names(made):
            _feed(add, getattr(value, name))
    elif isinstance(value, Mapping):
        add(f"{kind} {len(value)}\n".encode())
        for key, one in value.items():
            _feed(add, key)
            _feed(add, one)
    elif isinstance(value, (tuple, list)):
        add(f"{kind} {len(value)}\n".encode())
        for one in value:
            _feed(add, one)
    else:
        raise TypeError(f"{kind} has no digest")


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields."""
    return tuple(one.name for one in fields(kind))
