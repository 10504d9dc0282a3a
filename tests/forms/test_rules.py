"""Patterns of the form file are spread over the cells they mean."""

import pytest

from pipeline.forms.rules import rule, spread, subtotal_cells
from pipeline.model.rule import Scope

CELLS = ["t.a_one.x", "t.a_two.x", "t.b.x", "t.a_one.y", "t.a_two.y", "t.b.y"]


def test_a_wildcard_stands_for_the_rows_of_its_kind_in_the_form_s_order():
    assert spread("t.a_*.x", CELLS) == ("t.a_one.x", "t.a_two.x")


def test_a_wildcard_does_not_cross_a_dot():
    with pytest.raises(ValueError):
        spread("t.*", CELLS)


def test_a_placeholder_runs_over_every_column():
    entry = {
        "id": "r",
        "reference": "H2",
        "left": ["t.b.{column}"],
        "relation": "=",
        "right": ["t.a_*.{column}"],
    }
    found = rule(entry, CELLS)
    assert [identity.focus for identity in found.identities] == ["t.b.x", "t.b.y"]
    assert [term.address for term in found.identities[1].right] == ["t.a_one.y", "t.a_two.y"]
    assert (found.scope, found.computes) == (Scope.ALL, False)


def test_signs_and_last_year_are_read_off_the_term():
    entry = {
        "id": "r",
        "reference": "S1",
        "left": ["t.b.x"],
        "relation": "=",
        "right": ["last.t.b.x", "-t.b.y"],
    }
    last, taken = rule(entry, CELLS).identities[0].right
    assert (last.last_year, last.sign) == (True, 1)
    assert (taken.last_year, taken.sign) == (False, -1)


def test_a_subtotal_names_its_addends():
    assert subtotal_cells({"table": "t", "id": "s", "rows": ["a_*", "b"]}, "y", CELLS) == (
        "t.a_one.y",
        "t.a_two.y",
        "t.b.y",
    )
