"""Outline levels and merged cells as a Word file states them."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.verify.wordshape import Outline, anchored_cells


def table(*rows):
    """A table of rows of cells: c, w (two columns wide), r (a cell that goes on below), v (that goes on)."""
    properties = {
        "c": "",
        "w": '<w:gridSpan w:val="2"/>',
        "r": '<w:vMerge w:val="restart"/>',
        "v": "<w:vMerge/>",
    }
    cells = [
        "".join(f"<w:tc><w:tcPr>{properties[cell]}</w:tcPr><w:p/></w:tc>" for cell in row) for row in rows
    ]
    return parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>")


def spans(element):
    return [tuple(span) for _, span in anchored_cells(element)]


def test_cells_with_the_ground_they_cover():
    assert spans(table("rw", "vcc", "vw")) == [
        (0, 0, 3, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 1, 1, 2),
    ]


def test_of_two_spans_that_a_cell_states_the_first_counts():
    element = table("w", "cc")
    element[0][0].insert(1, parse_xml(f'<w:tcPr {nsdecls("w")}><w:gridSpan w:val="3"/></w:tcPr>'))
    assert spans(element)[0] == (0, 0, 1, 2)


def test_a_cell_that_goes_on_from_nothing_is_a_cell():
    assert spans(table("v", "c")) == [(0, 0, 1, 1), (1, 0, 1, 1)]
    assert spans(table("rc", "w")) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]


@pytest.mark.parametrize("state", ["<w:hidden/>", '<w:del w:id="1" w:author="甲"/>'])
def test_a_row_hidden_or_struck_out_is_no_row(state):
    element = table("cc", "cc", "w")
    element[1].insert(0, parse_xml(f"<w:trPr {nsdecls('w')}>{state}</w:trPr>"))
    assert spans(element) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]


def test_a_row_that_begins_further_in():
    element = table("cc", "c")
    element[1].insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="1"/></w:trPr>'))
    assert spans(element)[2] == (1, 1, 1, 1)


def test_what_a_cell_covered_before_a_reviser_changed_it_is_not_counted():
    element = table("cc", "rc")
    for cell in element.iter("{*}tcPr"):
        before = '<w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr>'
        cell.append(parse_xml(f'<w:tcPrChange {nsdecls("w")} w:id="1" w:author="甲">{before}</w:tcPrChange>'))
    assert spans(element) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


@pytest.mark.parametrize("odd", ["-1", "0", "九", "999999999999", "1000"])
def test_an_odd_width_is_one_column(odd):
    element = table("w")
    next(element.iter("{*}gridSpan")).set(f"{{{element.nsmap['w']}}}val", odd)
    assert spans(element) == [(0, 0, 1, 1)]


def outlined(change):
    opened = docx.Document()
    change(opened)
    stream = io.BytesIO()
    opened.save(stream)
    saved = docx.Document(io.BytesIO(stream.getvalue()))
    outline = Outline.of(saved.styles.element)
    return [outline.level(paragraph._p) for paragraph in saved.paragraphs]


def test_a_heading_has_its_style_s_level_and_body_text_none():
    def write(opened):
        opened.add_heading("报告", 0)
        opened.add_heading("一、", 1)
        opened.add_heading("（一）", 2)
        opened.add_paragraph("正文")

    assert outlined(write) == [0, 1, 2, 0]


def test_a_style_has_the_level_of_the_one_it_is_based_on():
    def write(opened):
        own = opened.styles.add_style("自定", 1)
        own.base_style = opened.styles["Heading 3"]
        opened.add_paragraph("1.", own)
        opened.styles["Normal"].base_style = own  # a circle that no level ends

    assert outlined(write) == [3]


def test_a_paragraph_s_own_level_comes_first():
    def write(opened):
        for level in ("1", "9"):
            line = opened.add_heading("一、", 1)
            line._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))

    assert outlined(write) == [2, 0]


def test_a_circle_of_styles_ends():
    def write(opened):
        own = opened.styles.add_style("自定", 1)
        own.base_style = opened.styles["Normal"]
        opened.styles["Normal"].base_style = own
        opened.add_paragraph("正文", own)

    assert outlined(write) == [0]
