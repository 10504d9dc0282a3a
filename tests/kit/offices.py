"""Builders for tests about workbooks: agencies, submissions, and a consolidation summed from them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipeline.model.consolidation import Consolidation, Figure
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.place import CellPlace
from pipeline.model.roster import Agency, Roster
from pipeline.model.rule import Term
from pipeline.model.submission import Cell, Cover, Submission


def roster_of(size: int) -> Roster:
    """Agencies in two groups, the first third 旗市区政府."""
    return Roster(
        tuple(
            Agency(f"{number:03}", f"第{number}单位", "旗市区政府" if number <= size // 3 else "市直机关")
            for number in range(1, size + 1)
        )
    )


def filled_values(form: StatutoryForm, indicators: Sequence[Indicator], start: int = 0) -> dict[str, Decimal]:
    """A number for every input, and the totals that follow; each column of requests balances."""
    values = {address: Decimal((place + start) % 7) for place, address in enumerate(form.inputs)}
    for address, cell in form.cells.items():
        if cell.kind == "yuan":
            values[address] = Decimal("251000")
        if cell.kind == "wan":
            values[address] = Decimal("18.8710")
    values |= {one.address: Decimal(3 + start) for one in indicators if not one.parts}
    values |= {one.address: Decimal(3 + start) * len(one.parts) for one in indicators if one.parts}
    _total(form, values)
    columns = dict.fromkeys(cell.column.id for cell in form.tables[1].cells if cell.column.id != "total")
    for column in columns:
        outcome = values[f"requests.outcome_total.{column}"]
        values[f"requests.received.{column}"] = (
            outcome
            + values[f"requests.carried_forward.{column}"]
            - values[f"requests.brought_forward.{column}"]
        )
    _total(form, values)
    return values


def _total(form: StatutoryForm, values: dict[str, Decimal]) -> None:
    def found(term: Term) -> Decimal:
        if term.address in form.computed:
            _compute(term.address)
        return values[term.address]

    def _compute(address: str) -> None:
        values[address] = sum((term.sign * found(term) for term in form.computed[address].right), Decimal(0))

    for address in form.computed:
        _compute(address)


def submission_of(agency: Agency, values: Mapping[str, Decimal]) -> Submission:
    """A submission with these values."""
    workbook = f"submissions/{agency.code}.xlsx"
    cells = {
        address: Cell(address, str(value), value, CellPlace(workbook, "表", "A1"))
        for address, value in values.items()
    }
    return Submission(workbook, Cover(agency.name, agency.code), cells)


def consolidated(
    roster: Roster, submissions: Mapping[str, Submission], indicators: Sequence[Indicator]
) -> Consolidation:
    """The plain sums over all agencies and by group; ratios to two places."""
    groups = {
        group: _figures(
            [agency for agency in roster.agencies if agency.group == group], submissions, indicators
        )
        for group in roster.groups
    }
    return Consolidation(_figures(roster.agencies, submissions, indicators), groups, roster.agencies, ())


def _figures(
    agencies: Sequence[Agency], submissions: Mapping[str, Submission], indicators: Sequence[Indicator]
) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for agency in agencies:
        for address, cell in submissions[agency.code].cells.items():
            assert cell.value is not None
            before = figures.get(address, Figure(address, Decimal(0)))
            figures[address] = Figure(address, before.value + cell.value)
    for one in indicators:
        if one.aggregation is Aggregation.NONE:
            figures.pop(one.address, None)
        if one.aggregation is Aggregation.RATIO:
            upper, lower = (figures[f"indicators.{name}"].value for name in one.over)
            figures[one.address] = Figure(one.address, round(upper / lower * 100, 2))
    return figures
