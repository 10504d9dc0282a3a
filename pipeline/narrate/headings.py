"""Tell headings from body text by the official numbering: 一、 then （一） then 1. then （1）."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Sequence

from pipeline.model.form import StatutoryForm

LONGEST = 40
"""A heading has at most this many characters; a longer paragraph is body text, whatever it begins with."""
NUMBERED = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (3, re.compile(r"[0-9０-９]{1,2}(?:[.．](?![0-9０-９])|、)")),
    (4, re.compile(r"[（(][0-9０-９]{1,2}[）)]")),
)
CLOSING = ("。", "；", "：", "，", "、", "！", "？", ";", ":", ",", "!", "?")
SAME_NUMBER, OTHER_NUMBER, NO_NUMBER = 0.45, 0.75, 0.85
"""How alike (0 to 1) a title must be to the law's: least where its number agrees, most without a number."""


def heading_level(text: str, outline: int = 0) -> int:
    """The level of a heading, 1 to 4; 0 for body text.

    A heading is short, in one sentence, and does not end with a mark of punctuation: "1.推进公开。全年…" and
    "1.推进公开。" are body text. Its number gives its level; ``outline``, that of its Word heading style,
    serves one without a number.
    """
    if len(text) > LONGEST or text.endswith(CLOSING) or "。" in text:
        return 0
    return _numbered(text) or (outline if 1 <= outline <= 4 else 0)


def is_long_heading(text: str) -> bool:
    """Whether a paragraph is numbered and ends like a heading, but is too long to be one."""
    return len(text) > LONGEST and not text.endswith(CLOSING) and "。" not in text and _numbered(text) > 0


def _numbered(text: str) -> int:
    return next((level for level, mark in NUMBERED if mark.match(text)), 0)


def section_of(text: str, titles: Sequence[str]) -> int:
    """Which of the form's sections a paragraph is the title of, from 1; 0 for none.

    Titles in the wild differ a little (五、存在的问题及改进情况) or lack the number.
    """
    level = heading_level(text)
    if level > 1 or len(text) > LONGEST or "。" in text:
        return 0
    likeness = [difflib.SequenceMatcher(None, _bare(text), _bare(title)).ratio() for title in titles]
    best = max(range(len(titles)), key=lambda index: likeness[index])
    number = _number(text)
    if 1 <= number <= len(titles) and likeness[number - 1] >= max(SAME_NUMBER, likeness[best] - 0.2):
        return number
    return best + 1 if likeness[best] >= (OTHER_NUMBER if number else NO_NUMBER) else 0


def misplaced_title(text: str, titles: Sequence[str]) -> bool:
    """Whether a paragraph inside a section is beyond doubt one of the law's titles, whatever its number.

    一、主动公开情况 is none: an agency may number its own headings like that.
    """
    return heading_level(text) <= 1 and section_of(NUMBERED[0][1].sub("", text, count=1), titles) > 0


def empty_sections(written: Collection[int], form: StatutoryForm) -> str:
    """The titles of the sections with neither table nor text, as a message quotes them; "" for none.

    ``written`` are the numbers, from 1, of those that have text.
    """
    filled = {*written, *(table.section for table in form.tables)}
    return "”“".join(title for number, title in enumerate(form.sections, 1) if number not in filled)


def is_report_title(text: str) -> bool:
    """Whether a paragraph is the report's own title, or its last line."""
    return len(text) <= LONGEST and re.search(r"年度报告\s*$", text) is not None


def _number(text: str) -> int:
    return next(
        (index for index, digit in enumerate("一二三四五六七八九", 1) if text.startswith(digit + "、")), 0
    )


def _bare(title: str) -> str:
    """A title without its number, punctuation and white space."""
    without = NUMBERED[0][1].sub("", unicodedata.normalize("NFKC", title), count=1)
    return "".join(re.findall(r"\w", without))
