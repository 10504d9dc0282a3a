"""An examined year laid out for the one who has to answer for it."""

from msgspec.structs import replace

from kit.offices import roster_of
from kit.review import RECEIVED, evidence, receipt, submissions_of
from pipeline.compose.review import compose_review


def test_a_year_in_order_has_everything_and_nothing_to_say(forms, indicators, catalogue):
    review = compose_review(evidence(forms["2019"], indicators, catalogue))
    assert (review.hurdles, review.topics, review.strangers, review.moves) == ((), (), (), ())
    assert [line.state.value for line in review.board] == ["已报"] * 3
    assert len(review.grids) == 3
    assert review.last_year == "inputs/2020/previous.xlsx"


def test_the_tables_print_the_sums_and_name_what_is_lacking(forms, indicators, catalogue):
    form = forms["2019"]
    review = compose_review(evidence(form, indicators, catalogue, sent={}))
    texts = [cell.text for grid in review.grids for cell in grid.cells if cell.address]
    assert texts == ["〔缺〕"] * len(form.cells)


def test_only_key_figures_that_the_form_has_are_signed(forms, indicators, catalogue):
    old, new = (
        compose_review(evidence(forms[edition], indicators, catalogue)) for edition in ("2019", "2021")
    )
    assert "proactive.rules.in_force" not in old.keys
    assert {RECEIVED, "proactive.rules.in_force", "indicators.disclosed_items"} <= set(new.keys)


def test_every_version_is_shown_and_the_one_that_counts_lends_its_file(forms, indicators, catalogue):
    roster = roster_of(1)
    (agency,) = roster.agencies
    sent = submissions_of(roster, forms["2019"], indicators)
    older = receipt(agency, None, "采用的是新的一份", "inputs/2020/submissions/旧.xlsx")
    told = evidence(forms["2019"], indicators, catalogue, 1, sent, roster=roster)
    review = compose_review(replace(told, receipts=[older, *told.receipts]))
    assert review.workbooks == (sent[agency.code].workbook,)
    assert [version.counted for version in review.board[0].versions] == [False, True]


def test_doubt_about_last_year_is_said_where_its_figures_stand(forms, indicators, catalogue):
    told = evidence(forms["2019"], indicators, catalogue)
    doubtful = replace(told.last_year, doubt="缺 2 家", total={})
    review = compose_review(replace(told, last_year=doubtful))
    assert review.last_year == "inputs/2020/previous.xlsx；缺 2 家，上年合计没有采用"
    unknown = replace(told.last_year, workbook="", total={}, agencies={})
    assert compose_review(replace(told, last_year=unknown)).last_year == ""
