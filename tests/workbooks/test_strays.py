"""Rows of a table that stand somewhere with figures and are read by nobody."""

import pytest

from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.strays import strays_on
from pipeline.workbooks.under import search_under
from pipeline.workbooks.vocabulary import labels_on, vocabulary

TABLE = (["信息内容", "本年处理决定数量"], ["行政处罚", 8], ["行政强制", 9])


@pytest.fixture
def stray(forms):
    form = forms["2021"]
    table, words = form.tables[0], vocabulary(form)

    def labelled(lines, uncached=()):
        cells = {
            (row, column): value
            for row, line in enumerate(lines, 1)
            for column, value in enumerate(line, 1)
            if value is not None
        }
        return labels_on(Sheet("表", visible=True, cells=cells, uncached=frozenset(uncached)), words)

    def found(*lines, below=(), uncached=()):
        read = labelled((*TABLE, *below))
        copies = [next(iter(search_under(table, n, [read]).copies), None) for n in range(len(table.blocks))]
        accepted = [copy for copy in copies if copy]
        return strays_on(labelled(lines, uncached) if lines else read, table, copies, accepted)

    return found


def test_what_is_read_is_no_stray(stray):
    assert stray() is None


def test_few_rows_on_another_sheet_are_a_note(stray):
    assert stray(["行政处罚", 5], ["行政强制", 5]) is None


def test_a_copy_under_a_retyped_header_is_a_stray(stray):
    header = ["", "本年制发件数", "本年废止件数", "现行有效件数", "上一年项目数量", "本年收费金额"]
    assert stray(header, ["规章"], ["行政规范性文件"], ["行政许可"], ["行政处罚", 5]) == (5, 1)


def test_rows_without_figures_are_no_copy(stray):
    header = ["", "本年制发件数", "本年废止件数", "现行有效件数", "上一年项目数量", "本年收费金额"]
    labels = (header, ["规章"], ["行政规范性文件"], ["行政许可"], ["行政处罚", None, "行政强制", 6])
    assert stray(*labels) == (5, 3)
    assert stray(*labels[:4], ["行政处罚", "件", "无"]) is None


def test_a_formula_without_a_result_is_a_figure(stray):
    header = ["", "本年制发件数", "本年废止件数", "现行有效件数", "上一年项目数量", "本年收费金额"]
    assert stray(header, ["规章"], ["行政许可"], ["行政规范性文件"], ["行政处罚"], uncached=[(5, 2)]) == (
        5,
        1,
    )
