"""What pdfium says one by one of the things on a page: characters with place and size, and what is drawn.

A report has some thousands, asked for in a row and by their addresses as numbers, since ctypes weighs
every pointer it is given.
"""

import ctypes
import struct
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

HYPHEN = 2
"""What pdfium gives for a hyphen at the end of a line."""
HIGH_HALVES = (0xD800, 0xDC00)
"""UTF-16: the first half of a character beyond U+FFFF."""


class Glyph(NamedTuple):
    """A character with its origin (points from the page's lower left corner) and size."""

    text: str
    x: float
    y: float
    size: float


class Ground(NamedTuple):
    """The ground a thing covers (points from the page's lower left corner)."""

    left: float
    foot: float
    right: float
    top: float


def _asked(function: Any, answer: Any, *arguments: Any) -> Any:
    """A function of pdfium that takes addresses, and gives one, as numbers."""
    asked = type(function)(_address(function))
    asked.argtypes, asked.restype = arguments, answer
    return asked


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


_ADDRESS, _INDEX = ctypes.c_void_p, ctypes.c_int
_unicode = _asked(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, _ADDRESS, _INDEX)
_size = _asked(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, _ADDRESS, _INDEX)
_origin = _asked(pdfium_c.FPDFText_GetCharOrigin, ctypes.c_int, _ADDRESS, _INDEX, _ADDRESS, _ADDRESS)
_thing = _asked(pdfium_c.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INDEX)
_kind = _asked(pdfium_c.FPDFPageObj_GetType, ctypes.c_int, _ADDRESS)
_bounds = _asked(pdfium_c.FPDFPageObj_GetBounds, ctypes.c_int, *repeat(_ADDRESS, 5))


def glyphs_of(page: pdfium.PdfTextPage) -> list[Glyph]:
    """The characters in the order drawn, without white space (which is also all that pdfium makes up)."""
    text, count = _address(page.raw), pdfium_c.FPDFText_CountChars(page)
    characters = enumerate(_characters(map(_unicode, repeat(text), range(count))))
    printed = {index: character for index, character in characters if character and not character.isspace()}
    places = (ctypes.c_double * (2 * len(printed)))()
    xs, ys = (_addresses(places, first, 2) for first in range(2))
    if not all(map(_origin, repeat(text), printed, xs, ys)):
        message = "a character has no place"
        raise pdfium.PdfiumError(message)
    sizes = map(_size, repeat(text), printed)
    return list(map(Glyph, printed.values(), places[::2], places[1::2], sizes))


def grounds_of(page: pdfium.PdfPage, kinds: frozenset[int]) -> Iterator[tuple[int, Ground]]:
    """What is drawn on the page itself of these kinds, in the order drawn, each with its kind."""
    count = pdfium_c.FPDFPage_CountObjects(page)
    things = list(map(_thing, repeat(_address(page.raw)), range(count)))
    sides = (ctypes.c_float * len(Ground._fields))()
    at = tuple(_addresses(sides, 0, 1))
    for thing, kind in zip(things, map(_kind, things), strict=True):
        if kind in kinds:
            if not _bounds(thing, *at):
                message = "something drawn has no bounds"
                raise pdfium.PdfiumError(message)
            yield kind, Ground(*sides)


def _addresses(values: Any, first: int, step: int) -> range:
    """Where every ``step``-th of an array's values lies, from the one numbered ``first`` on."""
    start, each = ctypes.addressof(values), ctypes.sizeof(values._type_)
    return range(start + first * each, start + ctypes.sizeof(values), step * each)


def _characters(codes: Iterable[int]) -> Iterator[str]:
    """The text of each code, "" for none; one beyond U+FFFF comes as halves and is the second half's."""
    high = 0
    for code in codes:
        if HIGH_HALVES[0] <= code < HIGH_HALVES[1]:
            high = code
            yield ""
        elif high:
            yield struct.pack("<2H", high, code).decode("utf-16-le", "replace")
            high = 0
        elif code == HYPHEN:
            yield "-"
        else:
            yield chr(code) if code else ""
