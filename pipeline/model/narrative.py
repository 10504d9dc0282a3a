"""The narrative: an office's text, each figure in it still tied to its name."""

from collections.abc import Iterable

from msgspec import Struct

from pipeline.model.place import CellPlace


class Run(Struct, frozen=True):
    """A piece of a passage. ``source`` is the expression that printed it ("requests.received.total",
    '同比("requests.received.total")'), "" for text typed by hand; ``addresses`` the figures it rests on."""

    text: str
    source: str = ""
    addresses: tuple[str, ...] = ()


class Passage(Struct, frozen=True):
    """A paragraph. ``level`` is 0 for body text, 2 for （一）, 3 for 1., 4 for （1）; ``section`` 0 for the
    words before section one, else 1 to 6; ``origin`` says where it stands in the file or cell (第12段)."""

    section: int
    level: int
    runs: tuple[Run, ...]
    origin: str
    cell: CellPlace | None = None
    """The cell it was typed into, where it comes from an agency's 文字材料."""

    @property
    def text(self) -> str:
        """The passage as printed."""
        return "".join(run.text for run in self.runs)

    def place(self, file: str) -> CellPlace:
        """Where a finding about it stands: its cell, else its paragraph of the file."""
        return self.cell or CellPlace(file, "", self.origin)

    @property
    def within(self) -> str:
        """What a finding says first: which paragraph of the cell; "" where the place says so."""
        return f"{self.origin}：" if self.cell else ""


class Narrative(Struct, frozen=True):
    """The passages in order, without the section titles (those are the form's).

    ``title`` is what stood at the top as the report's own title and is not printed.
    """

    file: str
    passages: tuple[Passage, ...]
    title: tuple[Passage, ...] = ()


class NamedFigure(Struct, frozen=True):
    """A name for use in a narrative: address, Chinese alias, label, printed value ("" for none)."""

    address: str
    alias: str
    label: str
    printed: str


LAST_YEAR = "last_year."
"""What stands before an address that is asked of the year before."""


def own_address(address: str, groups: Iterable[str]) -> str:
    """An address without the group or the year it was asked of: 市直机关.indicators.a is indicators.a."""
    for prefix in (LAST_YEAR, *(f"{group}." for group in groups)):
        address = address.removeprefix(prefix)
    return address
