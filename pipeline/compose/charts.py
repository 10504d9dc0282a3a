"""Requests as pictures, this year beside last (report.toml, charts = true)."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Block, Chart, Document, Series, Table
from pipeline.model.form import StatutoryForm

TABLE = "requests"
"""The table that the pictures show parts of, and after which they stand."""
TOTAL = "total"
OUTCOMES = {
    "予以公开": "disclosed",
    "部分公开": "partial",
    "不予公开": "withheld",
    "无法提供": "unavailable",
    "不予处理": "unprocessed",
    "其他处理": "other",
}
"""The groups of 三、本年度办理结果; in either edition a group's row or rows are named after it."""

Categories: TypeAlias = Mapping[str, tuple[str, ...]]
"""What a group of bars is called, and the addresses whose sum is its number."""


class YearFigures(Struct, frozen=True):
    """A year's consolidated figures and the form they stand in."""

    year: int
    form: StatutoryForm
    values: Mapping[str, Decimal]


def request_charts(now: YearFigures, before: YearFigures | None) -> tuple[Chart, ...]:
    """Requests received by applicant, and answered by outcome.

    A year of which a number is missing has no bars; a picture without this year's is left out.
    """
    charts = (
        _chart("图1　收到的政府信息公开申请（件，按申请人）", _applicants, now, before),
        _chart("图2　办结的政府信息公开申请（件，按办理结果）", _outcomes, now, before),
    )
    return tuple(chart for chart in charts if chart)


def with_charts(document: Document, charts: tuple[Chart, ...]) -> Document:
    """The document with the pictures behind the table of requests."""
    return replace(document, blocks=tuple(_placed(document, charts)))


def _placed(document: Document, charts: tuple[Chart, ...]) -> Iterator[Block]:
    for block in document.blocks:
        yield block
        if isinstance(block, Table) and block.grid.id == TABLE:
            yield from charts


def _applicants(form: StatutoryForm) -> Categories:
    received = [cell for cell in form.cells.values() if (cell.table, cell.row.id) == (TABLE, "received")]
    return {cell.column.path[-1]: (cell.address,) for cell in received if cell.column.id != TOTAL}


def _outcomes(form: StatutoryForm) -> Categories:
    totals = [cell for cell in form.cells.values() if (cell.table, cell.column.id) == (TABLE, TOTAL)]
    return {
        label: tuple(cell.address for cell in totals if f"{cell.row.id}_".startswith(f"{outcome}_"))
        for label, outcome in OUTCOMES.items()
    }


def _chart(
    caption: str,
    grouping: Callable[[StatutoryForm], Categories],
    now: YearFigures,
    before: YearFigures | None,
) -> Chart | None:
    series = [_series(figures, grouping(figures.form)) for figures in (before, now) if figures]
    if series[-1] is None:
        return None
    return Chart(caption, tuple(grouping(now.form)), tuple(one for one in series if one))


def _series(figures: YearFigures, categories: Categories) -> Series | None:
    values = figures.values
    if not all(address in values for addresses in categories.values() for address in addresses):
        return None
    sums = (sum((values[address] for address in addresses), Decimal(0)) for addresses in categories.values())
    return Series(f"{figures.year}年", tuple(sums))
