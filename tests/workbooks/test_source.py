"""Where a finding comes from, in the workspace's words."""

from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source


def test_a_place_says_as_much_as_is_known(catalogue):
    source = Source("inputs/2020/submissions/甲.xlsx", 2020, catalogue)
    sheet = Sheet("主动公开", visible=True, cells={})
    assert str(source.place(sheet, (12, 28))) == "inputs/2020/submissions/甲.xlsx [主动公开]AB12"
    assert (source.place(sheet).sheet, source.place(sheet).a1) == ("主动公开", "")
    assert source.place(None).sheet == ""
