"""Cells that stand elsewhere, or are merged otherwise, than the law's table has them."""

from functools import partial

import pytest
from msgspec.structs import replace

from kit.report import filled
from pipeline.model.rendition import ReadBack
from pipeline.verify.compare_merge import remerged_tables


@pytest.fixture
def report(catalogue):
    return partial(catalogue.finding, year=2020, workbook="报告.html")


def read_back(grids):
    tables = tuple(tuple("".join(cell.text.split()) for cell in grid.cells) for grid in grids)
    areas = tuple(tuple((c.row, c.column, c.rows, c.columns) for c in grid.cells) for grid in grids)
    return ReadBack((), tables, areas=areas)


def with_area(read, table, cell, area):
    areas = [list(one) for one in read.areas]
    areas[table][cell] = area
    return replace(read, areas=tuple(map(tuple, areas)))


def test_a_table_merged_as_the_law_has_it_is_in_order(form, report):
    grids = filled(form)
    assert list(remerged_tables(grids, read_back(grids), report)) == []


def test_the_first_cell_out_of_place_stands_for_all_after_it(forms, report):
    grids = filled(forms["2019"])
    number = next(n for n, cell in enumerate(grids[1].cells) if cell.text == "三、本年度办理结果")
    read = with_area(read_back(grids), 1, number, (5, 0, 1, 1))
    read = with_area(read, 1, number + 1, (5, 2, 1, 2))
    (finding,) = remerged_tables(grids, read, report)
    assert finding.code == "readback-merge"
    assert (finding.found, finding.expected) == ("第6行第1列、占1行1列", "第6行第1列、占20行1列")
    assert "三、本年度办理结果" in finding.message


def test_a_figure_out_of_place_is_named_by_its_labels(forms, report):
    grids = filled(forms["2019"])
    number = next(n for n, c in enumerate(grids[2].cells) if c.address == "disputes.litigation_direct.upheld")
    read = with_area(read_back(grids), 2, number, (3, 6, 1, 1))
    (finding,) = remerged_tables(grids, read, report)
    assert "行政诉讼·未经复议直接起诉·结果维持" in finding.message


def test_a_reader_that_knows_no_areas_and_a_table_that_lacks_cells_tell_nothing(forms, report):
    grids = filled(forms["2019"])
    whole = read_back(grids)
    assert list(remerged_tables(grids, replace(whole, areas=()), report)) == []
    lacking = replace(
        whole, tables=(whole.tables[0][:-1], *whole.tables[1:]), areas=(whole.areas[0][:-1], *whole.areas[1:])
    )
    assert list(remerged_tables(grids, lacking, report)) == []
