"""What the answers to questions say on a screen; a figure's descent is told in test_descent."""

from pipeline.inquire import Listing
from pipeline.model.finding import Severity
from pipeline.model.narrative import NamedFigure
from pipeline.screen_answers import explain_lines, named_lines


def test_names_stand_in_columns_and_a_gap_is_said():
    figures = [NamedFigure("a", "甲", "标签", "1"), NamedFigure("bb", "乙乙", "另一个", "")]
    assert list(named_lines(Listing(tuple(figures), (), ()))) == [
        "a   甲    1           标签",
        "bb  乙乙  （没有数）  另一个",
    ]
    assert "没有这样的名字" in next(named_lines(Listing((), (), ())))


def test_a_code_is_explained_with_its_case(catalogue):
    kind = catalogue.kinds["row-total"]
    assert list(explain_lines([kind], whole=True))[-1] == f"  改法：{kind.remedy}"
    assert Severity.ERROR.word in next(explain_lines([kind], whole=False))


def test_a_list_of_figures_says_first_who_is_missing_and_last_what_else_may_be_written():
    listing = Listing((NamedFigure("a", "甲", "标签", "1"),), (("同比(…)", "与上年比"),), ("市教育局",))
    lines = list(named_lines(listing))
    assert "还缺 1 家（市教育局）" in lines[0]
    assert lines[-2:] == ["花括号里还可以写：", "  同比(…)  与上年比"]
