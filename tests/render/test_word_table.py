"""A grid becomes a Word table with the same merges, however the cells are laid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kit.word import filled_tables
from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.word_styles import WIDTH
from pipeline.render.word_table import table_xml
from pipeline.render.word_text import NAMESPACES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def table_of(grid):
    return etree.fromstring(f"<w:body {NAMESPACES}>{table_xml(grid)}</w:body>")[0]


def one_figure(text, widths=(1,) * 15):
    cells = [GridCell(0, 0, 1, 1, CellRole.FIGURE, text, "t.r.c")]
    cells += [GridCell(0, column, 1, 1, CellRole.VOID, "") for column in range(1, len(widths))]
    return Grid("t", "表", widths, 0, tuple(cells))


def column_label(text, width):
    """A grid whose first column is ``width`` characters of 12 pt wide, margins and slack included."""
    first = width * 240 + 80
    cells = (GridCell(0, 0, 1, 1, CellRole.HEAD, text), GridCell(0, 1, 1, 1, CellRole.HEAD, "总计"))
    return Grid("t", "表", (first, WIDTH - first), 1, cells)


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
    assert sum(columns) == WIDTH
    for row in table.iter(f"{W}tr"):
        assert sum(int(width.get(f"{W}w")) for width in row.iter(f"{W}tcW")) == WIDTH


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
    kept = ["Head" in row.find(f".//{W}pStyle").get(f"{W}val") for row in table.iter(f"{W}tr")]
    assert kept[:4] == [True, True, False, False]


def test_the_caption_is_escaped():
    grid = Grid("t", '甲"<乙>', (1,), 0, (GridCell(0, 0, 1, 1, CellRole.FIGURE, "1", "t.r.c"),))
    assert table_of(grid).find(f".//{W}tblCaption").get(f"{W}val") == '甲"<乙>'


@pytest.mark.parametrize(
    ("text", "half_points"), [("1234", None), ("12345", 21), ("123456", 16), ("9" * 20, 11)]
)
def test_a_number_too_long_for_its_column_gets_a_smaller_size(text, half_points):
    size = table_of(one_figure(text)).find(f".//{W}r//{W}sz")
    assert (None if size is None else int(size.get(f"{W}val"))) == half_points


@pytest.mark.parametrize(("text", "indented"), [("商业企业", True), ("社会公益组织", False), ("其他", False)])
def test_a_column_label_folds_into_lines_of_one_length(text, indented):
    first = table_of(column_label(text, 3)).find(f".//{W}p")
    assert (first.find(f".//{W}ind") is not None) is indented


def test_the_longest_table_is_set_smaller_so_that_it_fits_a_page():
    def sizes(name):
        styles = table_of(filled_tables()[name].grid).iter(f"{W}pStyle")
        return {style.get(f"{W}val")[-2:] for style in styles}

    assert sizes("proactive") == sizes("disputes") == {"24"}
    assert sizes("requests") == {"21"}


@given(st.lists(st.integers(1, 500), min_size=1, max_size=20))
def test_any_columns_fill_the_page_exactly(widths):
    columns = table_of(one_figure("1", tuple(widths))).iter(f"{W}gridCol")
    assert sum(int(column.get(f"{W}w")) for column in columns) == WIDTH
