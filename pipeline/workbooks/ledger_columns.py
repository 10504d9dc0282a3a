"""The columns of a ledger: one a figure, each with the labels that stand above it."""

from collections.abc import Sequence

from msgspec import Struct

from pipeline.model.form import FormTable
from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.number import NumberKind


class LedgerColumn(Struct, frozen=True):
    """A figure's column: its address, kind, three labels from the outer to the inner, how it is summed.

    ``over`` holds a ratio's addresses (numerator, denominator); ``summed`` is False where there is no sum.
    """

    address: str
    kind: NumberKind
    labels: tuple[str, str, str]
    summed: bool = True
    over: tuple[str, ...] = ()


def table_columns(table: FormTable) -> list[LedgerColumn]:
    """The columns of a statutory table, in reading order."""
    return [
        LedgerColumn(
            cell.address,
            cell.kind,
            (
                block.band or "·".join(cell.row.path[:-1]) or cell.row.path[-1],
                cell.row.path[-1],
                "·".join(cell.column.path[1:] or cell.column.path),
            ),
        )
        for block in table.blocks
        for row in block.cells
        for cell in row
    ]


def indicator_columns(indicators: Sequence[Indicator]) -> list[LedgerColumn]:
    """The columns of the supplementary indicators; a ratio is worked out from two others."""
    addresses = {one.id: one.address for one in indicators}
    return [
        LedgerColumn(
            one.address,
            one.kind,
            ("补充指标", one.label, f"单位：{one.unit}"),
            one.aggregation is Aggregation.SUM,
            tuple(addresses[name] for name in one.over),
        )
        for one in indicators
    ]
