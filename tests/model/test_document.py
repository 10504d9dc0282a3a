"""A document's text outside its tables, in order, and its tables."""

from kit.report import document, paragraph
from pipeline.model.document import Heading, Table


def test_lines_are_title_headings_and_passages_in_order(forms):
    grid = forms["2019"].tables[2].grid
    report = document(Heading(1, "一、总体情况"), paragraph("正文。"), Table(grid), paragraph("后文。"))
    assert report.lines == (report.title, "一、总体情况", "正文。", "后文。")
    assert report.grids == (grid,)
