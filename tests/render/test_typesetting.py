"""Setting a whole report: contents first and alone, headings where the contents say they are."""

from kit.report import PASSAGE, document, fonts, paragraph, report
from pipeline.compose.contents import with_contents
from pipeline.model.document import Heading, Table
from pipeline.model.form import StatutoryForm
from pipeline.render.typesetting import block_pages, faces_of, set_pages


def test_each_block_begins_on_one_page_in_order(form: StatutoryForm) -> None:
    made = report(form, passages=5)
    pages = block_pages(set_pages(made, fonts()))
    assert sorted(pages) == list(range(len(made.blocks) + 1))
    assert [pages[number] for number in sorted(pages)] == sorted(pages.values())


def test_the_contents_stand_alone_and_the_text_begins_overleaf(form: StatutoryForm) -> None:
    made = with_contents(report(form, passages=5))
    pages = block_pages(set_pages(made, fonts()))
    assert (pages[0], pages[1], pages[2]) == (1, 1, 2)


def test_long_contents_take_as_many_pages_as_they_need() -> None:
    headings = [Heading(1, f"一、第{number}个部分的情况说明") for number in range(60)]
    pages = block_pages(set_pages(with_contents(document(*headings, paragraph(PASSAGE))), fonts()))
    assert pages[2] == 4


def test_without_contents_nothing_begins_a_page_of_its_own(form: StatutoryForm) -> None:
    assert block_pages(set_pages(report(form), fonts()))[1] == 1


def test_levels_are_set_in_their_faces(form: StatutoryForm) -> None:
    faces = fonts()
    assert [faces_of(Heading(level, "一"), faces) for level in (1, 2, 3, 4)] == [
        faces.hei, faces.kai, faces.fang, faces.fang
    ]  # fmt: skip
    assert faces_of(paragraph("政"), faces) is faces.fang
    assert faces_of(Table(report(form).grids[0]), faces) is faces.song
