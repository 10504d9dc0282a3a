"""Consolidation: every figure the sum over the agencies that count (H7), and what each of them gave to it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.model.consolidation import Consolidation, Contribution, Figure, Figures
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.number import percent
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Submission


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
    for agency in present:
        groups[agency.group].add(counted[agency.code].values())
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


_NOTHING = Decimal(0)


@dataclass
class _Sums:
    """A running sum by address, how many agencies gave a number, and how many there were."""

    totals: dict[str, Decimal] = field(default_factory=dict)
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

    def add(self, values: Mapping[str, Decimal]) -> None:
        self.agencies += 1
        self.given.update(values.keys())
        self._sum(values)

    def _sum(self, values: Mapping[str, Decimal]) -> None:
        for address, value in values.items():
            self.totals[address] = self.totals.get(address, _NOTHING) + value


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
