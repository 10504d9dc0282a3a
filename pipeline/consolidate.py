"""Consolidation: every figure the sum over the agencies that count (H7), and what each of them gave to it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, islice
from operator import attrgetter

from msgspec import Struct, field, json

from pipeline.model.consolidation import Consolidation, Contribution, Figure, Figures
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.number import percent
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import BETWEEN, Numerals, Order, Submission, Submissions, decimal

TOGETHER = 512
"""Agencies added up in one go: half a kilobyte each."""
MANY = 10**14
"""Of a thousand million numbers nearer to 0 a Decimal holds the sum to the last digit."""
_NOTHING = Decimal(0)
_WHOLE_ONES = json.Decoder(list[int])


def consolidate(
    form: StatutoryForm,
    indicators: Sequence[Indicator],
    roster: Roster,
    counted: Mapping[str, Submission],
) -> Consolidation:
    """Sum the counted submissions (by agency code), in all and by group, going through them once.

    A figure stands only where every counted agency gave a number: where one is in doubt there is no figure
    at all, rather than a sum that leaves it out. Only an optional indicator's blanks are passed over.
    """
    present = tuple(agency for agency in roster.agencies if agency.code in counted)
    groups = {group: _Sums() for group in roster.groups}
    waiting = iter(present)
    while batch := list(islice(waiting, TOGETHER)):
        told: dict[str, list[Numerals]] = {}
        for agency in batch:
            told.setdefault(agency.group, []).append(_numerals(counted, agency.code))
        for group, some in told.items():
            for order, alike in groupby(some, attrgetter("order")):
                groups[group].add(order, [one.line for one in alike])
    return Consolidation(
        figures=_figures(form, indicators, _Sums.of(groups.values())),
        groups={group: _figures(form, indicators, sums) for group, sums in groups.items()},
        counted=present,
        missing=tuple(agency for agency in roster.agencies if agency.code not in counted),
    )


def contributions(
    figures: Iterable[Figure], agencies: Iterable[Agency], counted: Mapping[str, Submission]
) -> tuple[Contribution, ...]:
    """What these agencies gave to these figures, figure by figure, in their order; for a ratio its parts."""
    addresses = [address for figure in figures for address in (figure.parts or (figure.address,))]
    given: list[list[Contribution]] = [[] for _ in addresses]
    for agency in agencies:
        cells = counted[agency.code].cells
        for address, found in zip(addresses, given, strict=True):
            cell = cells.get(address)
            if cell is not None and cell.value is not None:
                found.append(Contribution(address, agency, cell.place, cell.raw, cell.value, cell.reading))
    return tuple(one for found in given for one in found)


def _numerals(counted: Mapping[str, Submission], code: str) -> Numerals:
    return counted.numerals(code) if isinstance(counted, Submissions) else counted[code].numerals


class _Sums(Struct):
    """A running sum by address, how many agencies gave a number, and how many there were.

    The sums are those of ``Decimal``, one number after the other, to the last digit.
    """

    totals: dict[str, Decimal] = field(default_factory=dict)
    uneven: set[str] = field(default_factory=set)
    """Where another number than a whole one of few digits was given: in these what comes first may matter."""
    given: Counter[str] = field(default_factory=Counter)
    agencies: int = 0

    @classmethod
    def of(cls, parts: Iterable["_Sums"]) -> "_Sums":
        """Sums of agencies of which each is in one of the parts."""
        whole = cls()
        for part in parts:
            whole._sum(part.totals)
            whole.given.update(part.given)
            whole.agencies += part.agencies
        return whole

    def add(self, order: Order, lines: Sequence[str]) -> None:
        """The numbers of so many agencies, all in this order."""
        self.agencies += len(lines)
        columns = zip(*(line.split(BETWEEN) for line in lines), strict=True)
        for address, texts in zip(order.addresses, columns, strict=bool(order.addresses)):
            numerals = [text for text in texts if text]
            if numerals:
                self.given[address] += len(numerals)
                self.totals[address] = self._total(address, numerals)

    def _total(self, address: str, numerals: Sequence[str]) -> Decimal:
        """The sum so far, and these."""
        total = self.totals.get(address, _NOTHING)
        if address not in self.uneven:
            whole = _whole(numerals)
            if whole is not None:
                return total + whole
            self.uneven.add(address)
        for text in numerals:
            total += decimal(text)
        return total

    def _sum(self, values: Mapping[str, Decimal]) -> None:
        for address, value in values.items():
            self.totals[address] = self.totals.get(address, _NOTHING) + value


def _whole(numerals: Sequence[str]) -> int | None:
    """The sum of these whole numbers; None where one is none, or has too many digits."""
    try:  # as a list in JSON they are read in a quarter of the time
        numbers = _WHOLE_ONES.decode(f"[{','.join(numerals)}]")
    except ValueError:
        return None
    few = len(numbers) == len(numerals) and min(numbers) > -MANY and max(numbers) < MANY
    return sum(numbers) if few else None


def _figures(form: StatutoryForm, indicators: Sequence[Indicator], sums: _Sums) -> Figures:
    optional = {indicator.address for indicator in indicators if not indicator.required}
    added = [*form.cells, *(i.address for i in indicators if i.aggregation is Aggregation.SUM)]
    figures = {
        address: Figure(address, sums.totals[address])
        for address in added
        if sums.given[address] and (sums.given[address] == sums.agencies or address in optional)
    }
    figures.update(_ratios(indicators, figures))
    return figures


def _ratios(indicators: Sequence[Indicator], figures: Figures) -> Iterator[tuple[str, Figure]]:
    """Ratios of sums in percent, two decimals, half up; none where a sum is missing or the whole is 0."""
    for indicator in indicators:
        if indicator.aggregation is not Aggregation.RATIO:
            continue
        part, whole = (figures.get(f"indicators.{name}") for name in indicator.over)
        if part and whole and whole.value:
            formula = f"{part.address} ÷ {whole.address} × 100，保留两位小数"
            value, parts = percent(part.value, whole.value), (part.address, whole.address)
            yield indicator.address, Figure(indicator.address, value, formula, parts)
