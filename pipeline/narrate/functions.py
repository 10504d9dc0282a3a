"""What a narrative may call: 同比, this year against last, and 占比, one figure in percent of another."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from pipeline.model.number import NumberKind, percent
from pipeline.narrate.names import LAST_YEAR, Names
from pipeline.narrate.value import ExpressionError, Phrase, Value, value_of

CASES = re.compile(r"(?:^|\.)(?:requests|disputes)\.")
"""Addresses of what is counted in 件 of requests or disputes, a group's and last year's too."""


def functions(names: Names) -> Mapping[str, Callable[..., Phrase | Value]]:
    """The functions by their name in a narrative; each raises ExpressionError where it cannot be computed."""

    def growth(now: object) -> Phrase | Value:
        return _growth(value_of(now), names)

    def share(part: object, whole: object) -> Phrase | Value:
        return _share(value_of(part), value_of(whole))

    return {"同比": growth, "占比": share}


def _growth(now: Value, names: Names) -> Phrase | Value:
    source = f'同比("{now.source}")'
    before = names.value(f"{LAST_YEAR}.{now.source}")
    if not isinstance(before, Value):
        raise ExpressionError("同比只能用一个数的名字，不能用算式或上年的数")
    if now.number is None:
        return Value(None, now.kind, source, now.addresses, f"{now.words}的同比")
    if before.number is None:
        raise ExpressionError(f"没有“{now.words}”上一年的数，算不出同比")
    if before.number <= 0:
        raise ExpressionError(f"“{now.words}”上一年是 {before.text}，算不出同比")
    return Phrase(_change(now.number, before.number), source, now.addresses + before.addresses)


def _change(now: Decimal, before: Decimal) -> str:
    if now == before:
        return "持平"
    change = f"{percent(abs(now - before), before)}%"
    return "基本持平" if change == "0.00%" else f"{'增长' if now > before else '下降'}{change}"


def _share(part: Value, whole: Value) -> Phrase | Value:
    source = f"占比({_argument(part)}, {_argument(whole)})"
    addresses = tuple(dict.fromkeys(part.addresses + whole.addresses))
    if part.number is None or whole.number is None:
        return Value(None, part.kind, source, addresses, f"{part.words}的占比")
    if whole.number == 0:
        raise ExpressionError(f"“{whole.words}”是 0，算不出占比")
    if _family(part) != _family(whole) and part.addresses and whole.addresses:
        raise ExpressionError(f"“{part.words}”和“{whole.words}”不是同一类数，算不出占比")
    if part.number > whole.number:
        raise ExpressionError(
            f"前一个数“{_words(part)}”是部分，后一个数“{_words(whole)}”是总数，"
            "部分比总数大，占比超过 100%；是不是写反了"
        )
    return Phrase(f"{percent(part.number, whole.number)}%", source, addresses)


def _family(value: Value) -> tuple[NumberKind, bool]:
    """What a figure can be a share of: its kind, and whether it counts requests and disputes or not."""
    return value.kind, all(CASES.search(address) for address in value.addresses)


def _words(value: Value) -> str:
    """What an office calls a figure, and the number it is."""
    return f"{value.words} {value.text}" if value.addresses else value.text


def _argument(value: Value) -> str:
    return f'"{value.source}"' if value.addresses else value.source
