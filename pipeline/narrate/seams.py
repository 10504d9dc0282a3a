"""Where what a name prints meets what was typed around it: units said twice, digits run together."""

import re

from msgspec import Struct

from pipeline.narrate.value import Phrase, Value

CONTEXT = 6
"""Characters of the words typed on either side that a message shows."""
DIGIT_BEFORE, DIGIT_AFTER = re.compile(r"[0-9０-９]$"), re.compile(r"[0-9０-９]")
SCALED = re.compile(r"\s?[十百千万亿]")
"""十、百、千、万、亿 after a number: 224万件."""
MONEY = re.compile(r"\s?(?:[十百千万亿]|元(?!旦))")
PERCENT = re.compile(r"\s?[%％]")
WAY_BEFORE = re.compile(r"(?:增长|增加|上升|提高|下降|减少|降低)了?\s?$")
WAY = ("增长", "下降", "持平", "基本持平")


class Seam(Struct, frozen=True):
    """What a name printed, and how it reads together with the words typed around it."""

    printed: str
    together: str


def seam(before: str, value: Value | Phrase, after: str) -> Seam | None:
    """The printed value with the words around it where they do not go together, else None.

    ``before`` and ``after`` are the typed text up to the next printed value. 31.17亿元亿元, 18.87万元元,
    1224件 (1 typed), 224万件 and 增长增长12.50% do not.
    """
    if not value.text or not _clashes(before, value, after):
        return None
    return Seam(value.text, before[-CONTEXT:] + value.text + after[:CONTEXT])


def _clashes(before: str, value: Value | Phrase, after: str) -> bool:
    text = value.text
    if text.startswith(WAY) and WAY_BEFORE.search(before):
        return True
    if text[0].isdigit() and DIGIT_BEFORE.search(before):
        return True
    if text[-1].isdigit():
        return bool(DIGIT_AFTER.match(after) or SCALED.match(after))
    if text[-1] == "元":
        return bool(MONEY.match(after))
    return text[-1] == "%" and bool(PERCENT.match(after))
