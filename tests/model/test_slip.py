"""A slip counts what it asks for by findings, not by lines."""

from msgspec.structs import replace

from pipeline.model.slip import SlipLine, count

LINE = SlipLine(True, "a.xlsx", "表", ("A1",), "表 A1", "1", "2", "请改。", "错了。")


def test_a_line_for_several_findings_counts_for_each_of_them():
    lines = (LINE, replace(LINE, findings=12), replace(LINE, is_error=False, findings=3))
    assert count(lines, errors=True) == 13
    assert count(lines, errors=False) == 3
