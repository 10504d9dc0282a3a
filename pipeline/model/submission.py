"""A submission: one agency's workbook as it was read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, compress, groupby, repeat
from typing import Any, NamedTuple

from msgspec import Struct, field

from pipeline.model.finding import Finding
from pipeline.model.place import CellPlace
from pipeline.model.roster import Agency

BETWEEN = ","
"""Between numbers in a line."""


class Cell(NamedTuple):
    """A figure as an agency gave it; a tuple, for the same reason as its place.

    ``raw`` is the text as typed; ``value`` the number read, None where there is none or it is in doubt (a
    finding says why); ``reading`` says how it was read where that is not plain ("全角数字", "按公式计算").
    """

    address: str
    raw: str
    value: Decimal | None
    place: CellPlace
    reading: str = ""


class Order(Struct, frozen=True, dict=True):
    """Addresses in the order in which figures are kept; shared by all submissions of a year."""

    addresses: tuple[str, ...]

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where each address stands, from 0."""
        return {address: at for at, address in enumerate(self.addresses)}


@lru_cache(maxsize=8)
def picked(order: Order, addresses: tuple[str, ...]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Takes these addresses' of what goes with an order, and the last, one more, where there is none."""
    places = [order.positions.get(address, -1) for address in addresses]
    return lambda told: [told[at] for at in places]


class Numerals(NamedTuple):
    """A submission's numbers as a line, in an order and parted by ``BETWEEN``; "" where there is none."""

    order: Order
    line: str


decimal = lru_cache(maxsize=1024)(Decimal)
"""A number from its digits: most are few small ones, which come again at every agency."""


def runs(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Each name with how often it comes in a row."""
    return tuple((name, len(list(run))) for name, run in groupby(names))


@dataclass(frozen=True, eq=False)
class Columns(Mapping[str, Cell]):
    """Cells by address, kept as columns of text; a ``Cell`` is made when one is asked for.

    A submission's some 190 cells take 3 kB so, and 70 kB as objects. ``numerals`` and ``places`` go with the
    addresses, "" for no number and no place; ``sheets`` are names, each with how many cells in a row stand
    there. ``raws`` and ``readings`` hold by position what is not the number itself.
    """

    workbook: str
    order: Order
    numerals: Sequence[str]
    places: Sequence[str]
    sheets: Sequence[tuple[str, int]]
    raws: Mapping[int, str]
    readings: Mapping[int, str]

    @classmethod
    def of(cls, workbook: str, cells: Mapping[str, Cell]) -> "Columns":
        """These cells of a workbook as columns."""
        listed = list(cells.values())
        numerals = ["" if cell.value is None else str(cell.value) for cell in listed]
        return cls(
            workbook,
            Order(tuple(cells)),
            numerals,
            [cell.place.a1 for cell in listed],
            runs(cell.place.sheet for cell in listed),
            {at: cell.raw for at, cell in enumerate(listed) if cell.raw != numerals[at]},
            {at: cell.reading for at, cell in enumerate(listed) if cell.reading},
        )

    def __getitem__(self, address: str) -> Cell:
        at = self.order.positions[address]
        text = self.numerals[at]
        return Cell(
            address,
            self.raws.get(at, text),
            decimal(text) if text else None,
            CellPlace(self.workbook, self._sheet(at), self.places[at]),
            self.readings.get(at, ""),
        )

    def number(self, address: str) -> Decimal | None:
        """The number at an address, None where there is none."""
        at = self.order.positions.get(address)
        text = "" if at is None else self.numerals[at]
        return decimal(text) if text else None

    def __iter__(self) -> Iterator[str]:
        return iter(self.order.addresses)

    def __len__(self) -> int:
        return len(self.order.addresses)

    def __contains__(self, address: object) -> bool:
        return address in self.order.positions

    def numbers(self) -> dict[str, Decimal]:
        """Every number, by address, without making cells."""
        given = compress(self.order.addresses, self.numerals)
        return dict(zip(given, map(decimal, filter(None, self.numerals)), strict=True))

    def told(self) -> tuple[Sequence[str], ...]:
        """Of every cell, in the order of the addresses: its digits, raw text, sheet, place and reading."""
        raws, readings = list(self.numerals), [""] * len(self)
        for at, raw in self.raws.items():
            raws[at] = raw
        for at, reading in self.readings.items():
            readings[at] = reading
        sheets = list(chain.from_iterable(repeat(name, count) for name, count in self.sheets))
        return self.numerals, raws, sheets, self.places, readings

    def _sheet(self, at: int) -> str:
        for name, count in self.sheets:
            if at < count:
                return name
            at -= count
        return ""


class Cover(Struct, frozen=True):
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


class Submission(Struct, frozen=True):
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
        if isinstance(self.cells, Columns):
            return self.cells.number(address)
        cell = self.cells.get(address)
        return None if cell is None else cell.value

    def values(self) -> dict[str, Decimal]:
        """Every number read, by address."""
        if isinstance(self.cells, Columns):
            return self.cells.numbers()
        return {address: cell.value for address, cell in self.cells.items() if cell.value is not None}

    def digits(self) -> Mapping[str, str]:
        """The digits of every number by address, "" where a cell has none, without making numbers."""
        if isinstance(self.cells, Columns):
            return dict(zip(self.cells.order.addresses, self.cells.numerals, strict=True))
        return {
            address: "" if cell.value is None else str(cell.value) for address, cell in self.cells.items()
        }

    def columns(self) -> Columns:
        """Every cell as columns."""
        return self.cells if isinstance(self.cells, Columns) else Columns.of(self.workbook, self.cells)

    @property
    def numerals(self) -> Numerals:
        """Every number read, in a line."""
        columns = self.columns()
        return Numerals(columns.order, BETWEEN.join(columns.numerals))

    def place(self, address: str) -> CellPlace | None:
        """Where the cell of an address stands, None where it was not found."""
        cell = self.cells.get(address)
        return None if cell is None else cell.place


class Submissions(Mapping[str, Submission]):
    """Submissions by agency code, whose numbers can be had without taking all of each apart."""

    def numerals(self, code: str) -> Numerals:
        """The numbers of an agency's; KeyError where there is none."""
        return self[code].numerals


class Arrival(Struct, frozen=True):
    """A file that lay in submissions/: its path, digest, cover and what was found in it.

    ``cover`` is None where the file could not be read. Its figures and texts are kept elsewhere
    (:mod:`pipeline.shelf`): those of thousands are not in memory together.
    """

    workbook: str
    sha256: str
    cover: Cover | None
    findings: tuple[Finding, ...]
    reading: str
    """The digest of all that was read in it, texts and figures too."""


class Receipt(Struct, frozen=True):
    """What became of an arrival: whose it is (None where unknown), whether it counts, and why or why not."""

    arrival: Arrival
    agency: Agency | None
    counted: bool
    reason: str
    excluded: bool = False
    """Whether the office itself leaves it out (report.toml, ``[exclude]``)."""
