"""A grid as an HTML table: the same merges, and every figure under its own labels."""

import pytest
from lxml import html

from kit.report import filled
from kit.web import small_grid
from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.web_table import page_table, rows


def laid_out(table):
    """Each cell as (row, column, rows, columns, text), by the standard's table model: other code than ours."""
    taken, cells = set(), []
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            high, wide = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + r, column + c) for r in range(high) for c in range(wide)}
            cells.append((row, column, high, wide, cell.text_content()))
    return cells


def tables(form):
    return [(grid, html.fromstring(page_table(grid, grid.id))) for grid in filled(form)]


def test_every_cell_stands_where_the_grid_has_it(form):
    for grid, table in tables(form):
        assert laid_out(table) == [(c.row, c.column, c.rows, c.columns, c.text) for c in grid.cells]


def test_labels_are_th_with_a_scope_and_figures_are_td_without(form):
    for grid, table in tables(form):
        for cell, written in zip(grid.cells, table.iter("th", "td"), strict=True):
            figure = cell.role in {CellRole.FIGURE, CellRole.VOID}
            assert (written.tag, written.get("scope") is None) == ("td" if figure else "th", figure)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("第二十条第（五）项", "rowgroup"),
        ("信息内容", "col"),
        ("本年新制作数量", "col"),
        ("行政许可", "row"),
        ("申请人情况", "colgroup"),
        ("三、本年度办理结果", "rowgroup"),
        ("行政诉讼", "colgroup"),
    ],
)
def test_a_label_says_what_it_is_the_label_of(forms, text, scope):
    written = {
        cell.text_content(): cell.get("scope") for _, t in tables(forms["2019"]) for cell in t.iter("th")
    }
    assert written[text] == scope


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        ("proactive.licences.change", ["第二十条第（五）项", "行政许可", "本年增/减"]),
        ("proactive.procurement.amount", ["第二十条第（九）项", "政府集中采购", "采购总金额"]),
        ("requests.received.total", ["一、本年新收政府信息公开申请数量", "申请人情况", "总计"]),
        (
            "requests.withheld_by_law.research",
            [
                "三、本年度办理结果",
                "（三）不予公开",
                "2.其他法律行政法规禁止公开",
                "申请人情况",
                "法人或其他组织",
                "科研机构",
            ],
        ),
        ("disputes.litigation_after.upheld", ["行政诉讼", "复议后起诉", "结果维持"]),
    ],
)
def test_a_figure_names_its_own_labels_and_no_other_block_s(forms, address, labels):
    for grid, table in tables(forms["2019"]):
        for cell, written in zip(grid.cells, table.iter("th", "td"), strict=True):
            if cell.address == address:
                names = [
                    table.get_element_by_id(one).text_content() for one in written.get("headers").split()
                ]
                assert names == labels


def test_column_labels_are_the_head_and_each_band_begins_a_body(forms):
    proactive, requests, disputes = (table for _, table in tables(forms["2019"]))
    assert [len(part) for part in requests.iter("thead", "tbody")] == [3, 2, 20, 1]
    assert [len(part) for part in disputes.iter("thead", "tbody")] == [3, 1]
    assert proactive.find(".//thead") is None
    assert [body[0].text_content()[:4] for body in proactive.iter("tbody")] == ["第二十条"] * 5


def test_no_body_ends_inside_a_merged_cell():
    cells = (
        GridCell(0, 0, 2, 1, CellRole.STUB, "甲"),
        GridCell(0, 1, 3, 1, CellRole.FIGURE, "1", "t.a.b"),
        GridCell(2, 0, 1, 1, CellRole.STUB, "乙"),
    )
    table = html.fromstring(page_table(Grid("t", "表", (1, 1), 0, cells), "t"))
    assert [len(body) for body in table.iter("tbody")] == [3]


def test_the_columns_share_the_width_as_the_law_s_table_does(forms):
    for grid, table in tables(forms["2019"]):
        shares = [float(column.get("style")[6:-1]) for column in table.iter("col")]
        assert len(shares) == grid.columns
        assert sum(shares) == pytest.approx(100)


def test_on_a_phone_every_figure_keeps_room_for_three_characters(forms):
    least = [frame.find("table").get("style") for _, frame in tables(forms["2019"])]
    assert least == ["--least:18em", "--least:39em", "--least:45em"]


def test_the_caption_names_the_table_and_the_frame_that_scrolls(forms):
    for grid, frame in tables(forms["2019"]):
        assert frame.get_element_by_id(frame.get("aria-labelledby")).text_content() == grid.caption


def test_text_in_a_cell_is_never_markup():
    (_, figures) = rows(small_grid(figure="</td><td>9"), lambda _: {})
    assert figures == "<tr><td>&lt;/td&gt;&lt;td&gt;9</td></tr>"
