"""A figure that moved says from what to what."""

from decimal import Decimal

from pipeline.model.movement import Move


def test_a_move_knows_its_change_where_both_numbers_are_known():
    five, three = Decimal(5), Decimal(3)
    assert Move("requests.received.total", "新收·总计", "市教育局", five, three).change == -2
    assert Move("requests.received.total", "新收·总计", "市教育局", None, three).change is None
    assert Move("requests.received.total", "新收·总计", "市教育局", five, None).change is None
