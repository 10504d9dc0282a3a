"""A document's text outside its tables, in order, and its tables."""

from kit.report import document, paragraph
from pipeline.model.document import Heading, Table


def test_lines_are_title_headings_and_passages_in_order(forms):
    grid = forms["2019"].tables[2].grid
    report = document(Heading(1, "一、总体情况"), paragraph("正文。"), Table(grid), paragraph("后文。"))
    assert report.lines == (report.title, "一、总体情况", "正文。", "后文。")
    assert report.grids == (grid,)


def test_a_heading_stands_one_deeper_than_what_it_stands_under():
    levels = (1, 3, 4, 3, 4, 2, 3, 1)
    report = document(paragraph("前言。"), *(Heading(level, "某项") for level in levels))
    assert report.depths == {2: 1, 3: 2, 4: 3, 5: 2, 6: 3, 7: 2, 8: 3, 9: 1}
