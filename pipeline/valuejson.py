"""Values as JSON and back, by their types: for what a run keeps for the next one.

JSON, so that what somebody else put there can do no more than be refused. Of types there may be structs,
enumerations, Decimal, texts, whole numbers, None, tuples and mappings of such.
"""

import json
import types
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import astuple

_EITHER = (Union, types.UnionType)


def as_text(value: object) -> str:
    """A value as one line of JSON; decimals digit for digit, mappings in their order."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_text(kind: Any, text: str) -> Any:
    """The value of this type; ValueError, TypeError or ArithmeticError where the text is none."""
    return _valued(kind, json.loads(text))


def _plain(value: Any) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Struct):
        return [_plain(one) for one in astuple(value)]
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(one)] for key, one in value.items()]
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _valued(kind: Any, plain: Any) -> Any:
    made, inside = get_origin(kind), get_args(kind)
    if made in _EITHER:
        (some,) = (one for one in inside if one is not types.NoneType)
        return None if plain is None else _valued(some, plain)
    if made is tuple:
        kinds = [inside[0]] * len(plain) if inside[-1] is ... else inside
        return tuple(_valued(one, told) for one, told in zip(kinds, plain, strict=True))
    if made is not None:  # of mappings alone
        return {_valued(inside[0], key): _valued(inside[1], told) for key, told in plain}
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind(*(_valued(one, told) for one, told in zip(_kinds(kind), plain, strict=True)))
    if issubclass(kind, (Enum, Decimal)):
        return kind(_of_type(str, plain))
    return _of_type(kind, plain)


@cache
def _kinds(kind: type[Struct]) -> tuple[Any, ...]:
    """The types of a struct's fields, in order."""
    hints = get_type_hints(kind)
    return tuple(hints[name] for name in kind.__struct_fields__)


def _of_type(kind: type, plain: Any) -> Any:
    if type(plain) is not kind:
        raise TypeError(plain)
    return plain
