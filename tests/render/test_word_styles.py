"""The styles are those of GB/T 9704—2012: faces, sizes, pitch, outline levels."""

import pytest
from lxml import etree

from pipeline.render.linebreak import CLOSING, OPENING
from pipeline.render.tablelayout import SIZES
from pipeline.render.word_styles import fonts_xml, heading, settings_xml, styles_xml, table_style

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES = {
    style.get(f"{W}styleId"): style for style in etree.fromstring(styles_xml().encode()).iter(f"{W}style")
}
PATHS = {"w": W[1:-1]}


def value(style, path):
    return STYLES[style].xpath(path, namespaces=PATHS)


@pytest.mark.parametrize(
    ("level", "face"), [(1, "黑体"), (2, "楷体_GB2312"), (3, "仿宋_GB2312"), (4, "仿宋_GB2312")]
)
def test_a_heading_has_its_face_in_all_four_slots_and_its_outline_level(level, face):
    style = heading(level)
    assert value(style, "string(w:name/@w:val)") == f"heading {level}"
    assert set(value(style, "w:rPr/w:rFonts/@*")) == {face}
    assert len(value(style, "w:rPr/w:rFonts/@*")) == 4
    assert value(style, "string(w:pPr/w:outlineLvl/@w:val)") == str(level - 1)
    assert value(style, "boolean(w:pPr/w:keepNext)")


def test_body_text_is_indented_two_characters_on_an_exact_pitch_of_22_lines_in_225_mm():
    assert value("BodyText", "string(w:pPr/w:ind/@w:firstLineChars)") == "200"
    line = int(value("Normal", "string(w:pPr/w:spacing/@w:line)"))
    assert value("Normal", "string(w:pPr/w:spacing/@w:lineRule)") == "exact"
    assert 22 * line <= 225 / 25.4 * 1440 < 23 * line


def test_the_title_is_centred_in_22_pt():
    assert value("Title", "string(w:pPr/w:jc/@w:val)") == "center"
    assert value("Title", "string(w:rPr/w:sz/@w:val)") == "44"
    assert set(value("Title", "w:rPr/w:rFonts/@*")) == {"方正小标宋简体"}


@pytest.mark.parametrize("size", SIZES)
def test_every_table_size_has_text_in_the_middle_and_at_the_left(size):
    assert value(table_style("Text", size), "string(w:rPr/w:sz/@w:val)") == f"{size * 2:.0f}"
    assert value(table_style("Text", size), "string(w:pPr/w:jc/@w:val)") == "center"
    assert value(table_style("Label", size), "string(w:pPr/w:jc/@w:val)") == "left"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("use", ["Text", "Label", "Part"])
def test_each_table_text_is_there_once_more_kept_with_the_next_row(size, use):
    kept = table_style(use, size, kept=True)
    assert value(kept, "string(w:basedOn/@w:val)") == table_style(use, size)
    assert value(kept, "boolean(w:pPr/w:keepNext)")
    assert not value(table_style(use, size), "boolean(w:pPr/w:keepNext)")


def test_lines_stand_at_their_exact_pitch_and_not_on_the_page_s_grid():
    """LibreOffice would move every line after a table or title to the next line of the grid, Word would not."""
    assert value("Normal", "string(w:pPr/w:snapToGrid/@w:val)") == "0"


def test_every_style_rests_on_one_that_is_there():
    assert set(value("BodyText", "//w:basedOn/@w:val")) <= set(STYLES)


def test_chinese_is_the_language_of_chinese_text():
    assert value("Normal", "string(//w:lang/@w:eastAsia)") == "zh-CN"


def test_every_face_used_has_a_stand_in():
    fonts = etree.fromstring(fonts_xml().encode())
    named = {font.get(f"{W}name"): font[0].get(f"{W}val") for font in fonts}
    assert named["仿宋_GB2312"] == "仿宋"
    assert named["楷体_GB2312"] == "楷体"
    assert named["方正小标宋简体"] == "宋体"
    assert set(value("Normal", "//w:rFonts/@*")) == set(named)


@pytest.mark.parametrize("style", ["Title", "Heading1", "Heading4"])
def test_the_paragraph_begun_behind_a_heading_is_a_passage(style):
    assert value(style, "string(w:next/@w:val)") == "BodyText"


def test_lines_are_broken_by_the_pdf_s_rules():
    """No mark may begin or end a line in Word that may not in the PDF; half of —— or …… begins none."""
    settings = etree.fromstring(settings_xml().encode())
    before, after = (settings.find(f"{W}noLineBreaks{side}").get(f"{W}val") for side in ("Before", "After"))
    assert set(before) == {*CLOSING, "—", "…"}
    assert set(after) == OPENING
    assert settings.find(f"{W}characterSpacingControl").get(f"{W}val") == "doNotCompress"


def test_only_the_office_s_own_styles_are_custom():
    custom = {name for name, style in STYLES.items() if style.get(f"{W}customStyle")}
    assert "Heading1" not in custom
    assert {"TableGap", "FooterEven", "TableText24"} <= custom


def test_odd_and_even_pages_differ():
    assert "<w:evenAndOddHeaders/>" in settings_xml()
