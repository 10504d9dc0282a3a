"""A table someone merged or split cells of: exactly those cells are named, all others are compared."""

from functools import partial

import pytest

from kit.word import catalogue, filled_tables
from pipeline.model.rendition import CellSpan
from pipeline.verify.compare_shape import compare_shape
from pipeline.verify.compare_table import expected_texts

GRID = filled_tables()["disputes"].grid
TEXTS = expected_texts(GRID)
SPANS = tuple(CellSpan(cell.row, cell.column, cell.rows, cell.columns) for cell in GRID.cells)
LAST = max(cell.row for cell in GRID.cells)


def compared(texts, spans, grid=GRID):
    outcomes = list(compare_shape(grid, texts, spans, partial(catalogue().finding, year=2020)))
    return [(one.code, one.message) for one in outcomes if one], outcomes.count(None)


def reshaped(change):
    """The cells after ``change`` was done to (span, text) pairs, in order."""
    cells = sorted(change(list(zip(SPANS, TEXTS, strict=True))))
    return tuple(text for _, text in cells), tuple(span for span, _ in cells)


def at(row, column):
    return next(index for index, span in enumerate(SPANS) if (span.row, span.column) == (row, column))


def test_an_untouched_table():
    assert compared(TEXTS, SPANS) == ([], len(TEXTS))


def test_where_the_reader_knows_no_spans_the_texts_alone_are_compared():
    assert compared(("行政申诉", *TEXTS[1:]), ())[0][0][0] == "readback-cell"


def test_two_cells_side_by_side_merged():
    one, two = at(LAST, 0), at(LAST, 1)

    def merge(cells):
        (span, text), (_, more) = cells[one], cells[two]
        return [*cells[:one], (span._replace(columns=2), text + more), *cells[two + 1 :]]

    (finding,), equal = compared(*reshaped(merge))
    assert finding[0] == "readback-merge"
    assert "“行政复议·结果维持”、“行政复议·结果纠正”应为分开的 2 格，读回为合在一起的 1 格" in finding[1]
    assert equal == len(TEXTS) - 2


def test_two_cells_one_above_the_other_merged():
    grid = filled_tables()["proactive"].grid
    texts = list(expected_texts(grid))
    spans = [CellSpan(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells]
    one, two = texts.index("规章"), texts.index("规范性文件")
    spans[one] = spans[one]._replace(rows=2)
    texts[one] += texts.pop(two)
    spans.pop(two)
    (finding,), equal = compared(tuple(texts), tuple(spans), grid)
    assert "应为分开的 2 格，读回为合在一起的 1 格（规章规范性文件）" in finding[1]
    assert equal == len(grid.cells) - 2


def test_a_cell_split_in_two_side_by_side():
    place = at(LAST, 4)

    def split(cells):
        wider = [
            (
                span._replace(column=span.column + (span.column > 4), columns=span.columns + widened(span)),
                text,
            )
            for span, text in cells
        ]
        (span, text) = wider[place]
        halves = [(span._replace(columns=1), text[:1]), (span._replace(column=5, columns=1), text[1:])]
        return [*wider[:place], *halves, *wider[place + 1 :]]

    (finding,), equal = compared(*reshaped(split))
    whole = TEXTS[place]
    assert f"“行政复议·总计”应为1 格，读回为拆开的 2 格（{whole[:1]}｜{whole[1:]}）" in finding[1]
    assert equal == len(TEXTS) - 1


def widened(span):
    """Splitting a cell gives the table a column more; every cell over or under it spans it."""
    return span.column <= 4 < span.column + span.columns


def test_a_file_that_counts_its_columns_otherwise_is_not_called_changed():
    doubled = tuple(span._replace(column=span.column * 2, columns=span.columns * 2) for span in SPANS)
    assert compared(TEXTS, doubled) == ([], len(TEXTS))


def test_two_edges_close_together_taken_for_one_are_not_called_changed():
    grid = filled_tables()["proactive"].grid
    spans = [CellSpan(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells]
    shared = {edge for span in spans for edge in (span.column, span.column + span.columns)}
    one, other = sorted(shared)[2:4]
    joined = {edge: index for index, edge in enumerate(sorted(shared - {other}))} | {other: 0}
    joined[other] = joined[one]
    merged = tuple(
        span._replace(
            column=joined[span.column], columns=joined[span.column + span.columns] - joined[span.column]
        )
        for span in spans
    )
    assert compared(expected_texts(grid), merged, grid) == ([], len(grid.cells))


def test_a_wrong_figure_beside_merged_cells_is_still_found():
    one, two, three = at(LAST, 0), at(LAST, 1), at(LAST, 2)

    def change(cells):
        (span, text), (_, more) = cells[one], cells[two]
        cells[three] = cells[three][0], "999"
        return [*cells[:one], (span._replace(columns=2), text + more), *cells[two + 1 :]]

    codes = [code for code, _ in compared(*reshaped(change))[0]]
    assert codes == ["readback-merge", "readback-cell"]


@pytest.mark.parametrize("row", [0, LAST])
def test_with_a_row_gone_the_labels_tell_the_cells_apart(row):
    def cut(cells):
        return [(span, text) for span, text in cells if span.row != row]

    texts, spans = reshaped(cut)
    found, equal = compared(texts, spans)
    assert {code for code, _ in found} == {"readback-cell"}
    assert equal == len(texts)


def test_a_cell_reaching_beyond_the_table_does_not_stop_the_comparison():
    odd = (*SPANS[:-1], SPANS[-1]._replace(columns=40))
    assert compared(TEXTS, odd) == ([], len(TEXTS))
