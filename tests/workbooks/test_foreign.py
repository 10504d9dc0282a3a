"""Columns and rows that are none of the form's: told, or a doubt where they double a column."""

import pytest

from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.under import search_under
from pipeline.workbooks.vocabulary import labels_on, vocabulary

HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


@pytest.fixture
def copy(forms):
    form = forms["2021"]

    def read(*lines):
        cells = {
            (row, column): value
            for row, line in enumerate(lines, 1)
            for column, value in enumerate(line, 1)
            if value is not None
        }
        sheet = Sheet("表", visible=True, cells=cells)
        return search_under(form.tables[0], 0, [labels_on(sheet, vocabulary(form))]).copies[0]

    return read


def test_a_second_column_under_an_unmerged_label_is_a_doubt(copy):
    found = copy([HEAD[0], HEAD[1], None, *HEAD[2:]], ["规章", 1, 11, 2, 3], ["行政规范性文件", 4, 14, 5, 6])
    (crowd,) = found.crowds
    assert (crowd.place, crowd.words, crowd.found) == ((1, 2), "本年制发件数", "B列、C列")
    assert crowd.addresses == {"proactive.rules.made", "proactive.normative.made"}


def test_years_typed_as_numbers_or_below_the_header_head_no_column(copy):
    head = [HEAD[0], HEAD[1], 2018, *HEAD[2:]]
    assert copy(head, ["规章", 1, 11, 2, 3], ["行政规范性文件", 4, 14, 5, 6]).crowds
    years = [None, "2018年", "2019年"]
    found = copy([*HEAD[:2], None, *HEAD[2:]], years, ["规章", 1, 11, 2, 3], ["行政规范性文件", 4, 14, 5, 6])
    assert found.crowds


def test_a_column_right_behind_the_last_one_doubles_it(copy):
    (crowd,) = copy(HEAD, ["规章", 1, 2, 3, 4], ["行政规范性文件", 4, 5, 6, 7]).crowds
    assert (crowd.words, crowd.found) == ("现行有效件数", "D列、E列")


def test_a_number_far_to_the_right_is_told_by_its_column_and_never_as_a_label(copy):
    found = copy([*HEAD, None, 1906.0], ["规章", 1, 2, 3, None, 7], ["行政规范性文件", 4, 5, 6])
    assert (found.crowds, found.ignored) == ((), {(2, 6): "F列"})


def test_a_headed_column_and_a_remark_are_no_doubt(copy):
    found = copy([*HEAD, "小计"], ["规章", 1, 2, 3, 6, "略"], ["行政规范性文件", 4, 5, 6, 15, "无"])
    assert (found.crowds, found.ignored) == ((), {(1, 5): "小计"})
