"""A table held against its grid: cells named in the office's words, rows found again by their labels."""

from functools import partial

import pytest

from kit.word import catalogue, filled_tables
from pipeline.verify.compare_table import cell_words, compare_table, expected_texts

report = partial(catalogue().finding, year=2020, workbook="报告.pdf")


def grid_of(name, edition="2019"):
    return filled_tables(edition)[name].grid


def words(name, address, edition="2019"):
    grid = grid_of(name, edition)
    return cell_words(grid, next(cell for cell in grid.cells if cell.address == address))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("proactive.fees.change", "行政事业性收费·本年增/减"),
        ("proactive.procurement.amount", "政府集中采购·采购总金额"),
        ("requests.brought_forward.natural_person", "二、上年结转政府信息公开申请数量·申请人情况·自然人"),
        (
            "requests.withheld_query.business",
            "三、本年度办理结果·（三）不予公开·8.属于行政查询事项·申请人情况·法人或其他组织·商业企业",
        ),
        ("disputes.reconsideration.total", "行政复议·总计"),
    ],
)
def test_a_figure_is_named_by_its_row_and_column(address, expected):
    assert words(address.split(".")[0], address) == expected


def test_a_label_is_named_by_its_place():
    grid = grid_of("proactive")
    assert cell_words(grid, grid.cells[0]) == "第1行第1列"


def test_every_figure_of_a_table_has_a_name_of_its_own():
    for edition in ("2019", "2021"):
        for name in ("requests", "disputes"):
            grid = grid_of(name, edition)
            named = [cell_words(grid, cell) for cell in grid.cells if cell.address]
            assert len(set(named)) == len(named)


def test_an_equal_table_gives_nothing_but_nones():
    grid = grid_of("disputes")
    assert list(compare_table(grid, expected_texts(grid), report)) == [None] * len(grid.cells)


def test_a_changed_label_is_found_at_its_place():
    grid = grid_of("disputes")
    texts = ("行政申诉", *expected_texts(grid)[1:])
    (finding,) = [outcome for outcome in compare_table(grid, texts, report) if outcome]
    assert (
        finding.message
        == "四、政府信息公开行政复议、行政诉讼情况：第1行第1列应为“行政复议”，读回为“行政申诉”。"
    )


@pytest.mark.parametrize("place", [0, 5, 20, 33])
def test_one_lost_cell_is_one_finding_wherever_it_stood(place):
    grid = grid_of("disputes")
    texts = expected_texts(grid)
    outcomes = list(compare_table(grid, texts[:place] + texts[place + 1 :], report))
    assert [index for index, outcome in enumerate(outcomes) if outcome] == [place]
    assert outcomes[place].found == "（缺）"


def test_added_cells_are_one_finding_that_counts_them():
    grid = grid_of("disputes")
    *nones, finding = compare_table(grid, expected_texts(grid) + ("甲",) * 30, report)
    assert nones == [None] * len(grid.cells)
    assert (finding.code, finding.found, finding.expected) == ("readback-table", "64", "34")
