"""The consolidated figures, and what one agency's cell gave to one."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct, field

from pipeline.model.place import CellPlace
from pipeline.model.roster import Agency


class Contribution(Struct, frozen=True):
    """What one agency's cell gave to a figure: the figure of this address in the agency's own workbook."""

    address: str
    agency: Agency
    place: CellPlace
    raw: str
    value: Decimal
    reading: str = ""


class Figure(Struct, frozen=True):
    """A consolidated number: its address and value.

    ``formula`` says how it was made where it is not the sum of what the agencies gave ("a ÷ b × 100"), and
    ``parts`` names the addresses in it. What each agency gave is looked up when it is asked for.
    """

    address: str
    value: Decimal
    formula: str = ""
    parts: tuple[str, ...] = ()


Figures: TypeAlias = Mapping[str, Figure]


def decimals(figures: Figures) -> dict[str, Decimal]:
    """The numbers alone, by address."""
    return {address: figure.value for address, figure in figures.items()}


class Consolidation(Struct, frozen=True):
    """The sums over the agencies that count, in all and by group; and who is missing or left out."""

    figures: Figures
    groups: Mapping[str, Figures]
    counted: tuple[Agency, ...]
    missing: tuple[Agency, ...]

    def value(self, address: str) -> Decimal | None:
        """The consolidated number at an address, None where there is none."""
        figure = self.figures.get(address)
        return None if figure is None else figure.value

    def values(self) -> dict[str, Decimal]:
        """Every consolidated number, by address."""
        return decimals(self.figures)


class LastYear(Struct, frozen=True):
    """Last year's figures, from its ledger: by agency code, and consolidated; empty where unknown."""

    year: int
    workbook: str
    """The ledger they were read from, relative to the workspace; "" where there is none."""
    agencies: Mapping[str, Mapping[str, Decimal]]
    total: Mapping[str, Decimal]
    groups: Mapping[str, Mapping[str, Decimal]]
    names: Mapping[str, str] = field(default_factory=dict)
    """What each of these agencies was called, by code."""
    renumbered: Mapping[str, str] = field(default_factory=dict)
    """Agencies known by their names, whose code was another: the code now to the code then."""
    grouping: Mapping[str, str] = field(default_factory=dict)
    """The group each of these agencies stood in, by code."""
    left: tuple[str, ...] = ()
    """Agencies of then, by name, that are none of this year's."""
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Agencies whose figures are a sum, by code now: the names of the bodies then."""
    divided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Bodies of then that several agencies come from, by name: the names of those."""
    unclear: tuple[tuple[str, str, str], ...] = ()
    """What the roster says of the past and last year does not know: the agency's name, what, and why not."""
    doubt: str = ""
    """Why its sums cannot be used, in words; "" where they can. ``total`` and ``groups`` are then empty."""
