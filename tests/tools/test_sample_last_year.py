"""The year before is made so that this year follows from it."""

from random import Random

import pytest

from kit.sample import breaches, carried
from kit.seed import RECEIVED_LAST_YEAR
from pipeline.model.rule import Scope
from sample_last_year import last_year
from sample_requests import COLUMNS
from sample_split import REGULATOR
from sample_year import sample_year

SAMPLE = sample_year()
PAIRS = [(code, SAMPLE.this_year[code], SAMPLE.last_year[code]) for code in SAMPLE.this_year]


def test_last_year_110_requests_came_in():
    assert sum(own["requests.received.total"] for own in SAMPLE.last_year.values()) == RECEIVED_LAST_YEAR


@pytest.mark.parametrize(("code", "own", "before"), PAIRS, ids=[code for code, *_ in PAIRS])
def test_each_agency_takes_over_what_it_left_and_breaks_no_rule_in_either_year(code, own, before):
    spared = [Scope.ORDINARY] if code == REGULATOR else []
    assert breaches(SAMPLE.form, own, before, spared) == []
    assert breaches(SAMPLE.form, before, None, spared) == []
    assert carried(before) == {c: own[f"requests.brought_forward.{c}"] for c in COLUMNS}


def test_suits_after_reconsideration_have_their_reconsideration_this_year_or_last():
    for _, own, before in PAIRS:
        both = own["disputes.reconsideration.total"] + before["disputes.reconsideration.total"]
        assert own["disputes.litigation_after.total"] <= both


def test_parts_stay_within_their_whole_last_year_too():
    for _, _, before in PAIRS:
        assert before["indicators.non_text_interpretations"] <= before["indicators.interpretations"]
        parts = [n for a, n in before.items() if a.startswith("indicators.new_media_")]
        assert before["indicators.new_media"] == sum(parts)


def test_more_brought_forward_than_came_in_last_year_is_refused():
    with pytest.raises(ValueError, match="natural_person"):
        last_year(SAMPLE.this_year, {}, SAMPLE.form, SAMPLE.sharers, Random(1))
