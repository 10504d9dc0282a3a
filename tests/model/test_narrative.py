"""A passage is its runs, printed one after the other."""

from pipeline.model.narrative import Passage, Run, own_address
from pipeline.model.place import CellPlace


def test_a_passage_prints_its_runs():
    passage = Passage(1, 0, (Run("收到"), Run("224", "requests.received.total"), Run("件")), "第3段")
    assert passage.text == "收到224件"


def test_a_passage_stands_in_its_paragraph_or_in_its_cell_where_the_paragraph_is_said():
    passage = Passage(1, 0, (Run("公开"),), "第3段")
    assert (str(passage.place("a.docx")), passage.within) == ("a.docx []第3段", "")
    cell = CellPlace("a.xlsx", "文字材料", "B2")
    passage = Passage(1, 0, (Run("公开"),), "第3段", cell)
    assert (passage.place("a.docx"), passage.within) == (cell, "第3段：")


def test_a_group_s_or_last_year_s_figure_is_known_by_its_own_address():
    groups = ("市直机关", "旗市区政府")
    assert own_address("市直机关.requests.received.total", groups) == "requests.received.total"
    assert own_address("last_year.requests.received.total", groups) == "requests.received.total"
    assert own_address("requests.received.total", groups) == "requests.received.total"
