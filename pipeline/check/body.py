"""A body whose figures are checked."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from msgspec import Struct, field

from pipeline.model.place import CellPlace
from pipeline.model.rule import Term


class Body(Struct, frozen=True):
    """A body whose figures are checked: one agency, or the organ with the consolidated figures.

    ``place`` gives the cell of an address (None for consolidated figures); ``ordinary`` says that it may not
    make 规章; ``last_year`` is empty where last year is unknown, and its rules are then not checked.
    """

    name: str
    values: Mapping[str, Decimal]
    last_year: Mapping[str, Decimal] = field(default_factory=dict)
    place: Callable[[str], CellPlace | None] = lambda _: None
    ordinary: bool = True
    group: str = ""
    county: bool = False
    """Whether it is a county's government, which has licences, penalties or coercion of its own."""
    workbook: str = ""
    closing: str = ""
    """What it writes in section six; "" where it writes nothing there."""
    doubtful: frozenset[str] = frozenset()
    """Addresses of figures that other findings call wrong."""

    def value(self, term: Term) -> Decimal | None:
        """The figure a term names; None where there is none."""
        return (self.last_year if term.last_year else self.values).get(term.address)

    def sure(self, address: str) -> Decimal | None:
        """This year's figure; None where there is none, or it is called wrong elsewhere."""
        return None if address in self.doubtful else self.values.get(address)
