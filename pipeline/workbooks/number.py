"""Numbers as people type them: read for certain, with the reading recorded, or refused with the reason.

Nothing becomes 0 by itself (FORMS.md H5): a blank, "/" and 无 are problems, as is whatever leaves a doubt.
"""

import math
import re
import unicodedata
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from msgspec import Struct

from pipeline.model.number import HUNDRED_MILLION, TEN_THOUSAND, NumberKind, plain

EXPECTED = {
    NumberKind.COUNT: "0 或正整数",
    NumberKind.CHANGE: "增12、减13、0 这样的整数",
    NumberKind.YUAN: "带单位的金额，例如 251000元、31.17亿元",
    NumberKind.WAN: "以万元为单位的数，例如 18.871",
    NumberKind.DECIMAL: "0 或正数，可带小数",
}
EXPECTED_PERCENT = "百分数，例如 95.2"
COUNT_WORDS = (
    "人次", "件次", "件", "条", "项", "个", "篇", "次", "人", "期", "份", "起", "宗", "部", "家", "场", "名",
)  # fmt: skip
MONEY = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": TEN_THOUSAND,
    "万": TEN_THOUSAND,
    "百万元": Decimal(1_000_000),
    "亿元": HUNDRED_MILLION,
    "亿": HUNDRED_MILLION,
}
SEVERAL = "、"
SIGNS = {"增加": "+", "减少": "-", "增": "+", "减": "-", "+": "+", "-": "-", "−": "-", "–": "-"}
WORDED_SIGNS = ("增加", "减少", "增", "减")
NOT_APPLICABLE = frozenset(["/", "\\", "-", "--", "—", "——", "–", "−", "无", "没有", "不适用", "n/a", "na"])
EXCEL_DIGITS = 15
"""A spreadsheet keeps 15 digits of a number; more than that is an artefact of binary arithmetic."""

