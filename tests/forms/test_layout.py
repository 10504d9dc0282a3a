"""The one Grid of each table: merges as the notice prints them."""

import pytest

from pipeline.forms.layout import BlockLayout, table_grid
from pipeline.model.grid import CellRole


def spans(grid, text):
    return [(c.row, c.column, c.rows, c.columns) for c in grid.cells if c.text == text]


def test_the_outcome_label_is_merged_over_all_its_rows(forms):
    for edition, rows in (("2019", 20), ("2021", 22)):
        assert spans(forms[edition].tables[1].grid, "三、本年度办理结果") == [(5, 0, rows, 1)]


def test_a_row_without_a_group_spans_what_is_left_of_the_labels(forms):
    grid = forms["2019"].tables[1].grid
    assert spans(grid, "（一）予以公开") == [(5, 1, 1, 2)]
    assert spans(grid, "一、本年新收政府信息公开申请数量") == [(3, 0, 1, 3)]
    assert spans(grid, "（三）不予公开") == [(7, 1, 8, 1)]


def test_the_header_of_requests_is_three_lines_deep(forms):
    grid = forms["2019"].tables[1].grid
    assert spans(grid, "申请人情况") == [(0, 3, 1, 7)]
    assert spans(grid, "法人或其他组织") == [(1, 4, 1, 5)]
    assert spans(grid, "自然人") == [(1, 3, 2, 1)]


def test_the_blocks_of_2019_have_each_its_own_merges(forms):
    grid = forms["2019"].tables[0].grid
    assert spans(grid, "第二十条第（八）项") == [(12, 0, 1, 5)]
    assert spans(grid, "采购总金额") == [(16, 3, 1, 2)]
    assert spans(grid, "处理决定数量") == [(5, 4, 1, 1), (9, 4, 1, 1)]


def test_disputes_lie_in_one_line_of_fifteen(forms):
    grid = forms["2021"].tables[2].grid
    figures = [cell for cell in grid.cells if cell.role is CellRole.FIGURE]
    assert [(cell.row, cell.column) for cell in figures] == [(3, column) for column in range(15)]
    assert spans(grid, "复议后起诉") == [(1, 10, 1, 5)]
    assert len(spans(grid, "结果维持")) == 3


def test_every_position_is_covered_once(form):
    for table in form.tables:
        area = sum(cell.rows * cell.columns for cell in table.grid.cells)
        assert area == table.grid.rows * table.grid.columns


def test_cells_beyond_the_table_are_refused(forms):
    block = forms["2021"].tables[0].blocks[0]
    with pytest.raises(ValueError, match="overlap"):
        table_grid("t", "题", [1, 1, 1], [BlockLayout(block, (1, 2, 1))])
