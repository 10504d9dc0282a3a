"""A passage is its runs, printed one after the other."""

from pipeline.model.narrative import Passage, Run
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
