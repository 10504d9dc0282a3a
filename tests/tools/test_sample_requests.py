"""Requests and disputes go to agencies one by one, so each agency's table balances by itself."""

from random import Random

import pytest

from sample_requests import share_disputes, share_requests

FATES = ["disclosed", "partial", "carried_forward"]
COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_services", "other")


def city(**cells: int) -> dict[str, int]:
    """Totals of 依申请公开, by row and column joined with two underscores; the rest is 0."""
    zero = {
        f"requests.{row}.{column}": 0 for row in ("received", "brought_forward", *FATES) for column in COLUMNS
    }
    return zero | {f"requests.{name.replace('__', '.')}": number for name, number in cells.items()}


def disputes(**cells: int) -> dict[str, int]:
    groups = ("reconsideration", "litigation_direct", "litigation_after")
    zero = {f"disputes.{g}.{end}": 0 for g in groups for end in ("upheld", "corrected", "other", "pending")}
    return zero | {f"disputes.{name.replace('__', '.')}": number for name, number in cells.items()}


def test_every_agency_balances_what_came_in_with_what_became_of_it():
    came_in = {"received__natural_person": 90, "brought_forward__natural_person": 10}
    went_out = {
        "disclosed__natural_person": 60,
        "partial__natural_person": 33,
        "carried_forward__natural_person": 7,
    }
    totals = city(**came_in, **went_out)
    tallies = share_requests(totals, FATES, [5, 1, 0, 3], Random(1))
    assert sum(tally["requests.disclosed.natural_person"] for tally in tallies) == 60
    assert tallies[2].total() == 0
    for tally in tallies:
        came = tally["requests.received.natural_person"] + tally["requests.brought_forward.natural_person"]
        assert came == sum(tally[f"requests.{fate}.natural_person"] for fate in FATES)


def test_totals_that_do_not_balance_are_refused():
    with pytest.raises(ValueError, match="zip"):
        share_requests(city(received__business=3, disclosed__business=2), FATES, [1], Random(1))


def test_disputes_arise_only_where_there_were_requests():
    tallies = share_disputes(
        disputes(reconsideration__upheld=9, litigation_direct__other=4), [0, 6, 0], Random(1)
    )
    assert tallies[1]["disputes.reconsideration.upheld"] == 9
    assert tallies[1]["disputes.litigation_direct.other"] == 4


def test_a_suit_after_reconsideration_goes_to_a_body_that_had_one():
    totals = disputes(reconsideration__upheld=6, reconsideration__pending=3, litigation_after__upheld=7)
    for tally in share_disputes(totals, [2, 4, 3, 1], Random(3)):
        reconsidered = tally["disputes.reconsideration.upheld"] + tally["disputes.reconsideration.pending"]
        assert tally["disputes.litigation_after.upheld"] <= reconsidered


def test_more_such_suits_than_reconsiderations_are_refused():
    with pytest.raises(ValueError, match="larger"):
        share_disputes(disputes(litigation_after__upheld=1), [1], Random(1))


def test_where_nobody_had_requests_all_count_alike():
    tallies = share_disputes(disputes(litigation_direct__upheld=3), [0, 0], Random(1))
    assert sum(tally.total() for tally in tallies) == 3
