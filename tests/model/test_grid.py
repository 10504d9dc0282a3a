"""A grid is filled by address, and a figure that is missing is not passed over."""

import pytest
from msgspec.structs import replace

from pipeline.model.grid import CellRole


def test_figures_take_their_texts_by_address_and_labels_stay(forms):
    grid = forms["2019"].tables[2].grid
    texts = {cell.address: cell.address[-5:] for cell in grid.cells if cell.address}
    filled = grid.filled(texts)
    assert [cell.text for cell in filled.cells if cell.role is CellRole.FIGURE] == list(texts.values())
    assert [c.text for c in filled.cells if not c.address] == [c.text for c in grid.cells if not c.address]


def test_a_filled_table_is_known_by_what_all_its_fillings_share(forms):
    """It is handed on when a table is filled, for every format asks for it: it must be what it would be anew."""
    for table in forms["2019"].tables:
        filled = table.grid.filled({cell.address: "12" for cell in table.grid.cells if cell.address})
        anew = replace(filled)
        assert anew.cells == filled.cells != table.grid.cells
        assert filled.pattern is table.grid.pattern
        assert filled.pattern == anew.pattern


def test_a_missing_figure_is_refused(forms):
    with pytest.raises(KeyError):
        forms["2019"].tables[0].grid.filled({})


def test_a_figure_s_labels_are_its_row_s_and_the_nearest_block_s_from_the_outer_on(forms):
    def words(table, address):
        grid = forms["2019"].tables[table].grid
        cell = next(cell for cell in grid.cells if cell.address == address)
        return [label.text for label in grid.labels(cell)]

    assert words(0, "proactive.fees.change") == ["行政事业性收费", "本年增/减"]
    assert words(1, "requests.outcome_total.other") == [
        "三、本年度办理结果",
        "（七）总计",
        "申请人情况",
        "法人或其他组织",
        "其他",
    ]
    assert words(2, "disputes.reconsideration.total") == ["行政复议", "总计"]


def test_a_grid_knows_its_size(forms):
    grid = forms["2019"].tables[1].grid
    assert (grid.rows, grid.columns, grid.head) == (26, 10, 3)
