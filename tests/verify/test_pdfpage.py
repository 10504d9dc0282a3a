"""A page read as it was drawn: lines and boxes by place."""

from io import BytesIO

import pikepdf
import pytest

from kit.proofsheet import Box, proof_sheet
from kit.report import fonts
from pipeline.verify.pdfpage import PrintedPage, opened, read_pages


def pages_of(content: bytes) -> list[PrintedPage]:
    """The pages of a file."""
    with opened(content) as document:
        return list(read_pages(document))


def page(*texts: tuple[float, float, str], boxes: tuple[Box, ...] = (), size: float = 16) -> PrintedPage:
    """A page with texts at (x, y) and boxes (left, foot, width, height), read back."""
    face = fonts().faces["ReportSong-Regular"]
    (read,) = pages_of(proof_sheet(face, [((x, y), text) for x, y, text in texts], boxes, size))
    return read


def test_lines_are_read_from_the_top_and_from_the_left_whatever_was_drawn_first() -> None:
    read = page((200, 500, "公"), (400, 501, "开"), (80, 500, "信 "), (120, 501, "息"), (80, 600, "政府"))
    assert [(line.text, line.x, line.y) for line in read.lines] == [("政府", 80, 600), ("信息公开", 80, 500)]
    assert read.lines[0].size == pytest.approx(16)


def test_text_in_a_box_is_the_boxes_and_all_else_is_a_line() -> None:
    read = page((85, 500, "224"), (85, 450, "以外"), boxes=((80, 490, 50, 30),))
    assert [piece.texts for piece in read.pieces] == [("224",)]
    assert [line.text for line in read.lines] == ["以外"]


def test_text_where_boxes_overlap_is_the_one_s_that_was_drawn_first() -> None:
    boxes = ((80, 490, 20, 30), (120, 480, 50, 50), (120, 490, 50, 30))
    read = page((85, 500, "甲"), (125, 500, "乙"), boxes=boxes)
    assert [text for piece in read.pieces for text in piece.texts] == ["乙", "甲", ""]


def test_boxes_that_touch_are_one_table_row_by_row() -> None:
    boxes = ((130, 520, 50, 30), (80, 490, 50, 60), (130, 490, 50, 30), (80, 400, 50, 30))
    read = page((135, 530, "乙"), (85, 510, "甲"), (135, 500, "丙"), (85, 410, "丁"), boxes=boxes)
    assert [(piece.texts, piece.rows) for piece in read.pieces] == [(("甲", "乙", "丙"), 2), (("丁",), 1)]


def test_lines_in_a_box_are_joined_downwards() -> None:
    read = page((85, 500, "维持"), (85, 520, "结果"), boxes=((80, 490, 50, 50),))
    assert read.pieces[0].texts == ("结果维持",)


def test_what_lies_behind_in_huge_letters_is_kept_apart() -> None:
    read = page((100, 400, "草稿"), size=200)
    assert (read.behind, read.lines) == ("草稿", ())


def test_hyphens_and_characters_beyond_the_basic_plane_are_read() -> None:
    read = page((80, 600, "A-"), (80, 580, "4钅𬭎-"))
    assert [line.text for line in read.lines] == ["A-", "4钅𬭎-"]


@pytest.mark.parametrize(
    ("entry", "value", "told"),
    [
        ("MediaBox", [0, 400, 595.28, 841.89], ("不是整张A4纸",)),
        ("MediaBox", [0, 0, 842, 1191], ("不是整张A4纸",)),
        ("MediaBox", [0, 0, 595, 842], ()),
        ("CropBox", [0, 0, 595.28, 400], ("不是整张A4纸",)),
        ("Rotate", 180, ("转了方向",)),
        ("Rotate", 0, ()),
    ],
)
def test_a_page_of_which_a_viewer_shows_a_part_or_that_is_turned(
    entry: str, value: int | list[float], told: tuple[str, ...]
) -> None:
    stream = BytesIO(proof_sheet(fonts().faces["ReportSong-Regular"], [((80, 100), "224")]))
    changed = BytesIO()
    with pikepdf.open(stream) as file:
        file.pages[0].obj[f"/{entry}"] = value
        file.save(changed)
    (read,) = pages_of(changed.getvalue())
    assert read.added == told
