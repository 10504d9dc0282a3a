"""Numbers of one passage against each other: shares in percent, growth on last year, parts and totals."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from pipeline.check.numerals import Numeral, Sentences
from pipeline.model.number import plain, rounded_percent

SAME_NOUN = 4
"""Two numbers count the same things where at least this many characters after their unit agree."""
SHARE = re.compile(
    r"(?:占比|比例|比重|占)(?P<of>[^，,。；;、\d]{0,14})(?:(?P<whole>\d[\d,]*)[^，,。；;、\d]{1,14}?)?(?<!\d)(?P<p>\d+(?:\.\d+)?)%"
)
GROWTH = re.compile(
    r"(?:较|比|同比)(?:上年|去年|上一年)?度?(?:同期)?(?P<way>增长|增加|上升|提高|下降|减少|降低)了?(?P<p>\d+(?:\.\d+)?)%"
)
DOWN = frozenset({"下降", "减少", "降低"})
OF_WHICH = "其中"
COMPARED = 2
"""A share or a growth is told of another number: a passage with fewer says nothing of the kind."""
ADDED = 3
"""A total and its parts are so many numbers at least."""
REST = re.compile(r"[，,、和及]+(?:其他|其余)(?:类|渠道|方式|账号|平台|部门|单位)?(?:为|有|共)?")
"""A last part so named says the parts are all there are; 其他处理 and 其他组织 are kinds of their own."""
LEVEL = re.compile(r"本级|[市区县旗州省]直|直属|[县市旗]区|区县|乡镇|镇街|街道")
"""Parts by level of government do not overlap, as 党员 and 女性 do."""
GENERAL = re.compile(
    r"(?:全部|全年|全市|申请|受理|收到|公开|政府信息|总件数|总数|总量|总|比例|比重|比|的|达到|达|到|已|为|约)*+"
)
"""What 占 may be followed by where the whole is the total named before."""
CHANGED = re.compile(r"(?:增加|减少|增长|下降|增|减|多|少)了?$")
ALTOGETHER = re.compile(r"(?:[，,]?(?:合计|共计|总计)|[，,]共)(?P<n>\d[\d,]*)")


class Slip(Struct, frozen=True):
    """Numbers that do not work out: the numeral at fault, what it comes to, and how that was reckoned."""

    numeral: Numeral
    expected: str
    detail: str


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` of ``whole`` in percent; ``whole`` is not 0."""
    return part * 100 / whole


def printed_percent(value: Decimal) -> str:
    """A percentage with two decimals."""
    return f"{rounded_percent(value)}%"


def shares(sentences: Sentences) -> Iterator[Slip]:
    """a 占 b 的 p%, or p% after a number whose whole stands before it in the passage with the same noun."""
    for match in SHARE.finditer(sentences.text):
        share = sentences.at(match.start("p"))
        counted = _counts(sentences, match.start())
        plain_words = match["whole"] or GENERAL.fullmatch(match["of"])
        if share is None or not share.by_hand or not counted or not plain_words or "分别" in match["of"]:
            continue
        wholes = _wholes(sentences, match, counted[-1])
        values = {whole.value for whole in wholes}
        if any(share.agrees_in_percent(percent(counted[-1].value, value)) for value in values):
            share.settled = True
        elif len(values) == 1 and not any(numeral.rough for numeral in (share, counted[-1], *wholes)):
            yield _share_slip(share, counted[-1], wholes[0])


def _counts(sentences: Sentences, position: int) -> list[Numeral]:
    """The counts said before a position in its sentence: no percentages, no changes (较上年增加20件)."""
    return [
        numeral
        for numeral in sentences.before(position)
        if numeral.unit not in {"", "%"} and not CHANGED.search(sentences.text[: numeral.start][-4:])
    ]


