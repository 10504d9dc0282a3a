"""Labels as people retype them: alike after folding width and dropping white space and punctuation."""

import re
import unicodedata
from functools import lru_cache

from pipeline.workbooks.number import COUNT_WORDS, MONEY, raw_text

_DROPPED = re.compile(r"[\W_]+")
_ORDINAL = re.compile(r"\*?(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d]{1,3}[.、,:)])")
_LEAD = re.compile("其中:")
_UNIT = re.compile(r"\((?:单位:?)?(" + "|".join((*COUNT_WORDS, *MONEY, "%")) + r")\)[^\w()]*$")
_SPACE = re.compile(r"\s+")
_BETWEEN_CHINESE = re.compile(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])")
_LONGEST = 100
"""A cell with more characters than this is prose, not a label."""


def key_once(text: str) -> str:
    """The key of what does not come again: thousands of names would push the labels out of the memory."""
    if _is_prose(text):
        return ""
    return _DROPPED.sub("", _UNIT.sub("", folded(text)))


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What two labels have in common that mean the same: "商业 企业" and "商业企业"; "" for no label.

    A unit in brackets at the end does not count: "采购总金额（万元）" is 采购总金额.
    """
    return key_once(text)


@lru_cache(maxsize=8192)
def bare_key(text: str) -> str:
    """The key without the number in front: "1.属于国家秘密" and "属于国家秘密" have the same; also 其中：."""
    if _is_prose(text):
        return ""
    return key(_LEAD.sub("", _ORDINAL.sub("", folded(text), count=1), count=1))


def is_longer(text: str, length: int) -> bool:
    """Whether a text has more characters than this as a label; prose, which is none, always has."""
    return _is_prose(text) or len(key(text)) > length


def _is_prose(text: str) -> bool:
    return len(text) > _LONGEST and len(text.strip()) > _LONGEST


def unit_in(text: str) -> str:
    """The unit a label states in brackets at its end, "" for none: 万元 in "采购总金额（单位：万元）"."""
    match = _UNIT.search(folded(text[-_LONGEST:]))
    return match[1] if match else ""


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """The text in half width and without white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def name_text(value: object) -> str:
    """A name as it was typed, on one line, without white space at its ends or between Chinese characters."""
    text = raw_text(value)
    if not text.isprintable():
        text = "".join(mark for mark in text if mark.isprintable() or mark.isspace())
    return _BETWEEN_CHINESE.sub("", _SPACE.sub(" ", text).strip())


def code_text(value: object) -> str:
    """A code or a year as text: half-width, without white space, whole again where it became 150702.0."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", name_text(value)))
    return text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text
