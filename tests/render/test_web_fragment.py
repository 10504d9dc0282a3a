"""The fragment for a portal's editor: all that counts is in elements and attributes, nothing in a style sheet."""

from kit.report import filled, report
from kit.web import parsed, small_report
from pipeline.render.web_fragment import fragment_table, render_fragment


def test_no_style_sheet_class_or_id_is_needed(forms):
    page = parsed(render_fragment(report(forms["2019"])))
    assert not page.xpath("//@class | //@id | //style | //link | //script | //title")


def test_every_cell_has_its_border_and_its_place_as_style_and_as_attribute(forms):
    page = parsed(render_fragment(report(forms["2019"])))
    for table in page.iter("table"):
        assert (table.get("border"), table.get("width")) == ("1", "100%")
    for cell in page.iter("th", "td"):
        assert "border:1px solid" in cell.get("style")
        assert f"text-align:{cell.get('align')}" in cell.get("style")
    sides = {cell.text: cell.get("align") for cell in page.iter("th", "td")}
    assert (sides["行政许可"], sides["三、本年度办理结果"], sides["100"]) == ("left", "center", "center")


def test_a_table_is_rows_and_cells_alone(form):
    for grid in filled(form):
        tags = {element.tag for element in parsed(fragment_table(grid, "").encode()).find(".//table").iter()}
        assert tags <= {"table", "tbody", "tr", "th", "td"}


def test_merges_brackets_and_zeros_are_written(form):
    for grid in filled(form):
        cells = list(parsed(fragment_table(grid, "").encode()).iter("th", "td"))
        for cell, written in zip(grid.cells, cells, strict=True):
            spans = (int(written.get("rowspan", 1)), int(written.get("colspan", 1)))
            assert (spans, written.text or "") == ((cell.rows, cell.columns), cell.text)


def test_lines_are_indented_by_blanks_that_no_editor_drops():
    page = parsed(render_fragment(small_report("共〔2〕件")))
    assert page.xpath("//p[2]/text() | //h2/text()") == ["　　一、情况", "　　共〔2〕件"]


def test_a_draft_says_so_and_bytes_repeat():
    assert parsed(render_fragment(small_report(draft=True))).findtext(".//p") == "草稿"
    assert render_fragment(small_report()) == render_fragment(small_report())
