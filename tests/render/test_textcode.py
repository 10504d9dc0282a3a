"""Text as a page's operators."""

from kit.report import fonts
from pipeline.render.textcode import Sort, TextCode, type_case

SONG = fonts().faces["ReportSong-Regular"]


def test_a_sort_is_the_glyph_in_the_face_that_prints_it() -> None:
    case = type_case(fonts().fang)
    one = SONG.glyph("1")
    assert case["1"] == Sort(("ReportSong-Regular", 0.9), 0.9 * SONG.advance(one), f"{one:04x}")
    assert (case["政"].font, case["政"].width) == (("ReportFang-Regular", 1.0), 1.0)


def test_what_no_face_has_is_a_geta_whether_it_was_met_before_or_not() -> None:
    case = type_case(fonts().song)
    for _ in range(2):
        assert case.printable("王😀\t硚") == "王〓 硚"
        assert [case[sign].code for sign in "王〓 硚"] == [f"{SONG.glyph(sign):04x}" for sign in "王〓 硚"]


def test_a_font_and_a_space_are_set_only_where_they_change() -> None:
    text = TextCode()
    text.begin_line(40, 690.2)
    text.add(("A", 10.5), 0.0, "0001")
    text.add(("A", 10.5), -0.25, "00020003")
    text.begin_line(0, -20)
    text.add(("B", 10.5), -0.25, "0004")
    assert text.end() == (
        "40 690.2 Td /A 10.5 Tf <0001> Tj -0.25 Tc <00020003> Tj 0 -20 Td /B 10.5 Tf <0004> Tj 0 Tc"
    )


def test_what_was_set_before_a_text_is_set_after_it() -> None:
    text = TextCode(("A", 12))
    text.scale(85.5)
    text.add(("A", 12), 0, "0001")
    text.add(("B", 8), 0, "0002")
    assert text.end() == "85.5 Tz <0001> Tj /B 8 Tf <0002> Tj /A 12 Tf 100 Tz"
