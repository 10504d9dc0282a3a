"""The kinds of number the law asks for, and the one way each is printed."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HUNDRED_MILLION = Decimal(100_000_000)
TEN_THOUSAND = Decimal(10_000)
SCALE_DIGITS = 4
"""An amount is printed in 亿元 or 万元 only where at most this many decimals say it exactly."""


class NumberKind(StrEnum):
    """What a cell may hold (FORMS.md): the reader's rules and the printed form follow from it."""

    COUNT = "count"
    """A whole number, not negative."""
    CHANGE = "change"
    """A signed whole number, printed 增12, 减13 or 0."""
    YUAN = "yuan"
    """Money in 元 whose unit the form does not give: the typed unit decides, a bare number is a finding."""
    WAN = "wan"
    """Money in 万元, the form says so."""
    DECIMAL = "decimal"
    """A decimal number, not negative, such as a percentage of an indicator."""


MONEY = frozenset({NumberKind.YUAN, NumberKind.WAN})
"""The kinds that are amounts."""

HUNDREDTH = Decimal("0.01")
"""Percentages are printed with two decimals, as in 103.64%, 12.50% and 63.00%, so that they line up."""


def rounded_percent(value: Decimal) -> Decimal:
    """A percentage rounded half up to two decimals, as every report prints it."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` of ``whole`` in percent, rounded: 361 of 472 is 76.48; ``whole`` is not 0."""
    return rounded_percent(part * 100 / whole)


def plain(value: Decimal) -> str:
    """A Decimal in plain digits, never in exponent form: 1E+3 is 1000, 18.8710 keeps its digits."""
    text = str(value)  # four times as quick, and the same where it has no exponent
    return format(value, "f") if "E" in text else text


def printed(kind: NumberKind, value: Decimal) -> str:
    """The text of a value as it stands in a report's cell; exact for every kind.

    An amount in 元 is said in 亿元 or 万元 where that is exact in four decimals (31.17亿元), else in 元.
    """
    if kind is NumberKind.CHANGE:
        return "0" if value == 0 else f"{'增' if value > 0 else '减'}{plain(abs(value))}"
    if kind is NumberKind.YUAN:
        return _yuan(value)
    return plain(value)


def _yuan(value: Decimal) -> str:
    for unit, name in ((HUNDRED_MILLION, "亿元"), (TEN_THOUSAND, "万元")):
        scaled = (value / unit).normalize()
        exponent = scaled.as_tuple().exponent
        if abs(value) >= unit and isinstance(exponent, int) and -exponent <= SCALE_DIGITS:
            return f"{plain(scaled)}{name}"
    return f"{plain(value)}元"
