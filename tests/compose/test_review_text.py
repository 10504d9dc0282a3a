"""The narrative as printed: each number keeps its figure, each passage what was found in it."""

from kit.findings import found
from kit.review import NARRATIVE, RECEIVED, TEXT
from pipeline.compose.review_findings import Places, items
from pipeline.compose.review_text import chapters

NOWHERE = Places({}, frozenset(), TEXT)


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


def test_the_words_that_a_finding_quotes_are_marked_where_they_stand(forms, catalogue):
    quote = "手写41件"
    told = found(catalogue, "number-unbound", "", TEXT, "", "第3段", found=quote)
    chapter = chapters(forms["2019"], NARRATIVE, items([told], NOWHERE, lambda _: None))[0][1]
    pieces = chapter.readings[1].pieces
    assert [piece.text for piece in pieces if piece.marked] == [quote]
    assert "".join(piece.text for piece in pieces) == NARRATIVE.passages[2].text


def test_a_quotation_that_holds_a_figure_marks_the_figure_whole(forms, catalogue):
    told = found(catalogue, "sentence-contradicts", "", TEXT, "", "第3段", found="申请42件，占5")
    chapter = chapters(forms["2019"], NARRATIVE, items([told], NOWHERE, lambda _: None))[0][1]
    marked = [piece.text for piece in chapter.readings[1].pieces if piece.marked]
    assert marked == ["申请", "42", "件，占", "50%"]


def test_what_is_quoted_and_stands_nowhere_marks_nothing(forms, catalogue):
    told = found(catalogue, "narrative-gap", "", TEXT, "", "第3段", found="没有这几个字")
    chapter = chapters(forms["2019"], NARRATIVE, items([told], NOWHERE, lambda _: None))[0][1]
    assert not any(piece.marked for piece in chapter.readings[1].pieces)
