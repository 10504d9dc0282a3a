"""Every figure called to account: what it is made of, who is lacking, last year's, and the change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.consolidation import Consolidation, LastYear
from pipeline.model.finding import quoted
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import INDICATORS, Aggregation, Indicator
from pipeline.model.narrative import Narrative, own_address
from pipeline.model.number import NumberKind, percent, plain, printed, rounded_percent
from pipeline.model.review import Account, Entry, Lacking
from pipeline.model.roster import Agency
from pipeline.model.submission import Submission


@dataclass(frozen=True)
class Books:
    """Where figures are looked up: this year's sums and submissions, and last year's ledger."""

    form: StatutoryForm
    indicators: tuple[Indicator, ...]
    sums: Consolidation
    last_year: LastYear
    submissions: Mapping[str, Submission]
    """The submission that counts, by agency code."""
    sent: frozenset[Agency]
    """The agencies from whom anything came."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A figure's address, words, table and kind; its formula and parts where it is no sum."""

    address: str
    words: str
    part: str
    kind: NumberKind
    unit: str = ""
    parts: tuple[str, ...] = ()
    optional: bool = False

    def rounded(self, value: Decimal | None) -> Decimal | None:
        """A ratio as every report prints it; any other value as it is."""
        return rounded_percent(value) if self.parts and value is not None else value

    def said(self, value: Decimal | None) -> str:
        """The value as a report prints it, with its unit; "" for none."""
        return "" if value is None else printed(self.kind, value) + self.unit


def accounts(books: Books, narrative: Narrative | None) -> dict[str, Account]:
    """Every statutory figure and every indicator that adds up, by address, in the form's order."""
    origins = _origins(narrative, books.sums.groups)
    return {
        named.address: _account(named, books, tuple(origins.get(named.address, ())))
        for named in _all_named(books)
    }


def _all_named(books: Books) -> Iterator[_Named]:
    for table in books.form.tables:
        for cell in table.cells:
            yield _Named(cell.address, cell.words, table.alias, cell.kind)
    addresses = {one.id: one.address for one in books.indicators}
    for one in books.indicators:
        if one.aggregation is not Aggregation.NONE:
            parts = tuple(addresses[name] for name in one.over if name in addresses)
            yield _Named(one.address, one.label, INDICATORS, one.kind, one.unit, parts, not one.required)


def _origins(narrative: Narrative | None, groups: Mapping[str, object]) -> dict[str, list[str]]:
    """Where the narrative rests on a figure, by address, each passage once."""
    found: dict[str, dict[str, None]] = {}
    for passage in narrative.passages if narrative else ():
        for run in passage.runs:
            for address in run.addresses:
                found.setdefault(own_address(address, groups), {})[passage.origin] = None
    return {address: list(places) for address, places in found.items()}


def _account(named: _Named, books: Books, origins: tuple[str, ...]) -> Account:
    address, sums, last_year = named.address, books.sums, books.last_year
    figure = sums.figures.get(address)
    value = named.rounded(figure.value if figure else None)
    before = named.rounded(last_year.total.get(address))
    difference, rate = change(named.kind, value, before)
    return Account(
        address=address,
        words=named.words,
        part=named.part,
        value=value,
        before=before,
        printed=named.said(value),
        printed_before=named.said(before),
        entries=() if named.parts else tuple(_entries(address, books)),
        lacking=() if named.parts else tuple(_lacking(named, books)),
        subtotals=tuple(
            figures[address].value if address in figures else None for figures in sums.groups.values()
        ),
        difference=difference,
        rate=rate,
        formula=figure.formula if figure else "",
        parts=named.parts,
        origins=origins,
    )


def change(kind: NumberKind, now: Decimal | None, before: Decimal | None) -> tuple[str, str]:
    """The signed difference and the growth in percent, as text; "" where one cannot be told.

    A figure that is itself a change (增/减) has no growth, and nothing grows from 0.
    """
    if now is None or before is None:
        return "", ""
    difference = now - before
    if kind is NumberKind.CHANGE or before <= 0:
        return signed(difference, kind), ""
    return signed(difference, kind), f"{signed(percent(difference, before))}%"


def signed(number: Decimal, kind: NumberKind = NumberKind.COUNT) -> str:
    """A difference of figures of a kind: with its sign, money in the unit that a report prints."""
    return f"{'+' if number > 0 else '-' if number < 0 else ''}{_unsigned(abs(number), kind)}"


def _unsigned(number: Decimal, kind: NumberKind) -> str:
    return printed(kind, number) if kind is NumberKind.YUAN else plain(number)


def _entries(address: str, books: Books) -> Iterator[Entry]:
    """What each agency gave, from the cells themselves: they are there where there is no sum, too."""
    for number, agency in enumerate(books.sums.counted):
        cell = books.submissions[agency.code].cells.get(address)
        if cell is None or cell.value is None:
            continue
        before = books.last_year.agencies.get(agency.code, {}).get(address)
        place = cell.place
        yield Entry(number, cell.value, place.sheet, place.a1, cell.raw, cell.reading, before)


def _lacking(named: _Named, books: Books) -> Iterator[Lacking]:
    for agency in books.sums.missing:
        yield Lacking(agency.name, "报来的不能用" if agency in books.sent else "未报")
    for agency in () if named.optional else books.sums.counted:
        cell = books.submissions[agency.code].cells.get(named.address)
        if cell is None:
            yield Lacking(agency.name, "表里没有找到这一格")
        elif cell.value is None:
            written = f"写的是“{quoted(cell.raw)}”" if cell.raw else "空着，或算不出"
            yield Lacking(agency.name, f"[{cell.place.sheet}]{cell.place.a1} {written}，没有采用")
