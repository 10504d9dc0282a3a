"""A passage is its runs, printed one after the other."""

from pipeline.model.narrative import Passage, Run


def test_a_passage_prints_its_runs():
    passage = Passage(1, 0, (Run("收到"), Run("224", "requests.received.total"), Run("件")), "第3段")
    assert passage.text == "收到224件"
