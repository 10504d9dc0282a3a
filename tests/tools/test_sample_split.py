"""The split among agencies: sums are the city's, cell for cell; each agency keeps the form's identities."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.sample import breaches, city_totals, in_hand, sharers
from kit.seed import PUBLISHED
from pipeline.forms.load import load_form
from pipeline.model.rule import Scope
from sample_agencies import load_sharers
from sample_split import REGULATOR, completed, split
from sample_year import FORM as FORM_FILE

FORM = load_form(FORM_FILE)


def whole(shares, address):
    return sum(own[address] for own in shares.values())


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data(), st.integers(1, 12), st.integers(0, 3), st.integers(0, 2**32))
def test_any_balanced_city_is_shared_without_loss_and_without_a_breach(data, count, weight, seed):
    totals = data.draw(city_totals(FORM))
    shares = split(totals, FORM, sharers(count, weight), Random(seed))
    assert {address: whole(shares, address) for address in FORM.cells} == totals
    for own in shares.values():
        assert breaches(FORM, own, spared=[Scope.ORDINARY]) == []
        assert all(number >= 0 for address, number in own.items() if not address.endswith(".change"))


def test_the_published_figures_are_shared_cell_for_cell():
    shares = split({address: int(n) for address, n in PUBLISHED.items()}, FORM, load_sharers(), Random(2020))
    assert {address: whole(shares, address) for address in FORM.cells} == PUBLISHED


def test_only_the_body_that_stands_for_the_government_has_regulations():
    shares = split({address: int(n) for address, n in PUBLISHED.items()}, FORM, load_sharers(), Random(2020))
    holders = {code for code, own in shares.items() if own["proactive.rules.public_total"]}
    assert holders == {REGULATOR}


def test_disputes_stand_only_at_agencies_with_requests():
    shares = split({address: int(n) for address, n in PUBLISHED.items()}, FORM, load_sharers(), Random(7))
    assert all(in_hand(own) for own in shares.values() if own["disputes.reconsideration.total"])


def test_totals_that_do_not_balance_are_refused():
    totals = {address: int(number) for address, number in PUBLISHED.items()}
    totals["requests.disclosed.business"] += 1
    with pytest.raises(ValueError, match="zip"):
        split(totals, FORM, load_sharers(), Random(1))


def test_an_agencys_totals_follow_from_its_cells():
    own = completed({"requests.received.business": 2, "requests.disclosed.business": 2}, FORM)
    assert own["requests.received.total"] == 2
    assert own["requests.outcome_total.business"] == own["requests.outcome_total.total"] == 2
    assert own["disputes.reconsideration.total"] == 0
