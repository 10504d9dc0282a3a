"""A style of a Word file hides text as well as a run does: the file is read as it looks."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kit.word import passage, report
from pipeline.render.word import render_word
from pipeline.verify.word import read_word


def read(change):
    """The lines below the title after ``change`` was done to the report in a word processor."""
    opened = docx.Document(io.BytesIO(render_word(report(blocks=(passage("共"),)))))
    for text in ("224", "件"):
        opened.paragraphs[1].add_run(text)
    change(opened)
    saved = io.BytesIO()
    opened.save(saved)
    return read_word(saved.getvalue()).lines[1:]


def add(opened, identity, setting, *, base="", kind="paragraph"):
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    opened.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{identity}"><w:name w:val="{identity}"/>{based}'
            f"<w:rPr>{setting}</w:rPr></w:style>"
        )
    )


@pytest.mark.parametrize(
    "setting",
    [
        "<w:vanish/>",
        "<w:strike/>",
        '<w:dstrike w:val="on"/>',
        '<w:color w:val="ffffff"/>',
        '<w:sz w:val="2"/>',
    ],
)
@pytest.mark.parametrize("base", ["", "Base"])
def test_a_style_that_hides_its_text_or_a_style_it_is_based_on(setting, base):
    def hide(opened):
        if base:
            add(opened, base, setting)
        add(opened, "Hidden", "" if base else setting, base=base)
        opened.paragraphs[1].style = opened.styles["Hidden"]

    assert read(hide) == ()


def test_the_style_of_what_names_no_style_where_nothing_names_one():
    def hide(opened):
        opened.styles["Normal"].font.hidden = True
        for line in opened.paragraphs:
            line._p.remove(line._p.get_or_add_pPr())

    assert read(hide) == ()


def test_the_style_of_what_names_no_style():
    def hide(opened):
        opened.styles["Normal"].font.hidden = True
        opened.paragraphs[1]._p.remove(opened.paragraphs[1]._p.pPr)

    assert read(hide) == ()


def test_the_settings_of_the_whole_file():
    def hide(opened):
        (default,) = opened.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
        default.append(parse_xml(f"<w:vanish {nsdecls('w')}/>"))

    assert read(hide) == ()


def test_a_character_style_hides_its_run_alone():
    def hide(opened):
        add(opened, "Base", "<w:vanish/>", kind="character")
        add(opened, "Hidden", "<w:b/>", base="Base", kind="character")
        opened.paragraphs[1].runs[1].style = opened.styles["Hidden"]

    assert read(hide) == ("共件",)


def test_the_style_of_a_table_hides_its_cells():
    document = report()
    opened = docx.Document(io.BytesIO(render_word(document)))
    opened.tables[0].style.element.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:vanish/></w:rPr>"))
    saved = io.BytesIO()
    opened.save(saved)
    assert not any("".join(table) for table in read_word(saved.getvalue()).tables)


def test_a_run_may_show_again_what_its_style_hides_and_a_style_may_not():
    def show(opened):
        add(opened, "Shown", '<w:vanish w:val="0"/>', kind="character")
        opened.styles["Body Text"].font.hidden = True
        opened.paragraphs[1].runs[1].font.hidden = False
        opened.paragraphs[1].runs[2].style = opened.styles["Shown"]

    assert read(show) == ("224",)


def test_styles_based_on_each_other_in_a_ring_are_read_all_the_same():
    def ring(opened):
        add(opened, "One", "", base="Two")
        add(opened, "Two", "<w:vanish/>", base="One")
        opened.paragraphs[1].style = opened.styles["One"]

    assert read(ring) == ()
