"""The numbers in a passage: value, unit, how exactly meant, and whether a person typed them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from msgspec import Struct, field

from pipeline.check.chinese import number_in_words
from pipeline.model.narrative import Passage

HALF_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
"""One character for one, so that places in the folded text are places in the passage."""
FULL_WIDTH, DIGIT = re.compile("[０-９．％]"), re.compile(r"\d")
"""Most paragraphs hold neither, and need not be looked through number by number."""
UNITS = (
    "人次|件次|项次|万元|亿元|平方米|工作日|%"
    "|件|条|篇|期|次|个|项|家|份|人|场|部|宗|起|例|册|张|户|名|种|类|批|元"
)
ROUGHLY = "大约|约|将近|近|超过|超|逾|突破|至少|不足"
NUMERAL = re.compile(
    rf"(?P<before>{ROUGHLY})?(?<![\d.,])(?P<digits>\d{{1,15}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,15}})?)(?!\d)"
    rf"(?P<scale>[万亿](?!元))?(?P<after>余|多)?(?:\s?(?P<unit>{UNITS}))?(?P<about>左右|以上)?"
)
IN_WORDS = re.compile(
    r"(?P<digits>[零一二两三四五六七八九十百千万]{1,12})(?P<after>余|多)?(?P<unit>件次|件|宗)"
)
"""A number in Chinese characters; only what is counted in 件, for 一次 and 一起 are also other words."""
SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
ROUGH_FACTOR = 3
"""约、余 and the like fix a number's order of magnitude only: within this factor nothing is contradicted."""
_DIGITS = r"(?<!\d)\d{1,15}(?:\.\d{1,4})?"
NO_FIGURE = re.compile(
    r"|".join(
        (
            r"(?:19|20)\d\d\s?(?:年|[-—–~至]+\s?(?:19|20)\d\d)",
            r"(?<!\d)\d{1,2}(?:\s?[-—–~至]\s?\d{1,2})?\s?[月日](?!均)",
            rf"{_DIGITS}\s?个?(?:工作日|自然日|小时|分钟|天|月|秒)",
            rf"{_DIGITS}\s?[×xX*:：/]\s?\d{{1,9}}",
            r"[〔﹝\[【（(]\s?(?:19|20)\d\d\s?[〕﹞\]】）)]\s?第?\d{1,6}",
            rf"第\s?\d{{1,6}}|附件\s?\d{{1,2}}|{_DIGITS}\s?[号版届]|邮编\D{{0,2}}\d{{6}}",
            r"(?<!\d)0\d{2,3}[-—－]?\d{7,8}|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)",
            r"(?<!\d)400[-—]?\d{3}[-—]?\d{4}",
            r"(?<!\d)12\d{3}(?=[”\"』」]|[^\d，。；]{0,6}热线)",
            r"https?://\S+|www\.[\w./-]+|[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]+",
            r"[A-Za-z]{1,20}[-+]?\d{1,9}|(?<!\d)\d{1,9}[-+]?[A-Za-z]",
            r"《[^》]{0,80}》|“[^”]{1,12}”",
            r"^\s*\d{1,2}[.、](?!\d)|[（(]\d{1,2}[）)]",
        )
    )
)
"""What has digits but states no figure: dates, document and article numbers, hotlines, list numbers."""


class Numeral(Struct):
    """A number as it stands in a passage's text, ``start`` to ``end``.

    ``step`` is what its last digit is worth; ``addresses`` the figures it is known to state, once known.
    """

    start: int
    end: int
    words: str
    value: Decimal
    step: Decimal
    unit: str
    rough: bool
    by_hand: bool
    addresses: tuple[str, ...] = ()
    settled: bool = False
    """Compared with something, so that it is not reported as tied to nothing."""
    restates: set[str] = field(default_factory=set)
    """Every expression of a narrative that its sentence says it is and that comes to it exactly."""

    def agrees(self, actual: Decimal) -> bool:
        """Whether the number may stand for ``actual``: exactly, to its last digit in 万, or roughly."""
        if self.rough:
            return self.value <= actual * ROUGH_FACTOR and actual <= self.value * ROUGH_FACTOR
        return abs(self.value - actual) < self.step if self.step > 1 else self.value == actual

    def agrees_in_percent(self, actual: Decimal) -> bool:
        """Whether a percentage may stand for ``actual``, rounded or cut to its last digit."""
        return self.rough or abs(self.value - actual) < self.step


