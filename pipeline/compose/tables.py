"""The statutory grids filled with figures, as text."""

from collections.abc import Mapping
from decimal import Decimal

from pipeline.model.form import StatutoryForm
from pipeline.model.grid import Grid
from pipeline.model.number import printed


def filled_grids(form: StatutoryForm, values: Mapping[str, Decimal]) -> dict[str, Grid]:
    """Each table's Grid by id, every figure printed by its kind; KeyError where a figure is missing."""
    texts = {address: printed(cell.kind, values[address]) for address, cell in form.cells.items()}
    return {table.id: table.grid.filled(texts) for table in form.tables}
