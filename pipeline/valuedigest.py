"""One digest of a value of any depth: the same for equal values alone, in every process."""

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum

_PLAIN = (str, int, Decimal, datetime.date, Enum, type(None))


def digest_of(*values: object) -> str:
    """SHA-256 over values: dataclasses field by field, bytes, tuples, lists and mappings in their order.

    TypeError for anything of which it could not be told what it is made of, as functions and sets.
    """
    whole = hashlib.sha256()
    _feed(whole.update, values)
    return whole.hexdigest()


def _feed(update: Callable[[bytes], None], value: object) -> None:
    """Each value after what tells its type and length: no two run into each other the same way."""
    kind = type(value).__qualname__
    if isinstance(value, bytes):
        update(f"{kind} {len(value)}\n".encode())
        update(value)
    elif isinstance(value, _PLAIN):
        update(f"{kind} {value!r}\n".encode("utf-8", "backslashreplace"))
    elif is_dataclass(value) and not isinstance(value, type):
        update(f"{kind}\n".encode())
        for one in fields(value):
            _feed(update, getattr(value, one.name))
    elif isinstance(value, Mapping):
        update(f"{kind} {len(value)}\n".encode())
        for key, one in value.items():
            _feed(update, key)
            _feed(update, one)
    elif isinstance(value, (tuple, list)):
        update(f"{kind} {len(value)}\n".encode())
        for one in value:
            _feed(update, one)
    else:
        raise TypeError(f"{kind} has no digest")
