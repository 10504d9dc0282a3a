"""Numbers as clerks type them: each way is certain to a reader, none is how a machine would write."""

from collections.abc import Collection
from decimal import Decimal

from pipeline.model.form import FormCell
from pipeline.model.number import NumberKind
from sample_split import HUNDRED_MILLION, TEN_THOUSAND

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
EVERY = 3
"""A habit shows in one cell of so many; the others are plain."""
ITEMS = ("items_last_year", "change", "projects")


def typed(cell: FormCell, value: int, ways: Collection[str], place: int) -> Decimal | str:
    """What stands in a cell. ``ways`` are the clerk's habits, ``place`` the cell's place in the form.

    ``signs``: 增12, +12, 减13; ``thousands``: 1,036; ``full-width``: １２; ``units``: 12件, 7项. Amounts
    always have their unit.
    """
    if cell.kind is NumberKind.YUAN:
        return amount(value)
    if cell.kind is NumberKind.CHANGE and "signs" in ways:
        return change(value, place)
    if "thousands" in ways and value >= 1000:
        return f"{value:,}"
    if value > 0 and place % EVERY == 0:
        if "full-width" in ways:
            return str(value).translate(FULL_WIDTH)
        if "units" in ways:
            return f"{value}{'项' if cell.column.id in ITEMS else '件'}"
    return Decimal(value)


def change(value: int, place: int) -> str:
    """本年增/减 as text: 增12 or +12, 减13 or -13, 0."""
    if value == 0:
        return "0"
    words = ("增", "减") if place % 2 else ("+", "-")
    return f"{words[value < 0]}{abs(value)}"


def amount(value: int) -> str:
    """An amount in 元 as an office says it: 1.2亿元, 352.6万元, 80618元."""
    if value >= HUNDRED_MILLION and value % TEN_THOUSAND == 0:
        return f"{_scaled(value, HUNDRED_MILLION)}亿元"
    if value >= TEN_THOUSAND and value % (TEN_THOUSAND // 10) == 0:
        return f"{_scaled(value, TEN_THOUSAND)}万元"
    return f"{value}元"


def _scaled(value: int, unit: int) -> str:
    return format((Decimal(value) / unit).normalize(), "f")
