"""A title broken by meaning: whole words, never a shape that GB/T 9704—2012 (7.3.1) forbids.

A title of several lines is a trapezium or a rhombus: no line in the middle is shorter than both its
neighbours, and they are not all alike. Widths are in em; at 二号 a line of the page holds twenty characters.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, combinations, pairwise

from pipeline.model.breadth import ems

WIDEST = 20.0
NARROW = 0.6
"""The width of a digit or letter in 小标宋, in em."""
SHORTEST = 4.0
"""A last line shorter than this looks lost: 年度报告 may stand alone, 告 may not."""
MOST_WORDS = 14
"""Beyond this the ways to break a title are too many to try them all."""

PLACE = re.compile(
    r".+?(?:自治[区州县旗]|特别行政区|地区|(?:开发|高新|示范|保税|新)区|省|盟(?![市区])"
    r"|(?<![城都])市(?![区县场政民容])|(?<![社地])区(?!域)|县(?!域)|(?<!自治)旗|(?:街道|镇|乡)(?![市区县村族]))"
)
"""A part of an organ's name that is a place, up to its rank: 新疆维吾尔自治区, 察布查尔锡伯自治县, 沙市区."""
WORD = re.compile(
    r"\d{4}年度?|政府信息公开工作|政府信息公开|年度报告|人民政府|管理委员会|办公[室厅]|关于|工作报告|报告"
)
"""What a title is never torn inside of, outside the organ's places."""


title_ems = partial(ems, narrow=NARROW)
"""The width of a title's text in em."""


def broken_title(title: str, organ: str) -> tuple[str, ...]:
    """The title's lines. The organ's name at its beginning has lines of its own in a good shape."""
    rest = title.removeprefix(organ) if organ else title
    if rest in ("", title):
        return _best(_words(title), "")
    return _best([*_places(organ), *_words(rest)], organ)


def _places(organ: str) -> list[str]:
    """The organ's name in parts: each place, then the office."""
    parts: list[str] = []
    end = 0
    while place := PLACE.match(organ, end):
        parts.append(place[0])
        end = place.end()
    return [*parts, *_words(organ[end:])]


def _words(text: str) -> list[str]:
    """The text in words of WORD and what stands between them; what is wider than a line, in halves."""
    ends = sorted({0, len(text), *(edge for word in WORD.finditer(text) for edge in word.span())})
    return [piece for start, end in pairwise(ends) for piece in _halves(text[start:end])]


def _halves(text: str) -> Iterator[str]:
    if title_ems(text) <= WIDEST:
        yield text
    else:
        middle = (len(text) + 1) // 2
        yield from _halves(text[:middle])
        yield from _halves(text[middle:])


def _best(words: Sequence[str], organ: str) -> tuple[str, ...]:
    """The words in as few lines as hold them, the organ's name apart; of these the best shape."""
    if len(words) > MOST_WORDS:
        return _greedy(words)
    for breaks in range(1 if organ else 0, len(words)):
        broken = [_joined(words, places) for places in combinations(range(1, len(words)), breaks)]
        fitting = [lines for lines in broken if max(map(title_ems, lines)) <= WIDEST]
        if any(organ in accumulate(lines) for lines in fitting) or (fitting and not organ):
            return min(fitting, key=lambda lines: _ugliness(lines, organ))
    return tuple(words)


def _joined(words: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple("".join(words[start:end]) for start, end in pairwise((0, *places, len(words))))


def _greedy(words: Sequence[str]) -> tuple[str, ...]:
    """What no report is called: as many words to a line as it holds."""
    lines = [""]
    for word in words:
        if lines[-1] and title_ems(lines[-1] + word) > WIDEST:
            lines.append("")
        lines[-1] += word
    return tuple(lines)


def _ugliness(lines: Sequence[str], organ: str) -> tuple[int, bool, float]:
    """How many rules of shape the lines break, whether the organ's name runs on, how uneven they are."""
    widths = [title_ems(line) for line in lines]
    waists = sum(one > middle < two for one, middle, two in zip(widths, widths[1:], widths[2:], strict=False))
    alike = len(widths) > 1 and max(widths) - min(widths) < 1
    lost = len(widths) > 1 and widths[-1] < SHORTEST
    return waists + alike + lost, bool(organ) and organ not in accumulate(lines), max(widths) - min(widths)
