"""Numbers written in Chinese characters: 三十二, 两百零五, 一万二千."""

import re

DIGITS = {mark: value for value, mark in enumerate("零一二三四五六七八九")} | {"两": 2}
_D = "[一二两三四五六七八九]"
SECTION = re.compile(
    rf"(?:(?P<thousands>{_D})千)?(?:零?(?P<hundreds>{_D})百)?(?:零?(?P<tens>{_D}?十))?(?P<ones>零?{_D}|零)?"
)
TEN_THOUSAND = 10_000


def number_in_words(words: str) -> int | None:
    """The number, below one hundred million; None for what is none or can be read two ways (三百五, 一二).

    >>> number_in_words("三十二"), number_in_words("一万零五"), number_in_words("三百五")
    (32, 10005, None)
    """
    high, scale, low = words.rpartition("万")
    upper = _section(high) if scale else 0
    lower = _section(low) if low else 0
    if upper is None or lower is None or not words or (scale and not upper):
        return None
    if upper and lower and lower < TEN_THOUSAND // 10 and not low.startswith("零"):
        return None
    return upper * TEN_THOUSAND + lower


def _section(words: str) -> int | None:
    """A number below ten thousand."""
    match = SECTION.fullmatch(words)
    if match is None or not words:
        return None
    ones, tens = match["ones"] or "", match["tens"] or ""
    hanging = ones and not tens and (match["thousands"] or match["hundreds"])
    if (hanging and not ones.startswith("零")) or (ones == "零" and len(words) > 1):
        return None
    return (
        DIGITS.get(match["thousands"], 0) * 1000
        + DIGITS.get(match["hundreds"], 0) * 100
        + (DIGITS.get(tens[0], 1) * 10 if tens else 0)
        + (DIGITS[ones[-1]] if ones else 0)
    )
