"""Consolidated figures by address."""

from decimal import Decimal

from pipeline.model.consolidation import Consolidation, Figure, decimals

SUMS = Consolidation({"a": Figure("a", Decimal(7))}, {}, (), ())


def test_a_figure_is_found_by_its_address_and_a_missing_one_is_none():
    assert SUMS.value("a") == 7
    assert SUMS.value("b") is None


def test_the_numbers_alone():
    assert SUMS.values() == decimals(SUMS.figures) == {"a": 7}
