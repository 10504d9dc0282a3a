"""The supplementary indicators of the catalogue."""

from pipeline.model.indicator import Aggregation


def test_an_indicator_s_address_is_its_id_with_the_prefix(indicators):
    assert indicators[0].address == "indicators.disclosed_items"


def test_every_way_of_adding_up_is_in_use(indicators):
    assert {indicator.aggregation for indicator in indicators} == set(Aggregation)
