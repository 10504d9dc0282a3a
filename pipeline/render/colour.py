"""The sRGB colour space as an ICC profile: what a PDF/A file says its colours mean (ISO 19005-2, 6.2.3).

Source: IEC 61966-2-1 (primaries, white point, transfer curve); ICC.1:2001-04 (profile version 2). The
primaries are adapted to the profile's white point D50, as the ICC asks.
"""

import struct
from functools import cache

DESCRIPTION = b"sRGB IEC61966-2.1"
CURVE_POINTS = 1024
D50 = (0.9642, 1.0, 0.8249)
D65 = (0.9505, 1.0, 1.0891)
RED, GREEN, BLUE = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
DATE = (1999, 10, 18, 0, 0, 0)
"""When the standard was published; a profile must bear a date."""


@cache
def srgb_profile() -> bytes:
    """The profile's bytes."""
    curve = _curve()
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(DESCRIPTION) + 1) + DESCRIPTION + bytes(79),
        b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
        b"wtpt": _xyz(D65),
        b"rXYZ": _xyz(RED),
        b"gXYZ": _xyz(GREEN),
        b"bXYZ": _xyz(BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    for content in tags.values():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
    entries = [name + struct.pack(">II", places[content], len(content)) for name, content in tags.items()]
    return _header(start + len(body)) + struct.pack(">I", len(tags)) + b"".join(entries) + body


def _header(size: int) -> bytes:
    """The 128 bytes in front: a display profile of version 2.1, RGB to XYZ."""
    return b"".join(
        (
            struct.pack(">I", size),
            bytes(4),
            b"\x02\x10\0\0",
            b"mntrRGB XYZ ",
            struct.pack(">6H", *DATE),
            b"acsp",
            bytes(28),
            struct.pack(">3i", *map(_fixed, D50)),
            bytes(48),
        )
    )


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *map(_fixed, values))


def _fixed(value: float) -> int:
    """A number with 16 bits behind the point, as the ICC writes it."""
    return round(value * 65536)


def _curve() -> bytes:
    steps = [_linear(step / (CURVE_POINTS - 1)) for step in range(CURVE_POINTS)]
    values = [round(65535 * value) for value in steps]
    return b"curv" + bytes(4) + struct.pack(f">I{CURVE_POINTS}H", CURVE_POINTS, *values)


def _linear(value: float) -> float:
    """The light that an encoded value stands for, both from 0 to 1."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
