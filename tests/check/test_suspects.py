"""The one figure that explains several breaches is named; where two would do, none is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.returns import asked
from kit.workbook import consistent_values
from pipeline.check.crossfooting import Body, RuleBook, check_rules
from pipeline.check.suspects import suspects


def body(values, **odd):
    return Body("市教育局", values, ordinary=False, **odd)


@pytest.fixture
def book(form, indicators):
    return RuleBook.of(form.first_year, form, indicators)


def named(found):
    return [(one.address, one.found, one.expected) for one in found]


def test_a_table_filled_with_anything_has_no_suspect_and_is_not_searched_for_long(form, book):
    values = consistent_values(form)
    odd = {address: Decimal(number * number % 97) for number, address in enumerate(values, 2)}
    assert suspects(body(values | odd), book.rules, book.prepared) == ()


def test_figures_in_order_have_no_suspect(form, book):
    assert suspects(body(consistent_values(form)), book.rules, book.prepared) == ()


def test_an_addend_is_found_where_its_row_and_its_column_cross(form, book):
    right = consistent_values(form)
    spoilt = right | {"requests.disclosed.business": Decimal(4321)}
    (found,) = suspects(body(spoilt), book.rules, book.prepared)
    assert named([found]) == [
        ("requests.disclosed.business", Decimal(4321), right["requests.disclosed.business"])
    ]
    assert {code for code, _ in found.mends} == {"row-total", "outcome-total"}


def test_two_addends_far_apart_are_both_found(form, book):
    right = consistent_values(form)
    wrong = {"requests.disclosed.business": Decimal(4321), "requests.received.research": Decimal(5)}
    found = suspects(body(right | wrong), book.rules, book.prepared)
    assert {(one.address, one.expected) for one in found} == {(name, right[name]) for name in wrong}


def test_where_only_one_sum_breaks_any_of_its_figures_may_be_wrong(form, book):
    spoilt = consistent_values(form) | {"disputes.reconsideration.upheld": Decimal(999)}
    assert suspects(body(spoilt), book.rules, book.prepared) == ()


def test_a_figure_that_would_have_to_be_less_than_nothing_is_not_named(form, book):
    right = consistent_values(form)
    lost = right["requests.disclosed.business"] + 1
    rest = {
        address: right[address] - lost
        for address in ("requests.disclosed.total", "requests.outcome_total.business")
    }
    assert "requests.disclosed.business" not in [
        one.address for one in suspects(body(right | rest), book.rules, book.prepared)
    ]


def test_what_last_year_carried_forward_counts_as_a_witness(form, book):
    right = consistent_values(form)
    before = {
        address.replace("brought_forward", "carried_forward"): value
        for address, value in right.items()
        if address.startswith("requests.brought_forward.")
    }
    spoilt = right | {"requests.brought_forward.other": Decimal(500)}
    (found,) = suspects(body(spoilt, last_year=before), book.rules, book.prepared)
    assert found.address == "requests.brought_forward.other"
    assert "brought-forward" in {code for code, _ in found.mends}


@given(number=st.integers(0, 10**6), place=st.data())
def test_with_the_named_figures_put_right_no_more_is_wrong_than_before(number, place):
    form = asked().form
    book = RuleBook.of(form.first_year, form, asked().indicators)
    address = place.draw(st.sampled_from(form.inputs))
    spoilt = body(consistent_values(form) | {address: Decimal(number)})
    mended = spoilt.values | {
        one.address: one.expected for one in suspects(spoilt, book.rules, book.prepared)
    }
    before, after = (
        {(one.code, one.address) for one in check_rules(body(values), book, asked().catalogue).findings}
        for values in (spoilt.values, mended)
    )
    assert after <= before
