"""Consolidation: every figure the sum over the agencies that count, with its contributions (H7)."""

from collections.abc import Iterable, Mapping, Sequence
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
    """Sum the counted submissions (by agency code), in all and by group.

    A figure stands only where every counted agency gave a number: where one is in doubt there is no figure
    at all, rather than a sum that leaves it out. Only an optional indicator's blanks are passed over.
    """
    present = [agency for agency in roster.agencies if agency.code in counted]
    return Consolidation(
        figures=_figures(form, indicators, present, counted),
        groups={
            group: _figures(form, indicators, [a for a in present if a.group == group], counted)
            for group in roster.groups
        },
        counted=tuple(present),
        missing=tuple(agency for agency in roster.agencies if agency.code not in counted),
    )


def _figures(
    form: StatutoryForm,
    indicators: Sequence[Indicator],
    agencies: Sequence[Agency],
    counted: Mapping[str, Submission],
) -> Figures:
    optional = {indicator.address for indicator in indicators if not indicator.required}
    added = [*form.cells, *(i.address for i in indicators if i.aggregation is Aggregation.SUM)]
    figures: dict[str, Figure] = {}
    for address in added:
        contributions = tuple(_contributions(address, agencies, counted))
        if contributions and (len(contributions) == len(agencies) or address in optional):
            total = sum((contribution.value for contribution in contributions), Decimal(0))
            figures[address] = Figure(address, total, contributions)
    ratios = [
        _ratio(indicator, figures) for indicator in indicators if indicator.aggregation is Aggregation.RATIO
    ]
    figures.update((figure.address, figure) for figure in ratios if figure)
    return figures


def _contributions(
    address: str, agencies: Sequence[Agency], counted: Mapping[str, Submission]
) -> Iterable[Contribution]:
    for agency in agencies:
        cell = counted[agency.code].cells.get(address)
        if cell is not None and cell.value is not None:
            yield Contribution(address, agency, cell.place, cell.raw, cell.value, cell.reading)


def _ratio(indicator: Indicator, figures: Figures) -> Figure | None:
    """A ratio of sums in percent, two decimals, half up; None where a sum is missing or the whole is 0."""
    part, whole = (figures.get(f"indicators.{name}") for name in indicator.over)
    if part is None or whole is None or whole.value == 0:
        return None
    formula = f"{part.address} ÷ {whole.address} × 100，保留两位小数"
    return Figure(
        indicator.address,
        percent(part.value, whole.value),
        part.contributions + whole.contributions,
        formula,
    )