def _share_slip(share: Numeral, part: Numeral, whole: Numeral) -> Slip:
    share.settled = True
    detail = f"{plain(part.value)} ÷ {plain(whole.value)}"
    return Slip(share, printed_percent(percent(part.value, whole.value)), detail)


def _wholes(sentences: Sentences, match: re.Match[str], part: Numeral) -> list[Numeral]:
    if match["whole"]:
        named = sentences.at(match.start("whole"))
        return [named] if named and named.value and named.value >= part.value else []
    return [
        numeral
        for numeral in sentences.numerals
        if numeral.start < part.start
        and numeral.unit == part.unit
        and numeral.value >= part.value
        and numeral.value
        and (
            _same_noun(sentences.text, numeral, part)
            or (numeral in sentences.before(part.start) and _part_of(sentences.text, numeral, part))
        )
    ]


def _part_of(text: str, whole: Numeral, part: Numeral) -> bool:
    return OF_WHICH in text[whole.end : part.start]


def _same_noun(text: str, one: Numeral, other: Numeral) -> bool:
    after = [text[numeral.end : numeral.end + SAME_NOUN] for numeral in (one, other)]
    return after[0] == after[1] and re.fullmatch(rf"\w{{{SAME_NOUN}}}", after[0]) is not None


def totals(sentences: Sentences, groups: Sequence[str]) -> Iterator[Slip]:
    """共A，其中B、C that must add up, and B、C，合计A; only where nothing but a slip explains it."""
    if len(sentences.numerals) < ADDED:
        return
    for match in re.finditer(OF_WHICH, sentences.text):
        counted = _counts(sentences, match.start())
        if counted:
            yield from _of_which(sentences, counted[-1], match.end(), groups)
    for match in ALTOGETHER.finditer(sentences.text):
        total = sentences.at(match.start("n"))
        parts = [
            numeral for numeral in sentences.before(match.start()) if total and numeral.unit == total.unit
        ]
        if total and len(parts) == 2 and len(sentences.before(match.start())) == 2:
            yield from _sum_slip(total, parts)


def _of_which(sentences: Sentences, total: Numeral, begin: int, groups: Sequence[str]) -> Iterator[Slip]:
    end = min(
        (place for mark in "。；;！" if (place := sentences.text.find(mark, begin)) >= 0),
        default=len(sentences.text),
    )
    words = sentences.text[begin:end]
    parts = [
        numeral
        for numeral in sentences.numerals
        if begin <= numeral.start < end and numeral.unit == total.unit
    ]
    if len(parts) < 2 or OF_WHICH in words or re.search(r"[（(][^）)]*\d", words):
        return
    starts = [begin, *(part.end for part in parts[:-1])]
    labels = [sentences.text[start : part.start] for start, part in zip(starts, parts, strict=True)]
    complete = REST.fullmatch(labels[-1]) or (
        len(parts) == len(groups) and all(group in words for group in groups)
    )
    apart = all(LEVEL.search(label) for label in labels)
    over = sum(part.value for part in parts) > total.value
    if complete or (apart and over):
        yield from _sum_slip(total, parts)


def _sum_slip(total: Numeral, parts: Sequence[Numeral]) -> Iterator[Slip]:
    numerals = [total, *parts]
    added = sum((part.value for part in parts), Decimal(0))
    if added == total.value or any(numeral.rough or numeral.step > 1 for numeral in numerals):
        return
    at_fault = next((numeral for numeral in numerals if numeral.by_hand), None)
    named = [numeral.addresses for numeral in numerals if numeral.addresses]
    if at_fault is None and len(set(named)) < len(named):
        at_fault = total  # names printed them all, and one of them twice: in whose place, a person can tell
    if at_fault is not None:
        for numeral in numerals:
            numeral.settled = True
        expected = added if at_fault is total else at_fault.value + total.value - added
        detail = f"{' + '.join(plain(part.value) for part in parts)} 与 {plain(total.value)}"
        yield Slip(at_fault, plain(expected), detail)
