"""Supplementary indicators: figures for the narrative that no statutory table holds."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from pipeline.model.form import StatutoryForm
from pipeline.model.number import NumberKind

PREFIX = "indicators."
"""The address of an indicator is this prefix and its id."""


INDICATORS = "补充指标"
"""What an office calls them all: the sheet they are typed on, and how their names begin in a narrative."""


class Aggregation(StrEnum):
    """How an indicator of many agencies becomes one figure."""

    SUM = "sum"
    RATIO = "ratio"
    """Sum of one indicator over the sum of another, in percent; agencies do not type it."""
    NONE = "none"
    """Not added up: the figure exists for each agency only."""


class Indicator(Struct, frozen=True):
    """An indicator: id, label and unit on the workbook, kind, aggregation, and whether a blank is an error.

    ``parts`` names the addends where the indicator is a total on the sheet; ``over`` the two indicators
    (numerator, denominator) of a ratio.
    """

    id: str
    label: str
    unit: str
    kind: NumberKind
    aggregation: Aggregation
    required: bool = True
    parts: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    alias: str = ""
    """Its short Chinese name in a narrative (补充指标.政策解读); "" where only the id serves."""

    @property
    def address(self) -> str:
        """``indicators.`` and the id."""
        return PREFIX + self.id


def words_of(form: StatutoryForm, indicators: Iterable[Indicator]) -> Callable[[str], str]:
    """An address in words: its Chinese name or label; the address itself where there is none such."""
    labels = {indicator.address: indicator.label for indicator in indicators}
    return lambda address: labels.get(address) or form.words(address)
