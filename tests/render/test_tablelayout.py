"""Tables are laid out once: what the Word file and the PDF both take from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kit.report import filled, fonts
from pipeline.model.form import StatutoryForm
from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.render.gridtable import set_table
from pipeline.render.measures import TYPE_HEIGHT, TYPE_WIDTH, WORD_LEADING, WORD_WIDTH
from pipeline.render.tablelayout import (
    PAD,
    ROOM,
    RULE,
    WIDTH,
    LaidCell,
    TableLayout,
    laid_figure,
    lay_out,
    table_ems,
)


def laid_out(grid: Grid, height: float = ROOM) -> TableLayout:
    return lay_out(grid, height=height)


def one_column(text: str, points: float, role: CellRole = CellRole.HEAD, rows: int = 1) -> TableLayout:
    """A cell ``points`` wide inside its margins, alone in its table."""
    cells = [GridCell(0, 0, rows, 1, role, text)]
    cells += [GridCell(row, 1, 1, 1, CellRole.VOID, "") for row in range(rows)]
    width = points + RULE + 2 * PAD
    return lay_out(Grid("t", "表", (round(width * 20), 2000), 0, tuple(cells)), width + 100, 1000)


def figure(text: str, points: float) -> LaidCell:
    """A number in a cell ``points`` wide inside its margins, in a table in 小四."""
    return laid_figure(GridCell(0, 0, 1, 1, CellRole.FIGURE, text), 12, points + RULE + 2 * PAD)


def test_the_measures_are_those_of_the_page_in_words_unit() -> None:
    assert WIDTH * 20 == WORD_WIDTH
    assert pytest.approx(TYPE_WIDTH, abs=0.05) == WIDTH
    assert pytest.approx(TYPE_HEIGHT - WORD_LEADING / 20, abs=0.05) == ROOM


def test_word_and_pdf_are_given_the_same_layout(form: StatutoryForm) -> None:
    for grid in filled(form):
        assert lay_out(grid) is lay_out(grid)
        assert set_table(grid, fonts().song).layout is lay_out(grid)


def test_every_table_of_the_law_stands_on_one_page_under_its_heading(form: StatutoryForm) -> None:
    for grid in filled(form):
        assert sum(laid_out(grid).heights) <= TYPE_HEIGHT - WORD_LEADING / 20


def test_a_table_is_as_large_as_one_page_allows(form: StatutoryForm) -> None:
    proactive, requests, disputes = filled(form)
    assert laid_out(proactive).size == laid_out(disputes).size == 12
    assert laid_out(requests).size == {"2019": 10.5, "2021": 9}[form.edition]
    assert laid_out(requests, height=10).size == 9


def test_the_fifteen_columns_fold_their_labels_two_characters_a_line(form: StatutoryForm) -> None:
    labels = {laid.cell.text: laid for laid in laid_out(filled(form)[2]).cells}
    assert labels["结果维持"].lines == ("结果", "维持")
    assert labels["结果维持"].size == 12


@pytest.mark.parametrize(
    ("text", "lines"),
    [("商业企业", ("商业", "企业")), ("社会公益组织", ("社会公", "益组织")), ("其他", ("其他",)), ("", ())],
)
def test_a_label_folds_into_lines_of_one_length(text: str, lines: tuple[str, ...]) -> None:
    assert one_column(text, 40).cells[0].lines == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [("本年新公开数量", ("本年新公开", "数量")), ("5.属于三类内部事务信息", ("5.属于三类内部", "事务信息"))],
)
def test_a_label_folds_between_words(text: str, lines: tuple[str, ...]) -> None:
    assert one_column(text, 95 if len(text) > 8 else 66).cells[0].lines == lines


def test_the_number_of_a_label_over_several_rows_has_a_line_of_its_own() -> None:
    assert one_column("（三）不予公开", 50, CellRole.STUB, rows=2).cells[0].lines == ("（三）", "不予公开")
    assert one_column("（三）不予公开", 50, CellRole.STUB).cells[0].lines == ("（三）不", "予公开")


def test_only_a_numbered_row_label_of_one_row_stands_at_the_left() -> None:
    assert one_column("1.重复申请", 80, CellRole.STUB).cells[0].at_left
    assert not one_column("规章", 80, CellRole.STUB).cells[0].at_left
    assert not one_column("（三）不予公开", 80, CellRole.STUB, rows=2).cells[0].at_left


@pytest.mark.parametrize(
    ("text", "size"), [("1", 12), ("1234", 12), ("12345", 11.5), ("1234567", 8), ("123456789012", 6)]
)
def test_a_long_number_is_first_set_narrower_then_smaller(text: str, size: float) -> None:
    assert figure(text, 25).size == size


@given(st.from_regex(r"-?[1-9][0-9]{0,15}(\.[0-9]{1,4})?", fullmatch=True), st.floats(20, 60))
def test_no_number_is_wider_than_its_column_in_either_format(text: str, room: float) -> None:
    laid = figure(text, room)
    room += 2 * (PAD - laid.pad) + 0.05
    assert laid.longest <= room
    song = fonts().song
    assert sum(song.of(sign)[1] for sign in text) * laid.size * laid.scale <= room


@given(st.text("政府信息公开，。（）12a ", min_size=1, max_size=30), st.integers(12, 200))
def test_folding_loses_nothing_and_fits(text: str, room: int) -> None:
    (laid, _) = one_column(text, room).cells
    assert "".join(laid.lines) == text


def test_a_row_is_as_high_as_its_cells_need(form: StatutoryForm) -> None:
    for grid in filled(form):
        layout = laid_out(grid)
        for laid in layout.cells:
            cell = laid.cell
            assert laid.height(layout.size) <= sum(layout.heights[cell.row : cell.row + cell.rows]) + 0.001


def test_a_number_does_not_change_the_rows(form: StatutoryForm) -> None:
    """The same table has the same pages for every agency, whatever its figures."""
    grid = filled(form)[2]
    assert laid_out(grid.filled(dict.fromkeys(form.cells, "123456789012"))) is laid_out(grid)


def test_a_label_changes_its_own_table_and_no_other(form: StatutoryForm) -> None:
    for grid in filled(form):
        before = laid_out(grid)
        number, head = next(one for one in enumerate(grid.cells) if one[1].role is CellRole.HEAD)
        others = [cell._replace(text="甲") if cell is head else cell for cell in grid.cells]
        assert laid_out(replace(grid, cells=tuple(others))).cells[number].lines == ("甲",)
        assert laid_out(grid) is before
        assert "".join(before.cells[number].lines) == head.text


def test_the_law_s_labels_are_measured_no_narrower_than_they_are_printed(form: StatutoryForm) -> None:
    song = fonts().song
    for grid in filled(form):
        for cell in grid.cells:
            assert sum(song.of(sign)[1] for sign in cell.text) <= table_ems(cell.text) + 0.01


def words(*texts: str) -> TableLayout:
    """A table of running words, a row each, in two columns."""
    cells = [
        cell
        for row, text in enumerate(texts)
        for cell in (GridCell(row, 0, 1, 1, CellRole.WORDS, text), GridCell(row, 1, 1, 1, CellRole.VOID, ""))
    ]
    return lay_out(Grid("t", "表", (100, 342), 0, tuple(cells)))


def test_running_words_stand_at_the_left_in_lines_as_full_as_they_go() -> None:
    layout = words("没有发生请填零有就填数空格不会当作零")
    assert layout.cells[0].at_left
    assert [len(line) for line in layout.cells[0].lines] == [8, 8, 2]


def test_digits_among_words_are_given_the_room_word_gives_them() -> None:
    assert "".join(words("共1格共2格共3格共4格").cells[0].lines) == "共1格共2格共3格共4格"
    assert len(words("共1格共2格共3格共4格").cells[0].lines) == 2


def test_a_long_table_of_words_is_in_small_type_and_a_short_one_is_not() -> None:
    assert words("改").size == 10.5
    assert words(*"改" * 12).size == 9


@given(st.text(st.sampled_from("改正D6:27 、，。“”（）"), max_size=60))
def test_no_line_of_words_is_wider_than_its_cell_and_none_is_lost(text: str) -> None:
    layout = words(text)
    laid = layout.cells[0]
    assert "".join(laid.lines) == text
    assert all(table_ems(line) * layout.size <= layout.width(laid.cell) for line in laid.lines)