_PROSE = re.compile(r"[^\W\d_]{8}")
"""More letters in a row than any number has, with its sign, currency and unit."""
_DIGIT = re.compile("[0-9０-９]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE5: "¥", 0x3000: " "}
_ERROR = re.compile(r"#[A-Z/0!?_]+[!?A]?")
_TYPED = re.compile(
    rf"(?P<sign>{'|'.join(map(re.escape, SIGNS))})?\s*(?P<currency>¥|人民币)?\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<decimals>\.[0-9]+)?\s*(?P<unit>\D*)"
)


class Reading(Struct, frozen=True, dict=True):
    """What a cell's content says.

    ``value`` is None where there is a ``problem`` (a finding code); ``raw`` the content as text; ``reading``
    how it was read where that is not plain; ``expected`` what the cell should hold.
    """

    value: Decimal | None
    raw: str
    reading: str = ""
    problem: str = ""
    expected: str = ""

    @cached_property
    def numeral(self) -> str:
        """The value's digits, "" for none."""
        return "" if self.value is None else str(self.value)

    @cached_property
    def plain(self) -> bool:
        """Whether it is a number, typed as it is printed: nothing more is to be said of it."""
        return self.raw == self.numeral != "" and not self.reading


class _Number(NamedTuple):
    """A number in writing: its value, the unit written behind it, and what was put aside to read it."""

    value: Decimal
    unit: str
    sign: str
    steps: tuple[str, ...]


@lru_cache(maxsize=8192, typed=True)
def read_number(kind: NumberKind, value: object, unit: str = "") -> Reading:
    """The number a cell of this kind holds.

    ``value`` is what the workbook's reader gave: text, int, float, bool, a date or None. ``unit`` is the unit
    the workbook itself states for the cell ("万元", "%", "人次"), "" for none, several that disagree with
    ``SEVERAL`` between them; a unit written behind the number itself goes before them.

    Most cells hold one of few small numbers, so what was read last is remembered.
    """
    if kind is NumberKind.COUNT and unit != "%" and type(value) is float and _is_count(value):
        return Reading(Decimal(int(value)), str(int(value)), expected=EXPECTED[kind])
    raw = raw_text(value)
    expected = EXPECTED_PERCENT if unit == "%" else EXPECTED[kind]
    written = _written(value, raw)
    valued = (
        written if isinstance(written, str) else _valued(kind, written, unit, typed=isinstance(value, str))
    )
    if isinstance(valued, str):
        return Reading(None, raw, "", valued, unit if valued == "cell-unit-conflict" else expected)
    number, steps = valued
    return Reading(number, raw, "，".join(steps), "", expected)


def _is_count(value: float) -> bool:
    return 0 <= value < 10**EXCEL_DIGITS and value == int(value)


def raw_text(value: object) -> str:
    """A cell's content as text: as typed where it is text, a whole number without ".0", "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return plain(_from_float(value)) if math.isfinite(value) else str(value)
    return value if isinstance(value, str) else str(value)


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing one could see."""
    if not isinstance(value, str):
        return value is None
    return not (value[:1].isalnum() or _PROSE.search(value) or _visible(value))


def holds_number(value: object) -> bool:
    """Whether a content looks like a figure, whatever it counts: 12, "12件", "25.1万元"; not "2018年"."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    if isinstance(value, str) and (_PROSE.search(value) or not _DIGIT.search(value)):
        return False
    written = _written(value, raw_text(value))
    return not isinstance(written, str) and written.unit in ("", *COUNT_WORDS, *MONEY)


def _visible(text: str) -> str:
    """The text in half-width letters, without the white space and invisible marks around it."""
    narrow = text.translate(_FULL_WIDTH)
    if not narrow.isascii():
        narrow = "".join(mark for mark in narrow if unicodedata.category(mark) != "Cf")
    return narrow.strip()


def _problem_of_text(raw: str) -> str:
    text = _visible(raw)
    if not text:
        return "cell-blank"
    if text.lower() in NOT_APPLICABLE:
        return "cell-not-applicable"
    return "cell-error-value" if _ERROR.fullmatch(text) else ""


def _written(value: object, raw: str) -> _Number | str:
    """The number as written, or the finding code that says why there is none."""
    if isinstance(value, float):
        return _from_cell(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _Number(Decimal(value), "", "", ())
    if value is None or isinstance(value, str):
        return _problem_of_text(raw) or _from_text(raw)
    return "cell-not-a-number"


def _from_cell(value: float) -> _Number | str:
    if not abs(value) < 10**EXCEL_DIGITS:
        return "cell-not-a-number"
    number = _from_float(value)
    exact = value == int(value) or number == Decimal(repr(value))
    return _Number(number, "", "", () if exact else (f"取{EXCEL_DIGITS}位有效数字",))


def _from_float(value: float) -> Decimal:
    if value == int(value):
        return Decimal(int(value))
    shortest = Decimal(repr(value))
    return (
        shortest if len(shortest.as_tuple().digits) <= EXCEL_DIGITS else Decimal(f"{value:.{EXCEL_DIGITS}g}")
    )


def _from_text(raw: str) -> _Number | str:
    text = _visible(raw)
    match = _TYPED.fullmatch(text)
    if match is None or len(match["digits"].replace(",", "")) > EXCEL_DIGITS:
        return "cell-not-a-number"
    sign, digits, decimals = match["sign"] or "", match["digits"], match["decimals"] or ""
    steps = ["全角数字"] if any(mark in raw for mark in "０１２３４５６７８９．，") else []
    if "," in digits:
        steps.append("去掉千分位")
    whole = digits.replace(",", "")
    if len(whole) > 1 and whole[0] == "0":
        steps.append("去掉前面的0")
    if sign:
        steps.append(f"“{sign}”读作{'正' if SIGNS[sign] == '+' else '负'}数")
    unit = match["unit"].strip() or ("元" if match["currency"] else "")
    return _Number(Decimal(SIGNS.get(sign, "") + whole + decimals), unit, sign, tuple(steps))


def _valued(  # noqa: PLR0911 - one return per refusal reads as the list of rules it is
    kind: NumberKind, number: _Number, unit: str, *, typed: bool
) -> tuple[Decimal, tuple[str, ...]] | str:
    """The value in the kind's own unit and the steps that led to it, or a finding code."""
    if kind in (NumberKind.YUAN, NumberKind.WAN):
        return _money(kind, number, unit)
    if kind is not NumberKind.CHANGE and number.sign in WORDED_SIGNS:
        return "cell-not-a-number"
    steps = number.steps
    if number.unit:
        if number.unit not in (*COUNT_WORDS, unit):
            return "cell-not-a-number"
        steps += (f"去掉单位“{number.unit}”",)
    if kind is NumberKind.DECIMAL:
        return _decimal(number, steps, unit, typed=typed)
    if number.value != number.value.to_integral_value():
        return "cell-not-whole"
    if kind is NumberKind.COUNT and number.value < 0:
        return "cell-negative"
    return number.value.quantize(Decimal(1)) + 0, steps


def _decimal(
    number: _Number, steps: tuple[str, ...], unit: str, *, typed: bool
) -> tuple[Decimal, tuple[str, ...]] | str:
    if number.value < 0:
        return "cell-negative"
    if unit == "%" and not typed and 0 < number.value <= 1:
        return "cell-not-a-number"  # 0.952 may be 95.2 % in a cell shown as a percentage, or 0.952 %
    return number.value, steps


def _money(kind: NumberKind, number: _Number, unit: str) -> tuple[Decimal, tuple[str, ...]] | str:
    if number.sign in WORDED_SIGNS:
        return "cell-not-a-number"
    if number.value < 0:
        return "cell-negative"
    own = "元" if kind is NumberKind.YUAN else "万元"
    stated = number.unit or unit
    if not number.unit and (not unit or SEVERAL in unit):
        missing = "cell-unit-conflict" if unit else "cell-unit-missing"
        return (number.value, number.steps) if number.value == 0 else missing
    if stated not in MONEY:
        return "cell-not-a-number"
    steps = number.steps
    if MONEY[stated] == MONEY[own]:
        return number.value, (*steps, f"去掉单位“{stated}”") if number.unit else steps
    return _exact(number.value * MONEY[stated], MONEY[own]), (*steps, f"按“{stated}”换算成{own}")


def _exact(amount: Decimal, unit: Decimal) -> Decimal:
    """amount ÷ unit without trailing zeros and without exponent: both are powers of ten apart, so exact."""
    return Decimal(plain((amount / unit).normalize()))
