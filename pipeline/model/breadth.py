"""How wide a text is before any face is asked: a Chinese character is one em, all else a part of one.

Source: Unicode Standard Annex 11; what is wide, full-width or ambiguous takes an em in Chinese faces.
"""

import unicodedata

HALF = 0.5
"""What a half-width sign takes in 宋体, in em."""


def ems(text: str, narrow: float = HALF) -> float:
    """A text's width in em; ``narrow`` is what a digit, a Latin letter or its mark takes."""
    return sum(breadths(text, narrow))


def breadths(text: str, narrow: float = HALF) -> list[float]:
    """The width of each of its characters in em."""
    return [1.0 if unicodedata.east_asian_width(mark) in "WFA" else narrow for mark in text]
