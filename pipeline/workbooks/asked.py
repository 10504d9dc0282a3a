"""What a workbook is asked for: known, and its digest taken, where nothing has to be read as well."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from pipeline.model.finding import Catalogue
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import PREFIX, Aggregation, Indicator
from pipeline.model.rule import Term
from pipeline.model.submission import Order

Totals: TypeAlias = Mapping[str, tuple[Term, ...]]
"""The terms whose sum a total is, by the total's address."""


class Asked(Struct, frozen=True, dict=True):
    """What a workbook is asked for: year, form and indicators; every form there is; the wordings."""

    year: int
    form: StatutoryForm
    forms: tuple[StatutoryForm, ...]
    indicators: tuple[Indicator, ...]
    catalogue: Catalogue

    @cached_property
    def order(self) -> Order:
        """The addresses of a submission's figures, in the order in which they are kept."""
        return Order((*self.form.cells, *(one.address for one in typed_indicators(self.indicators))))

    @cached_property
    def digest(self) -> str:
        """A digest of all of it."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @cached_property
    def totals(self) -> Totals:
        """The terms of every figure that is a total."""
        totals = {address: identity.right for address, identity in self.form.computed.items()}
        return totals | dict(indicator_totals(self.indicators))


def typed_indicators(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Those an agency types; a ratio is made of others."""
    return tuple(one for one in indicators if one.aggregation is not Aggregation.RATIO)


def indicator_totals(indicators: Sequence[Indicator]) -> Totals:
    """The terms of each indicator that is a total on the sheet."""
    return {one.address: tuple(Term(PREFIX + part) for part in one.parts) for one in indicators if one.parts}
