"""The data block says of every figure what the review says, each agency, file and sheet named once."""

import json
from decimal import Decimal

from msgspec.structs import replace

from kit.offices import roster_of
from kit.review import RECEIVED, evidence, submissions_of, typed
from pipeline.compose.review import compose_review
from pipeline.render.review_accounts import accounts_script
from pipeline.render.review_text import Names

CASE = "requests.received.natural_person"


def told(forms, indicators, catalogue, spoil=lambda sent: None):
    roster = roster_of(3)
    sent = submissions_of(roster, forms["2019"], indicators)
    spoil(sent)
    review = compose_review(evidence(forms["2019"], indicators, catalogue, 3, sent))
    content = json.loads(accounts_script(review, Names.of(review)))
    return review, content, {figure["address"]: figure for figure in content["figures"]}


def test_every_contribution_is_there_in_order(forms, indicators, catalogue):
    review, content, figures = told(forms, indicators, catalogue)
    assert content["agencies"] == ["第1单位", "第2单位", "第3单位"]
    assert content["files"] == ["第1单位.xlsx", "第2单位.xlsx", "第3单位.xlsx"]
    for address, account in review.accounts.items():
        figure = figures[address]
        values = [Decimal(text) for text in figure["values"].split(",") if text]
        assert values == [entry.value for entry in account.entries]
        assert figure["who"] == ""
    assert figures[RECEIVED]["befores"] == "10,10,10"
    assert figures[CASE]["befores"] == ""


def test_what_is_alike_is_said_once_and_raw_text_where_it_says_more(forms, indicators, catalogue):
    def retyped(sent):
        two = typed(sent["002"], CASE, "１2 件", Decimal(12))
        cell = two.cells[CASE]
        moved = cell._replace(place=cell.place._replace(a1="F9"), reading="全角数字")
        sent["002"] = replace(two, cells={**two.cells, CASE: moved})

    _, content, figures = told(forms, indicators, catalogue, retyped)
    assert (figures[RECEIVED]["cells"], figures[CASE]["cells"]) == ("A1", "A1,F9,A1")
    assert content["sheets"][int(figures[CASE]["sheets"])] == "表"
    assert figures[CASE]["raw"] == {"1": "１2 件"}
    assert figures[CASE]["reading"] == {"1": "全角数字"}
    assert figures[RECEIVED]["raw"] == {}


def test_a_number_is_written_in_plain_digits_whatever_it_was_read_as(forms, indicators, catalogue):
    _, _, figures = told(
        forms,
        indicators,
        catalogue,
        lambda sent: sent.update({"002": typed(sent["002"], CASE, "1E+3", Decimal("1E+3"))}),
    )
    assert figures[CASE]["values"].split(",")[1] == "1000"
    assert figures[CASE]["raw"] == {"1": "1E+3"}


def test_where_one_gave_nothing_the_others_keep_their_names(forms, indicators, catalogue):
    _, _, figures = told(
        forms, indicators, catalogue, lambda sent: sent.update({"002": typed(sent["002"], CASE, "/", None)})
    )
    assert (figures[CASE]["who"], figures[CASE]["value"]) == ("0,2", "")
    assert figures[CASE]["lacking"] == [["第2单位", "[表]A1 写的是“/”，没有采用"]]


def test_a_ratio_leads_to_its_parts(forms, indicators, catalogue):
    _, content, figures = told(forms, indicators, catalogue)
    (ratio,) = [one for one in indicators if one.over]
    parts = [content["figures"][number]["address"] for number in figures[ratio.address]["parts"]]
    assert parts == [f"indicators.{name}" for name in ratio.over]
