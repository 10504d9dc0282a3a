"""The grids carry every figure in the law's printing."""

from decimal import Decimal

import pytest

from kit.workbook import consistent_values
from pipeline.compose.tables import filled_grids


def test_every_figure_is_printed_by_its_kind(forms):
    form = forms["2019"]
    values = consistent_values(form) | {
        "proactive.licences.change": Decimal(-13),
        "proactive.procurement.amount": Decimal(3117000000),
    }
    texts = {cell.address: cell.text for grid in filled_grids(form, values).values() for cell in grid.cells}
    assert texts["proactive.licences.change"] == "减13"
    assert texts["proactive.procurement.amount"] == "31.17亿元"
    assert texts["requests.received.total"] == str(values["requests.received.total"])


def test_a_report_with_a_gap_is_not_composed(form):
    values = consistent_values(form)
    values.popitem()
    with pytest.raises(KeyError):
        filled_grids(form, values)


def test_a_draft_names_the_gap(form):
    values = consistent_values(form)
    address, _ = values.popitem()
    texts = {
        cell.address: cell.text
        for grid in filled_grids(form, values, draft=True).values()
        for cell in grid.cells
    }
    assert texts[address] == "〔缺〕"
