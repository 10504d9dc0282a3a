"""The supplementary indicators: sums and the groups' own sums are kept, and each is where it would be."""

from random import Random

import pytest

from kit.seed import DISCLOSED_BY_GROUP, INDICATORS
from sample_agencies import load_sharers
from sample_indicators import BANNERS, MEDIA, TRADING_CENTRE, share_indicators
from sample_split import REGULATOR

DISCLOSED = "indicators.disclosed_items"
TOTALS = {address: int(number) for address, number in INDICATORS.items()}
GROUPS = {group: {DISCLOSED: int(number)} for group, number in DISCLOSED_BY_GROUP.items()}


@pytest.fixture(scope="module", params=[1, 2020])
def shares(request):
    return share_indicators(TOTALS, GROUPS, load_sharers(), Random(request.param))


def test_every_indicator_adds_up(shares):
    assert {address: sum(own[address] for own in shares.values()) for address in TOTALS} == TOTALS


def test_each_groups_share_of_what_was_disclosed_is_the_published_one(shares):
    for group, number in DISCLOSED_BY_GROUP.items():
        codes = [sharer.agency.code for sharer in load_sharers() if sharer.agency.group == group]
        assert sum(shares[code][DISCLOSED] for code in codes) == number


def test_nobody_has_more_non_text_interpretations_than_interpretations(shares):
    for own in shares.values():
        assert 0 <= own["indicators.non_text_interpretations"] <= own["indicators.interpretations"]


def test_accounts_are_the_sum_of_their_parts_for_every_agency(shares):
    for own in shares.values():
        assert own["indicators.new_media"] == sum(own[part] for part in MEDIA)


def test_the_gazette_is_one_bodys_and_trade_notices_come_from_the_centre_and_the_banners(shares):
    assert {code for code, own in shares.items() if own["indicators.gazette_print"]} == {REGULATOR}
    banners = {sharer.agency.code for sharer in load_sharers() if sharer.agency.group == BANNERS}
    holders = {code for code, own in shares.items() if own["indicators.trade_notices"]}
    assert holders == banners | {TRADING_CENTRE}


def test_nobody_was_trained_where_no_training_was_held(shares):
    for own in shares.values():
        assert bool(own["indicators.trainees"]) == bool(own["indicators.trainings"])


def test_more_non_text_than_all_interpretations_are_refused():
    with pytest.raises(ValueError, match="-1"):
        share_indicators(TOTALS | {"indicators.interpretations": 270}, GROUPS, load_sharers(), Random(1))
