"""A grid becomes a Word table with the same merges, however the cells are laid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kit.word import filled_tables
from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.measures import WORD_WIDTH
from pipeline.render.word_table import table_xml
from pipeline.render.word_text import NAMESPACES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def table_of(grid):
    return etree.fromstring(f"<w:body {NAMESPACES}>{table_xml(grid)}</w:body>")[0]


def one_figure(text, widths=(1,) * 15):
    cells = [GridCell(0, 0, 1, 1, CellRole.FIGURE, text, "t.r.c")]
    cells += [GridCell(0, column, 1, 1, CellRole.VOID, "") for column in range(1, len(widths))]
    return Grid("t", "表", widths, 0, tuple(cells))


def laid_out(table):
    """Each grid position's merge state, read as Word reads it: rows of (span, merge, text)."""
    return [
        [
            (
                int(cell.xpath("string(w:tcPr/w:gridSpan/@w:val)", namespaces=cell.nsmap) or 1),
                cell.xpath("string(w:tcPr/w:vMerge/@w:val)", namespaces=cell.nsmap),
                "".join(cell.itertext()),
            )
            for cell in row.iter(f"{W}tc")
        ]
        for row in table.iter(f"{W}tr")
    ]


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("name", ["proactive", "requests", "disputes"])
def test_the_statutory_tables_keep_every_merge_and_text(edition, name):
    grid = filled_tables(edition)[name].grid
    for row, cells in enumerate(laid_out(table_of(grid))):
        expected = sorted((c for c in grid.cells if c.row <= row < c.row + c.rows), key=lambda c: c.column)
        assert [span for span, _, _ in cells] == [cell.columns for cell in expected]
        assert [text for _, _, text in cells] == [cell.text if cell.row == row else "" for cell in expected]
        assert [merge for _, merge, _ in cells] == [
            "" if cell.rows == 1 else "restart" if cell.row == row else "continue" for cell in expected
        ]


@pytest.mark.parametrize("name", ["proactive", "requests", "disputes"])
def test_cell_widths_are_the_sums_of_the_grid_columns_and_fill_the_page(name):
    table = table_of(filled_tables()[name].grid)
    columns = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    assert sum(columns) == WORD_WIDTH
    for row in table.iter(f"{W}tr"):
        assert sum(int(width.get(f"{W}w")) for width in row.iter(f"{W}tcW")) == WORD_WIDTH


def test_the_disputes_table_has_15_columns_of_10_4_mm():
    table = table_of(filled_tables()["disputes"].grid)
    widths = [int(column.get(f"{W}w")) * 25.4 / 1440 for column in table.iter(f"{W}gridCol")]
    assert widths == pytest.approx([10.4] * 15, abs=0.02)


def test_header_rows_are_repeated_and_no_row_is_torn():
    table = table_of(filled_tables()["requests"].grid)
    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f".//{W}tblHeader") is not None for row in rows] == [True] * 3 + [False] * 23
    assert all(row.find(f".//{W}cantSplit") is not None for row in rows)


def test_a_line_of_labels_stays_with_the_figures_under_it():
    table = table_of(filled_tables()["proactive"].grid)
    kept = [
        {"Kept" in style.get(f"{W}val") for style in row.iter(f"{W}pStyle")} for row in table.iter(f"{W}tr")
    ]
    assert kept[:4] == [{True}, {True}, {False}, {False}]
    assert kept[-1] == {False}


def test_the_caption_is_escaped():
    grid = Grid("t", '甲"<乙>', (1,), 0, (GridCell(0, 0, 1, 1, CellRole.FIGURE, "1", "t.r.c"),))
    assert table_of(grid).find(f".//{W}tblCaption").get(f"{W}val") == '甲"<乙>'


@pytest.mark.parametrize(
    ("text", "half_points", "percent"),
    [("123", None, None), ("1234", None, 98), ("12345", 23, 82), ("1" * 12, 12, 65)],
)
def test_a_number_too_long_for_its_column_is_narrower_then_smaller(text, half_points, percent):
    run = table_of(one_figure(text)).find(f".//{W}r")
    found = [run.find(f".//{W}{name}") for name in ("sz", "w")]
    assert [None if one is None else int(one.get(f"{W}val")) for one in found] == [half_points, percent]


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("name", ["proactive", "requests", "disputes"])
def test_text_carries_no_formatting_of_its_own(edition, name):
    """Whoever changes the style 表格五号 changes the table; a label is one run of plain text."""
    table = table_of(filled_tables(edition)[name].grid)
    assert {child.tag for ppr in table.iter(f"{W}pPr") for child in ppr} == {f"{W}pStyle"}
    assert {child.tag for rpr in table.iter(f"{W}rPr") for child in rpr} == {f"{W}rFonts"}
    assert not list(table.iter(f"{W}br"))


def margins_of(table, text):
    (cell,) = [cell for cell in table.iter(f"{W}tc") if "".join(cell.itertext()) == text]
    return [int(side.get(f"{W}w")) for side in cell.findall(f".//{W}tcMar/*")]


def test_a_folded_label_has_margins_that_fold_it_as_in_the_pdf():
    """4 characters of 10.5 pt and a little are left of the column: 2.其他法律行政／法规禁止公开."""
    table = table_of(filled_tables()["requests"].grid)
    left, right = margins_of(table, "2.其他法律行政法规禁止公开")
    assert left == 40
    assert right > 400
    assert margins_of(table, "（六）其他处理") == []


def test_the_number_of_a_label_over_several_rows_stands_on_the_first_line():
    table = table_of(filled_tables()["requests"].grid)
    styles = {"".join(p.itertext()): p.find(f".//{W}pStyle").get(f"{W}val") for p in table.iter(f"{W}p")}
    assert styles["（三）不予公开"].startswith("TablePart")
    assert styles["三、本年度办理结果"].startswith("TableText")


def test_the_longest_table_is_set_smaller_so_that_it_fits_a_page():
    def sizes(name):
        styles = table_of(filled_tables()[name].grid).iter(f"{W}pStyle")
        return {style.get(f"{W}val")[-2:] for style in styles}

    assert sizes("proactive") == sizes("disputes") == {"24"}
    assert sizes("requests") == {"21"}


@given(st.lists(st.integers(1, 500), min_size=1, max_size=20))
def test_any_columns_fill_the_page_exactly(widths):
    columns = table_of(one_figure("1", tuple(widths))).iter(f"{W}gridCol")
    assert sum(int(column.get(f"{W}w")) for column in columns) == WORD_WIDTH


def test_a_table_has_its_own_figures_whatever_was_written_before():
    for grid in (table.grid for table in filled_tables().values()):
        for text in ("7", "123456789012", "", "0.5"):
            own = grid.filled({cell.address: text for cell in grid.cells if cell.address})
            cells = ["".join(cell.itertext()) for cell in table_of(own).iter(f"{W}tc")]
            expected = sorted(cell.text for cell in own.cells)
            assert sorted(filter(None, cells)) == list(filter(None, expected))
