"""Word's automatic numbers, which no paragraph's text holds: 一、（一）1. put in by Word itself."""

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn
from msgspec import Struct, field

DIGITS = "〇一二三四五六七八九"
CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    }
)
"""The number formats (ECMA-376 part 1, 17.18.59) that print 一、二、三."""
ARABIC = frozenset({"decimal", "decimalFullWidth", "decimalHalfWidth"})


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese digits: 1 is 一, 10 十, 21 二十一."""
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return ten + (DIGITS[ones] if ones or not tens else "")


class ListNumbers(Struct):
    """Counts the numbered paragraphs of one document in their order.

    ``numbering`` is its ``w:numbering`` element, None where it has none. Bullets and formats other than
    Arabic and Chinese digits print nothing.
    """

    numbering: Any
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def prefix(self, num_pr: Any) -> str:
        """The number the paragraph with this ``w:numPr`` prints, "" for none; counts it."""
        found = self._levels(num_pr.numId.val) if num_pr.numId is not None else None
        if found is None:
            return ""
        list_id, levels = found
        level = 0 if num_pr.ilvl is None else num_pr.ilvl.val
        if level not in levels:
            return ""
        counts = self._counts[list_id]
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        text = str(_value(levels[level], "w:lvlText", ""))
        if _value(levels[level], "w:numFmt", "decimal") not in CHINESE | ARABIC:
            return ""
        return re.sub(r"%(\d)", lambda place: _digits(int(place[1]) - 1, levels, counts), text)

    def _levels(self, number: int) -> tuple[str, dict[int, Any]] | None:
        if self.numbering is None:
            return None
        for num in self.numbering.findall(qn("w:num")):
            if num.get(qn("w:numId")) == str(number):
                list_id = str(_value(num, "w:abstractNumId", ""))
                return list_id, self._abstract(list_id)
        return None

    def _abstract(self, list_id: str) -> dict[int, Any]:
        for abstract in self.numbering.findall(qn("w:abstractNum")):
            if abstract.get(qn("w:abstractNumId")) == list_id:
                return {int(level.get(qn("w:ilvl"))): level for level in abstract.findall(qn("w:lvl"))}
        return {}


def _digits(level: int, levels: dict[int, Any], counts: dict[int, int]) -> str:
    if level not in levels:
        return ""
    number = counts.get(level, _start(levels[level]))
    return chinese(number) if _value(levels[level], "w:numFmt", "decimal") in CHINESE else str(number)


def _start(level: Any) -> int:
    return int(_value(level, "w:start", "1"))


def _value(element: Any, child: str, default: str) -> Any:
    found = element.find(qn(child))
    return default if found is None else found.get(qn("w:val"), default)
