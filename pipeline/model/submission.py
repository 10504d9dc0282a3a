"""A submission: one agency's workbook as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.model.finding import Finding
from pipeline.model.place import CellPlace
from pipeline.model.roster import Agency


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as an agency gave it.

    ``raw`` is the text as typed; ``value`` the number read, None where there is none or it is in doubt (a
    finding says why); ``reading`` says how it was read where that is not plain ("全角数字", "按公式计算").
    """

    address: str
    raw: str
    value: Decimal | None
    place: CellPlace
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a workbook says of itself on 封面 and in its hidden sheet; "" or None where it says nothing."""

    agency: str = ""
    code: str = ""
    year: int | None = None
    edition: str = ""
    version: int | None = None
    """报送次数: the agency's own count of its versions, 1 for the first."""
    filled_by: str = ""
    reviewed_by: str = ""
    phone: str = ""
    year_text: str = ""
    """What stands where the year belongs, if no single year can be told from it."""
    made_for: str = ""
    """The code of the agency our blank workbook was made for, from its hidden sheet; "" for another's."""
    made_in: int | None = None
    """The year it was made for."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One workbook, read: its cover, its figures by address (statutory cells and indicators), its texts."""

    workbook: str
    cover: Cover
    cells: Mapping[str, Cell]
    texts: Mapping[int, str] = field(default_factory=dict)
    """文字材料 by section number, 1 to 6."""
    text_cells: Mapping[int, CellPlace] = field(default_factory=dict)
    """Where each of the texts stands."""

    def value(self, address: str) -> Decimal | None:
        """The number at an address, None where there is none."""
        cell = self.cells.get(address)
        return None if cell is None else cell.value

    def values(self) -> dict[str, Decimal]:
        """Every number read, by address."""
        return {address: cell.value for address, cell in self.cells.items() if cell.value is not None}

    def place(self, address: str) -> CellPlace | None:
        """Where the cell of an address stands, None where it was not found."""
        cell = self.cells.get(address)
        return None if cell is None else cell.place


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that lay in submissions/: its path, digest, what was read from it, and what was found in it."""

    workbook: str
    sha256: str
    submission: Submission | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an arrival: whose it is (None where unknown), whether it counts, and why or why not."""

    arrival: Arrival
    agency: Agency | None
    counted: bool
    reason: str
    excluded: bool = False
    """Whether the office itself leaves it out (report.toml, ``[exclude]``)."""
