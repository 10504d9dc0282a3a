"""Setting text: justified lines, titles of like length, headings kept with what they head."""

from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from kit.report import PASSAGE, fonts
from kit.sheet import Recorder
from pipeline.render.paragraph import Style, TextGalley, draw_lines, set_balanced, set_lines

ROOM = 442.2
BODY = Style(fonts().fang, 16, 28.95, tracking=ROOM / 28 - 16, indent=2 * ROOM / 28)


def drawn(text: str, style: Style = BODY, room: float = ROOM) -> Recorder:
    """The text set and drawn from (0, 700)."""
    recorder = Recorder()
    draw_lines(recorder, set_lines(text, style, room), style, (0, 700), room)
    return recorder


def test_a_line_holds_twenty_eight_characters() -> None:
    lines = set_lines("政" * 100, BODY, ROOM)
    assert [len(line.text) for line in lines] == [26, 28, 28, 18]


def test_the_pitch_is_the_same_from_line_to_line() -> None:
    baselines = [y for _, y in drawn("政" * 100).origins]
    assert {round(one - two, 2) for one, two in pairwise(baselines)} == {28.95}


def test_the_first_line_begins_two_characters_in_the_others_at_the_edge() -> None:
    assert [round(x, 1) for x, _ in drawn("政" * 60).origins] == [31.6, 0, 0]


def test_every_line_but_the_last_ends_at_the_edge() -> None:
    recorder = drawn(PASSAGE)
    assert len(recorder.ends) > 5
    assert {round(end, 1) for end in recorder.ends[:-1] if end > 400} == {442.2}
    assert recorder.ends[-1] < 442


def test_numbers_and_dashes_are_not_spaced_out() -> None:
    for text, spacing in drawn(PASSAGE).runs:
        if len(text) > 1 and (text.isascii() or text in {"——", "……"}):
            assert spacing <= BODY.tracking + 1e-6


def test_a_squeezed_line_runs_forward_and_ends_at_the_edge() -> None:
    recorder = drawn(
        "某" * 6 + "http://www.hulunbuir.gov.cn/a-b-c/d-e-f/g-h-i-j-k-l-m/n-o-p-q-r-s-t/u-v_w。", BODY
    )
    assert all(spacing > -2 for _, spacing in recorder.runs)


def test_digits_are_parted_from_chinese_by_a_quarter_but_not_from_marks() -> None:
    style = replace(BODY, spaced=True)
    assert style.gaps("自2020年，3%的（4）") == [4, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 0]
    runs = dict(drawn("自2020年，", style).runs)
    assert runs["自"] == runs["0"] == pytest.approx(BODY.tracking + 4)
    assert runs["年，"] == pytest.approx(BODY.tracking)
    assert not any(BODY.gaps("自2020年"))


def test_narrow_characters_are_drawn_narrow_and_what_follows_is_not() -> None:
    style = replace(BODY, scale=0.7)
    assert sum(style.widths("12")) < sum(BODY.widths("12"))
    assert drawn("12", style).scales == [70, 100]
    assert drawn("12").scales == []


def test_a_rare_name_is_set_in_another_face_and_the_unprintable_as_a_geta() -> None:
    assert drawn("王硚😀。").faces == ["ReportFang-Regular", "ReportSong-Regular", "ReportFang-Regular"]
    assert "".join(text for text, _ in drawn("王硚😀。").runs) == "王硚〓。"


def test_a_title_of_sixty_characters_stands_in_three_like_lines() -> None:
    title = Style(fonts().title, 22, 36, align="center")
    text = "关于呼伦贝尔市莫力达瓦达斡尔族自治旗" * 3 + "政府年度报告"
    assert [len(line.text) for line in set_balanced(text, title, ROOM)] == [20, 20, 20]


def test_a_title_does_not_leave_one_character_alone() -> None:
    title = Style(fonts().title, 22, 36, align="center")
    assert [len(line.text) for line in set_balanced("政" * 21, title, ROOM)] == [11, 10]


def test_centred_text_stands_in_the_middle() -> None:
    recorder = drawn("政府", Style(fonts().song, 10, 12, align="center"), 100)
    assert recorder.origins == [(40.0, 700 - 1 - 8.8)]


def galley(text: str, depth: int = 0) -> TextGalley:
    """The text as a galley."""
    return TextGalley(BODY, set_lines(text, BODY, ROOM), ROOM, block=7, depth=depth)


def test_a_passage_leaves_two_lines_on_either_page() -> None:
    five = galley("政" * 130)
    assert [five.may_part(line) for line in range(1, 5)] == [False, True, True, False]
    assert not any(galley("政" * 70).may_part(line) for line in range(1, 3))


def test_a_heading_stays_whole_and_with_what_it_heads() -> None:
    heading = galley("一、" + "政" * 100, depth=1)
    assert heading.keeps_next
    assert not any(heading.may_part(line) for line in range(1, len(heading.lines)))
    assert not galley("政").keeps_next


def test_a_heading_sets_its_bookmark_where_it_begins() -> None:
    recorder: Any = Recorder()
    galley("一、总体情况", depth=1).draw(recorder, 0, 1, 80, 700)
    galley("政府").draw(recorder, 0, 1, 80, 650)
    assert recorder.headings == [("一、总体情况", 1, 700)]


def test_a_passage_cut_over_two_pages_is_one_piece_of_the_document() -> None:
    recorder: Any = Recorder()
    passage = galley("政" * 130)
    passage.draw(recorder, 0, 2, 80, 700)
    passage.draw(recorder, 2, 5, 80, 700)
    assert recorder.marks == [(7, 0), (7, 0)]
