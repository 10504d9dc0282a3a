"""The crossing of a row's and a column's label, where labels are merged over several cells."""

from pipeline.workbooks.copy import BlockCopy, spot
from pipeline.workbooks.sheet import Sheet

WIDE = {(1, 2): (1, 3), (5, 1): (6, 1)}


def sheet(**cells):
    places = {(ord(name[0]) - 64, int(name[1])): value for name, value in cells.items()}
    return Sheet(
        "表", visible=True, cells={(row, column): v for (column, row), v in places.items()}, merged=WIDE
    )


def test_plain_labels_cross_in_one_cell_filled_or_not():
    assert spot(sheet(B2=7), (2, 1), (1, 4)) == ((2, 4), ())


def test_a_figure_may_stand_anywhere_under_a_merged_label():
    assert spot(sheet(C2=7), (2, 1), (1, 2)) == ((2, 3), ())
    assert spot(sheet(C6=7), (5, 1), (1, 2)) == ((6, 3), ())
    assert spot(sheet(), (2, 1), (1, 2)) == ((2, 2), ())


def test_two_figures_under_one_label_are_rivals():
    assert spot(sheet(B2=7, C2=8), (2, 1), (1, 2)) == ((2, 2), ((2, 2), (2, 3)))


def test_a_copy_is_blank_where_none_of_its_figures_is_filled():
    places = {"a": (2, 2), "b": (2, 3)}
    assert BlockCopy(sheet(D2=1), places, {}, {}).is_blank(())
    assert not BlockCopy(sheet(C2=0), places, {}, {}).is_blank(())


def test_a_formula_without_its_result_is_filled_in_and_a_total_of_nothing_is_not():
    places = {"a": (2, 2), "total": (2, 3)}
    formula = Sheet("表", visible=True, cells={}, uncached=frozenset([(2, 2)]))
    assert not BlockCopy(formula, places, {}, {}).is_blank({"total"})
    assert BlockCopy(sheet(C2=0), places, {}, {}).is_blank({"total"})
    assert not BlockCopy(sheet(C2=5), places, {}, {}).is_blank({"total"})
