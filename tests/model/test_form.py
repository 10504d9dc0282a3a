"""The two editions of the form, counted against FORMS: cells, identities, totals and labels."""

import pytest


@pytest.mark.parametrize(
    ("edition", "cells", "by_table"),
    [("2019", 198, [22, 161, 15]), ("2021", 200, [10, 175, 15])],
)
def test_an_edition_has_the_law_s_cells(forms, edition, cells, by_table):
    form = forms[edition]
    assert len(form.cells) == cells
    assert [len(table.cells) for table in form.tables] == by_table


@pytest.mark.parametrize(("edition", "identities"), [("2019", 40), ("2021", 42)])
def test_one_body_has_the_law_s_identities(forms, edition, identities):
    own_year = [rule for rule in forms[edition].rules if rule.reference in {"H1", "H2", "H3", "H4"}]
    assert sum(len(rule.identities) for rule in own_year) == identities


def test_totals_are_the_rows_columns_and_groups_the_law_adds_up(form):
    totals = [a for a in form.cells if a.endswith(".total") or a.startswith("requests.outcome_total.")]
    assert sorted(form.computed) == sorted(totals)
    assert set(form.inputs) | set(form.computed) == set(form.cells)


def test_each_edition_governs_its_years(forms):
    governed = {
        year: [f.edition for f in forms.values() if f.governs(year)]
        for year in (2018, 2019, 2020, 2021, 2030)
    }
    assert governed == {2018: [], 2019: ["2019"], 2020: ["2019"], 2021: ["2021"], 2030: ["2021"]}


def test_a_cell_says_itself_in_words(forms):
    assert forms["2019"].cells["proactive.licences.change"].words == "行政许可·本年增/减"


def test_the_narrative_can_speak_of_group_sums(forms):
    subtotals = {subtotal.address: subtotal for subtotal in forms["2021"].subtotals}
    assert len(subtotals["requests.withheld.total"].cells) == 8
    assert subtotals["requests.other.total"].alias == "依申请公开.其他处理.总计"
    assert subtotals["disputes.litigation.total"].cells == (
        "disputes.litigation_direct.total",
        "disputes.litigation_after.total",
    )
