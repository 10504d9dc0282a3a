"""The statutory grids filled with figures, as text."""

from collections.abc import Mapping
from decimal import Decimal

from pipeline.model.form import StatutoryForm
from pipeline.model.grid import Grid
from pipeline.model.number import printed

GAP = "〔缺〕"
"""What a draft prints where there is no figure."""


def filled_grids(
    form: StatutoryForm, values: Mapping[str, Decimal], *, draft: bool = False
) -> dict[str, Grid]:
    """Each table's Grid by id, every figure printed by its kind.

    KeyError where a figure is missing, except in a draft, which names the gap.
    """
    texts = {
        address: GAP if draft and address not in values else printed(cell.kind, values[address])
        for address, cell in form.cells.items()
    }
    return {table.id: table.grid.filled(texts) for table in form.tables}
