"""Numbers in Chinese characters: read as written, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check.chinese import number_in_words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("零", 0), ("一", 1), ("十", 10), ("十二", 12), ("三十二", 32), ("一百", 100), ("两百零五", 205),
        ("一百一十五", 115), ("三千零五", 3005), ("三千五百", 3500), ("一万", 10000), ("一万零五", 10005),
        ("三万二千", 32000), ("十二万三千四百五十六", 123456),
    ],
)  # fmt: skip
def test_what_is_written_in_full_is_read(words, number):
    assert number_in_words(words) == number


@pytest.mark.parametrize(
    "words", ["", "一二", "三五", "三百五", "一万五", "百", "万", "二十零", "二〇二〇", "几"]
)
def test_what_can_be_read_two_ways_is_not_read(words):
    assert number_in_words(words) is None


def written(number):
    """The number as the language writes it in full."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return written(high) + "万" + gap + (written(low) if low else "")
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return words


@given(st.integers(1, 99_999_999))
def test_every_number_written_in_full_is_read_back(number):
    assert number_in_words(written(number)) == number
