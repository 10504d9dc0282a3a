"""The statutory tables set on the page: sizes, labels, cuts between rows."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from kit.report import filled, fonts
from kit.sheet import Recorder
from pipeline.model.form import StatutoryForm
from pipeline.model.grid import Grid
from pipeline.render.gridtable import TableGalley, set_table
from pipeline.render.tablelayout import PAD, WIDTH, pitch


def table(grid: Grid) -> TableGalley:
    """The grid set in the type area."""
    return set_table(grid, fonts().song)


def drawn(galley: TableGalley, first: int, end: int) -> Recorder:
    """What is drawn for these rows from (0, 700)."""
    recorder = Recorder()
    galley.draw(recorder, first, end, 0, 700)
    return recorder


def words(recorder: Recorder) -> str:
    """All text drawn."""
    return "".join(text for text, _ in recorder.runs)


def test_the_table_is_as_wide_as_the_text(form: StatutoryForm) -> None:
    for grid in filled(form):
        galley = table(grid)
        assert galley.edges[0] == 0
        assert galley.edges[-1] == pytest.approx(WIDTH, abs=0.05)
        assert len(galley.edges) == grid.columns + 1


def test_boxes_cover_the_table_without_a_gap(form: StatutoryForm) -> None:
    for grid in filled(form):
        galley = table(grid)
        boxes = drawn(galley, 0, grid.rows).boxes
        assert len(boxes) == len(grid.cells)
        area = sum((right - left) * (top - foot) for left, foot, right, top in boxes)
        assert area == pytest.approx(galley.edges[-1] * sum(galley.heights))


def test_the_fifteen_columns_fold_their_labels_two_characters_a_line(form: StatutoryForm) -> None:
    recorder = drawn(table(filled(form)[2]), 0, 4)
    texts = [text for text, _ in recorder.runs]
    first = texts.index("维持") - 1
    assert texts[first : first + 2] == ["结果", "维持"]
    assert recorder.sizes[first] == 12


def test_no_text_overhangs_its_cell(form: StatutoryForm) -> None:
    for grid in filled(form):
        galley = table(grid)
        recorder = drawn(galley, 0, grid.rows)
        lines = list(zip(recorder.origins, recorder.ends, strict=True))
        for left, foot, right, top in recorder.boxes:
            for (start, baseline), end in lines:
                if foot < baseline < top and left < start < right:
                    assert left + PAD <= start + 0.25
                    assert end <= right - PAD + 0.25
                    assert foot + 2 <= baseline <= top - 2 - 0.8 * galley.layout.size


def test_a_number_of_twelve_digits_stands_on_one_line_of_a_narrow_column(form: StatutoryForm) -> None:
    grid = filled(form)[2]
    texts = dict.fromkeys(form.cells, "123456789012")
    recorder = drawn(table(grid.filled(texts)), 0, grid.rows)
    assert words(recorder).count("123456789012") == sum(cell.address is not None for cell in grid.cells)
    assert all(size >= 6 for size in recorder.sizes)
    assert 60 <= recorder.scales[0] < 70
    assert recorder.scales[1::2] == [100] * (len(recorder.scales) // 2)


def test_a_table_is_not_cut_under_its_labels(form: StatutoryForm) -> None:
    proactive, requests, _ = (table(grid) for grid in filled(form))
    assert not any(requests.may_part(row) for row in range(1, requests.head + 1))
    assert requests.may_part(requests.head + 1)
    assert [proactive.may_part(row) for row in range(1, 5)] == [False, False, True, True]


def test_a_cut_span_is_closed_and_says_its_label_again_overleaf(form: StatutoryForm) -> None:
    galley = table(filled(form)[1])
    cut = next(row for row in range(12, 20) if galley.may_part(row))
    for first, end in [(0, cut), (cut, len(galley.heights))]:
        recorder = drawn(galley, first, end)
        assert words(recorder).count("三、本年度办理结果") == 1
        assert words(recorder).count("自然人") == 1
        lowest = min(foot for _, foot, _, _ in recorder.boxes)
        assert all(foot >= lowest for _, foot, _, _ in recorder.boxes)


def test_numbered_labels_begin_at_the_left_of_their_cells(form: StatutoryForm) -> None:
    galley = table(filled(form)[1])
    recorder = drawn(galley, 0, len(galley.heights))
    starts = {text: x for (text, _), (x, _) in zip(recorder.runs, recorder.origins, strict=False)}
    numbered = [cell.cell for cell in galley.layout.cells if cell.at_left]
    assert len(numbered) > 10
    for cell in numbered:
        assert any(
            cell.text.startswith(text) and x == pytest.approx(galley.edges[cell.column] + PAD)
            for text, x in starts.items()
        )


def test_each_figure_is_drawn_on_one_page_only(form: StatutoryForm) -> None:
    grid = filled(form)[1]
    galley = table(grid)
    cuts = [0, *(row for row in range(1, grid.rows) if galley.may_part(row)), grid.rows]
    figures = [
        text for one, two in pairwise(cuts) for text, _ in drawn(galley, one, two).runs if text.isdigit()
    ]
    assert sorted(figures) == sorted(cell.text for cell in grid.cells if cell.address)


def test_a_span_is_not_cut_where_its_label_would_not_fit(form: StatutoryForm) -> None:
    galley = table(filled(form)[1])
    for row in filter(galley.may_part, range(1, len(galley.heights))):
        for part in galley.layout.cells:
            end = part.cell.row + part.cell.rows
            if part.cell.row < row < end:
                height = len(part.lines) * pitch(part.size)
                assert sum(galley.heights[part.cell.row : row]) > height
                assert sum(galley.heights[row:end]) > height


def test_a_table_has_its_own_figures_whatever_was_drawn_before(form: StatutoryForm) -> None:
    grid = filled(form)[1]
    own = [cell.text for cell in grid.cells if cell.address]
    for texts in (own, ["0"] * len(own), own[::-1], own):
        addresses = (cell.address for cell in grid.cells if cell.address)
        galley = table(grid.filled(dict(zip(addresses, texts, strict=True))))
        drawn_texts = [text for text, _ in drawn(galley, 0, grid.rows).runs]
        assert [text for text in drawn_texts if text.isdigit()] == texts


def test_every_character_drawn_is_asked_for(form: StatutoryForm) -> None:
    for grid in filled(form):
        recorder = drawn(table(grid), 0, grid.rows)
        assert recorder.embedded == set(words(recorder))


def test_an_empty_cell_is_a_box_without_text(form: StatutoryForm) -> None:
    grid = filled(form)[2]
    cells = [cell._replace(text="") if cell.address else cell for cell in grid.cells]
    recorder = drawn(table(replace(grid, cells=tuple(cells))), 0, grid.rows)
    assert len(recorder.boxes) == len(cells)
    assert not any(sign.isdigit() for sign in words(recorder))
