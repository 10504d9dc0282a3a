"""The narrative as printed: each number keeps its figure, each passage what was found in it."""

from kit.findings import found
from kit.review import NARRATIVE, RECEIVED, TEXT
from pipeline.compose.review_findings import Places, items
from pipeline.compose.review_text import chapters, own_address

NOWHERE = Places({}, frozenset(), {}, TEXT)


def in_text(catalogue, *cells):
    told = [
        found(catalogue, "number-unbound", agency="", workbook=TEXT, sheet="", cell=cell) for cell in cells
    ]
    return items(told, NOWHERE, lambda _: None)


def test_passages_stand_under_their_section_with_their_numbers_bound(forms):
    told, beside = chapters(forms["2019"], NARRATIVE, ())
    assert [(chapter.title, len(chapter.readings)) for chapter in told] == [("篇首", 1), ("一、总体情况", 2)]
    assert beside == ()
    pieces = told[1].readings[1].pieces
    assert "".join(piece.text for piece in pieces) == NARRATIVE.passages[2].text
    assert [piece.addresses for piece in pieces if piece.addresses] == [
        (RECEIVED,),
        (f"市直机关.{RECEIVED}", RECEIVED),
        (f"last_year.{RECEIVED}",),
    ]


def test_what_was_found_stands_beside_its_passage_and_the_rest_before_all(forms, catalogue):
    first, second = in_text(catalogue, "第3段", "第99段")
    told, beside = chapters(forms["2019"], NARRATIVE, (first, second))
    assert [reading.items for chapter in told for reading in chapter.readings] == [(), (), (first,)]
    assert beside == (second,)


def test_without_a_narrative_there_are_only_findings(forms, catalogue):
    listed = in_text(catalogue, "")
    assert chapters(forms["2019"], None, listed) == ((), listed)


def test_a_group_s_or_last_year_s_figure_is_known_by_its_own_address():
    groups = ("市直机关", "旗市区政府")
    assert own_address(f"市直机关.{RECEIVED}", groups) == RECEIVED
    assert own_address(f"last_year.{RECEIVED}", groups) == RECEIVED
    assert own_address(RECEIVED, groups) == RECEIVED
