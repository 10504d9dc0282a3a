"""What goes into a workbook for an agency: whose it is, its form, and the values and texts it holds."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.number import NumberKind, plain, printed
from pipeline.model.roster import Agency
from pipeline.model.submission import Cover

EXCEL_DIGITS = 15
"""Excel keeps this many digits of a number, and no zeros after the last one."""


class Filling(Struct, frozen=True):
    """One agency's workbook before it is laid out; ``values`` by address, ``texts`` by section number."""

    agency: Agency
    year: int
    form: StatutoryForm
    indicators: tuple[Indicator, ...]
    values: Mapping[str, Decimal]
    texts: Mapping[int, str]
    cover: Cover

    @property
    def asked(self) -> tuple[Indicator, ...]:
        """The indicators the sheet asks for: a ratio follows from two others and is not typed."""
        return tuple(one for one in self.indicators if one.aggregation is not Aggregation.RATIO)


def typed(kind: NumberKind, value: Decimal) -> Decimal | str:
    """A value as a clerk types it: a number, or a text where a number would lose its unit or its digits.

    18.8710 is a text: as a number it would come back as 18.871, and the report prints what was typed.
    """
    if kind is NumberKind.YUAN:
        return printed(kind, value)
    if kind in (NumberKind.COUNT, NumberKind.CHANGE):
        return value
    kept = Decimal(f"{float(value):.{EXCEL_DIGITS}g}").normalize()
    return value if plain(value) == plain(kept) else plain(value)