class Sentences(Struct, frozen=True, dict=True):
    """A passage's text, folded, with its numerals in order; ``heading`` is what it stands under."""

    passage: Passage
    heading: str = ""

    @cached_property
    def text(self) -> str:
        """The passage's text, folded."""
        text = self.passage.text
        return text.translate(HALF_WIDTH) if FULL_WIDTH.search(text) else text

    @cached_property
    def numerals(self) -> tuple[Numeral, ...]:
        """The numbers in digits that state a figure, in order."""
        return tuple(self._figures()) if DIGIT.search(self.text) else ()

    def _figures(self) -> Iterator[Numeral]:
        """The numbers in digits that state a figure."""
        others = [match.span() for match in NO_FIGURE.finditer(self.text)]
        for match in NUMERAL.finditer(self.text):
            at = match.start("digits")
            if not any(start <= at < end for start, end in others):
                yield _numeral(match, self.passage)

    @property
    def says_a_number(self) -> bool:
        """Whether there is any numeral for ``at``, one in Chinese characters too."""
        return bool(self.numerals) or IN_WORDS.search(self.text) is not None

    def at(self, start: int) -> Numeral | None:
        """The numeral whose digits start there, one in Chinese characters too."""
        return next((numeral for numeral in self.numerals if numeral.start == start), self._in_words(start))

    def _in_words(self, start: int) -> Numeral | None:
        match = IN_WORDS.match(self.text, start)
        value = number_in_words(match["digits"]) if match else None
        if match is None or value is None:
            return None
        rough = match["after"] is not None
        hand, _ = _origin(self.passage, *match.span("digits"))
        return Numeral(start, match.end(), match[0], Decimal(value), Decimal(1), match["unit"], rough, hand)

    def before(self, position: int) -> list[Numeral]:
        """The numerals of the same sentence that stand before a position, nearest last."""
        begin = self.sentence_start(position)
        return [numeral for numeral in self.numerals if begin <= numeral.start < numeral.end <= position]

    def sentence_start(self, position: int) -> int:
        """Where the sentence around a position begins."""
        return max(self.text.rfind(mark, 0, position) for mark in "。；;！？\n") + 1

    def clause_start(self, position: int) -> int:
        """Where the clause around a position begins."""
        return max(self.text.rfind(mark, 0, position) for mark in "，,、。；;：:！？（(\n") + 1

    def excerpt(self, numeral: Numeral) -> str:
        """The number with the words around it, enough to find it by."""
        lead = re.split(r"[，。；：、（）,;:()]", self.text[max(0, numeral.start - 14) : numeral.start])[-1]
        return f"{lead}{self.text[numeral.start : numeral.end]}"


def nothing(match: re.Match[str]) -> Numeral:
    """The 0 that a wording says without a number."""
    start, end = match.span()
    return Numeral(start, end, match[0], Decimal(0), Decimal(1), "件", rough=False, by_hand=True)


def _numeral(match: re.Match[str], passage: Passage) -> Numeral:
    scale = SCALES[match["scale"] or ""]
    digits = Decimal(match["digits"].replace(",", ""))
    exponent = digits.as_tuple().exponent
    start, end = match.span("digits")
    hand, addresses = _origin(passage, start, end)
    return Numeral(
        start=start,
        end=match.end("unit") if match["unit"] else match.end("after") if match["after"] else end,
        words=match[0],
        value=digits * scale,
        step=scale.scaleb(exponent if isinstance(exponent, int) else 0),
        unit=match["unit"] or "",
        rough=any(match[name] for name in ("before", "after", "about")),
        by_hand=hand,
        addresses=addresses,
    )


def _origin(passage: Passage, start: int, end: int) -> tuple[bool, tuple[str, ...]]:
    """Whether any of the digits was typed by hand; and the figures, where one name alone printed them."""
    position = 0
    runs = []
    for run in passage.runs:
        if position < end and position + len(run.text) > start:
            runs.append(run)
        position += len(run.text)
    plain_name = len(runs) == 1 and not set(runs[0].source) & set("( ")
    return any(not run.source for run in runs), runs[0].addresses if plain_name else ()
