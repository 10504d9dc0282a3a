"""The block whose rows lie side by side: each group's label above its own columns."""

import pytest

from pipeline.workbooks.across import search_across
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.vocabulary import labels_on, vocabulary

FIVE = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
GROUPS = ["行政复议", *[None] * 4, "未经复议直接起诉", *[None] * 4, "复议后起诉"]
FIGURES = list(range(1, 16))


@pytest.fixture
def search(form):
    def searched(*lines):
        cells = {
            (row, column): value
            for row, line in enumerate(lines, 1)
            for column, value in enumerate(line, 1)
            if value is not None
        }
        sheet = Sheet("表", visible=True, cells=cells)
        return search_across(form.tables[2], 0, [labels_on(sheet, vocabulary(form))]).copies

    return searched


def values(copy):
    return [copy.sheet.cells.get(place) for place in copy.places.values()]


def test_each_group_has_the_columns_under_it(search):
    (copy,) = search(GROUPS, FIVE * 3, FIGURES)
    assert values(copy) == FIGURES
    assert copy.places["disputes.litigation_after.upheld"] == (3, 11)


def test_centred_group_labels_stand_over_their_sets(search):
    centred = [None, None, "行政复议", *[None] * 4, "未经复议直接起诉", *[None] * 4, "复议后起诉"]
    (copy,) = search(centred, FIVE * 3, [], FIGURES)
    assert values(copy) == FIGURES


def test_groups_in_another_order_are_still_theirs(search):
    swapped = ["行政复议", *[None] * 4, "复议后起诉", *[None] * 4, "未经复议直接起诉"]
    (copy,) = search(swapped, FIVE * 3, FIGURES)
    assert copy.sheet.cells[copy.places["disputes.litigation_after.upheld"]] == 6


def test_a_missing_column_label_is_missing_in_its_own_group_only(search):
    (copy,) = search(GROUPS, [None, *FIVE[1:], *FIVE * 2], FIGURES)
    assert "disputes.reconsideration.upheld" not in copy.places
    assert copy.sheet.cells[copy.places["disputes.litigation_direct.upheld"]] == 6


def test_columns_that_could_be_two_groups_are_given_to_none(search):
    centred = [None, None, "行政复议", *[None] * 4, "未经复议直接起诉", *[None] * 4, "复议后起诉"]
    assert search(centred, [None, *FIVE[1:], *FIVE * 2], FIGURES) == ()


def test_two_lines_of_figures_are_a_doubt(search):
    (copy,) = search(GROUPS, FIVE * 3, FIGURES, FIGURES)
    (crowd,) = copy.crowds
    assert (crowd.place, crowd.found) == ((3, 1), "第3行、第4行")
    assert crowd.addresses == copy.places.keys()


@pytest.mark.parametrize("second", [[7], [*[None] * 14, "3"], [None, "/", 4]])
def test_a_second_line_with_a_single_figure_is_a_doubt_too(search, second):
    assert search(GROUPS, FIVE * 3, FIGURES, [], second)[0].crowds
    assert search(GROUPS, FIVE * 3, second, FIGURES)[0].crowds


def test_a_remark_with_a_number_below_is_no_line_of_figures(search):
    (copy,) = search(GROUPS, FIVE * 3, FIGURES, ["填报人", "甲", "电话", 8223456])
    assert (copy.crowds, values(copy)) == ((), FIGURES)


def test_a_figure_without_a_label_inside_the_table_or_right_behind_it_is_a_doubt(search):
    (copy,) = search(
        [*GROUPS[:5], None, *GROUPS[5:]], [*FIVE, None, *FIVE * 2], [*FIGURES[:5], 9, *FIGURES[5:]]
    )
    assert [crowd.found for crowd in copy.crowds] == ["F3"]
    assert [crowd.found for crowd in search(GROUPS, FIVE * 3, [*FIGURES, 9])[0].crowds] == ["P3"]


def test_a_figure_far_to_the_right_is_only_told(search):
    (copy,) = search(GROUPS, FIVE * 3, [*FIGURES, None, 9])
    assert (copy.crowds, copy.ignored) == ((), {(3, 17): "Q列"})


def test_a_check_line_under_an_empty_table_is_no_figure(search):
    (copy,) = search(GROUPS, FIVE * 3, [], ["核对：还有十五格没有填写，请填完再报。"])
    assert values(copy) == [None] * 15
    assert {place[0] for place in copy.places.values()} == {3}


def test_another_tables_header_below_is_not_taken_for_figures(search):
    below = [
        "申请人情况",
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
        1,
    ]
    (copy,) = search(GROUPS, FIVE * 3, [], below)
    assert values(copy) == [None] * 15


def test_two_copies_on_one_sheet_are_two(search):
    copies = search(GROUPS, FIVE * 3, FIGURES, [], GROUPS, FIVE * 3, [0] * 15)
    assert [values(copy) for copy in copies] == [FIGURES, [0] * 15]


def test_a_foreign_column_with_a_figure_is_told(search):
    (copy,) = search(
        [*GROUPS[:5], None, *GROUPS[5:]], [*FIVE, "小计", *FIVE * 2, "备注"], [*FIGURES[:5], 9, *FIGURES[5:]]
    )
    assert values(copy) == FIGURES
    assert copy.ignored == {(2, 6): "小计"}


@pytest.mark.parametrize(
    ("groups", "headings"),
    [
        (
            ["行政复议", *[None] * 5, "未经复议直接起诉", *[None] * 3, "复议后起诉"],
            [*FIVE[:3], None, None, *FIVE * 2],
        ),
        ([None, None, *GROUPS[:1], None, None, *GROUPS[5:]], [FIVE[0], None, *FIVE[2:], *FIVE * 2]),
    ],
    ids=["second label centred", "first label centred"],
)
def test_a_centred_label_over_an_incomplete_table_leaves_a_doubt(search, groups, headings):
    assert search(groups, headings, FIGURES) == ()
