"""Every figure called to account: what it is made of, who is lacking, last year's, and the change."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import compress, count
from typing import Any

from msgspec import Struct, field

from pipeline.model.consolidation import Consolidation, LastYear
from pipeline.model.finding import quoted
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import INDICATORS, Aggregation, Indicator
from pipeline.model.narrative import Narrative, own_address
from pipeline.model.number import NumberKind, percent, plain, printed, rounded_percent
from pipeline.model.review import Account, Entries, Lacking
from pipeline.model.roster import Agency
from pipeline.model.submission import Cell, Submission, picked


class Books(Struct, frozen=True):
    """Where figures are looked up: this year's sums and submissions, and last year's ledger."""

    form: StatutoryForm
    indicators: tuple[Indicator, ...]
    sums: Consolidation
    last_year: LastYear
    submissions: Mapping[str, Submission]
    """The submission that counts, by agency code."""
    sent: frozenset[Agency]
    """The agencies from whom anything came."""


class _Named(Struct, frozen=True):
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
    origins, every = _origins(narrative, books.sums.groups), tuple(_all_named(books))
    given = _given([named for named in every if not named.parts], books)
    return {
        named.address: _account(
            named, books, given.get(named.address, _Given()), tuple(origins.get(named.address, ()))
        )
        for named in every
    }


class _Given(Struct, frozen=True):
    """What the agencies gave to a figure, and which of them gave nothing."""

    entries: Entries = field(default_factory=Entries)
    lacking: tuple[Lacking, ...] = ()


def _given(every: Sequence[_Named], books: Books) -> dict[str, _Given]:
    """By address, gathered agency by agency: of each what it sent and its last year are looked up once."""
    addresses = tuple(named.address for named in every)
    nothing = tuple(
        Lacking(agency.name, "报来的不能用" if agency in books.sent else "未报")
        for agency in books.sums.missing
    )
    agencies = [
        _row(addresses, books.submissions[agency.code], books.last_year.agencies.get(agency.code, {}))
        for agency in books.sums.counted
    ]
    if not agencies:
        return {address: _Given(lacking=nothing) for address in addresses}
    # From all of an agency to all of a figure: each field in turn, as there are many of both.
    columns = zip(*(zip(*rows, strict=True) for rows in zip(*agencies, strict=True)), strict=True)
    return {
        named.address: _Given(
            _entries(*told), nothing if all(told[0]) else (*nothing, *_lacking(named, told[0], books))
        )
        for named, told in zip(every, columns, strict=True)
    }


def _row(
    addresses: tuple[str, ...], submission: Submission, before: Mapping[str, Decimal]
) -> tuple[Sequence[Any], ...]:
    """What an agency gave to these figures: the digits, "" for none, raw texts, sheets, cells, readings, and
    last year's numbers.
    """
    columns = submission.columns()
    pick = picked(columns.order, addresses)
    return (*(pick((*told, "")) for told in columns.told()), tuple(map(before.get, addresses)))


def _entries(numerals: Sequence[str], *told: Sequence[Any]) -> Entries:
    """What the agencies gave that gave a number."""
    raws, sheets, cells, readings, befores = (tuple(compress(one, numerals)) for one in told)
    agencies, values = tuple(compress(count(), numerals)), tuple(map(_value, filter(None, numerals)))
    return Entries(agencies, values, sheets, cells, raws, readings, befores)


@lru_cache(maxsize=1024)  # most are few small ones, which come again at every agency
def _value(numeral: str) -> Decimal:
    """The number, a zero without a sign and decimals."""
    return Decimal(numeral) or Decimal(0)


def _lacking(named: _Named, numerals: Sequence[str], books: Books) -> Iterator[Lacking]:
    """The agencies that gave no number to a figure, unless they need not."""
    for agency, numeral in zip(books.sums.counted, numerals, strict=True):
        if not numeral and not named.optional:
            yield _without(agency, books.submissions[agency.code].cells.get(named.address))


def _without(agency: Agency, cell: Cell | None) -> Lacking:
    """An agency whose cell holds no number."""
    if cell is None:
        return Lacking(agency.name, "表里没有找到这一格")
    written = f"写的是“{quoted(cell.raw)}”" if cell.raw else "空着，或算不出"
    return Lacking(agency.name, f"[{cell.place.sheet}]{cell.place.a1} {written}，没有采用")


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


def _account(named: _Named, books: Books, given: _Given, origins: tuple[str, ...]) -> Account:
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
        entries=given.entries,
        lacking=given.lacking,
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
