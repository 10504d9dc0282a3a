"""The form's rules against one body's figures: what breaks is named at its cell, once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.workbook import consistent_values, indicator_values
from pipeline.check.body import Body
from pipeline.check.crossfooting import RuleBook, check_rules
from pipeline.model.finding import Severity
from pipeline.model.place import CellPlace


def book(form, indicators, year=None):
    return RuleBook.of(year or form.first_year, form, indicators)


def found(form, indicators, catalogue, values, last_year=None, *, ordinary=False):
    body = Body("市教育局", values, last_year or {}, ordinary=ordinary)
    return check_rules(body, book(form, indicators), catalogue).findings


def codes(findings):
    return [(finding.code, finding.address) for finding in findings]


def test_figures_that_agree_find_nothing(form, indicators, catalogue):
    assert found(form, indicators, catalogue, consistent_values(form)) == ()


@pytest.mark.parametrize("edition", ["2019", "2021"])
@given(choice=st.integers(0, 10**6), step=st.integers(1, 10**6))
def test_a_change_in_any_table_cell_that_is_added_up_is_found(
    forms, indicators, catalogue, edition, choice, step
):
    form = forms[edition]
    summed = [address for address in form.cells if not address.startswith("proactive.")]
    address = summed[choice % len(summed)]
    values = consistent_values(form)
    values[address] += step
    assert found(form, indicators, catalogue, values)


def test_a_row_that_does_not_add_up_names_its_addends(forms, indicators, catalogue):
    values = consistent_values(forms["2019"])
    values["disputes.reconsideration.total"] += 1
    (finding,) = found(forms["2019"], indicators, catalogue, values)
    assert finding.code == "disputes-total"
    assert finding.found == str(values["disputes.reconsideration.total"])
    assert f"结果维持 {values['disputes.reconsideration.upheld']}" in finding.message


def test_addends_are_named_by_what_tells_them_apart(forms, indicators, catalogue):
    values = consistent_values(forms["2019"])
    values["requests.received.business"] += 1
    named = {finding.code: finding.message for finding in found(forms["2019"], indicators, catalogue, values)}
    assert f"自然人 {values['requests.received.natural_person']}，商业企业" in named["row-total"]
    assert (
        f"：一、本年新收政府信息公开申请数量 {values['requests.received.business']}，"
        "二、上年结转政府信息公开申请数量" in named["requests-balance"]
    )


def test_a_breach_is_placed_at_the_agency_s_cell(forms, indicators, catalogue):
    values = consistent_values(forms["2019"])
    values["disputes.reconsideration.total"] += 1
    body = Body(
        "市教育局", values, place=lambda address: CellPlace("a.xlsx", "复议诉讼", "E5"), ordinary=False
    )
    (finding,) = check_rules(body, book(forms["2019"], indicators), catalogue).findings
    assert (finding.agency, finding.where()) == ("市教育局", "a.xlsx [复议诉讼]E5")


def test_one_wrong_total_is_one_finding_not_also_what_follows_from_it(form, indicators, catalogue):
    for address, code in (
        ("requests.received.total", "row-total"),
        ("requests.outcome_total.business", "outcome-total"),
        ("disputes.litigation_after.total", "disputes-total"),
    ):
        values = consistent_values(form)
        values[address] += 1
        assert codes(found(form, indicators, catalogue, values)) == [(code, address)]


def test_a_wrong_input_shows_in_its_row_and_in_its_column(forms, indicators, catalogue):
    values = consistent_values(forms["2019"])
    values["requests.disclosed.business"] += 1
    assert codes(found(forms["2019"], indicators, catalogue, values)) == [
        ("row-total", "requests.disclosed.total"),
        ("outcome-total", "requests.outcome_total.business"),
    ]


def test_a_figure_in_doubt_is_not_called_a_wrong_total_as_well(forms, indicators, catalogue):
    values = consistent_values(forms["2019"])
    del values["disputes.reconsideration.upheld"]
    assert found(forms["2019"], indicators, catalogue, values) == ()


def test_brought_forward_must_be_what_last_year_carried_forward(form, indicators, catalogue):
    values = consistent_values(form)
    carried = {
        f"requests.carried_forward.{column}": values[f"requests.brought_forward.{column}"]
        for column in {cell.column.id for cell in form.cells.values() if cell.table == "requests"}
    }
    assert not [f for f in found(form, indicators, catalogue, values, carried) if f.code == "brought-forward"]
    carried["requests.carried_forward.business"] += 1
    (finding,) = found(form, indicators, catalogue, values, carried)
    assert codes([finding]) == [("brought-forward", "requests.brought_forward.business")]
    assert finding.expected == str(carried["requests.carried_forward.business"])


def test_items_follow_from_last_year_s_items_and_change(forms, indicators, catalogue):
    values = consistent_values(forms["2019"])
    last = {"proactive.licences.items_last_year": Decimal(1), "proactive.licences.change": Decimal(1)}
    values["proactive.licences.items_last_year"] = Decimal(3)
    assert codes(found(forms["2019"], indicators, catalogue, values, last)) == [
        ("items-continuity", "proactive.licences.items_last_year")
    ]


def test_more_items_cannot_go_than_there_were(forms, indicators, catalogue):
    values = consistent_values(forms["2019"])
    values["proactive.fees.change"] = -values["proactive.fees.items_last_year"] - 1
    assert codes(found(forms["2019"], indicators, catalogue, values)) == [
        ("items-negative", "proactive.fees.items_last_year")
    ]


def test_made_published_and_public_stand_in_order(forms, indicators, catalogue):
    values = consistent_values(forms["2019"])
    values["proactive.normative.published"] = values["proactive.normative.public_total"] + 1
    assert codes(found(forms["2019"], indicators, catalogue, values)) == [
        ("published-public", "proactive.normative.published")
    ]
    values["proactive.normative.made"] = values["proactive.normative.published"] + 1
    assert ("made-published", "proactive.normative.made") in codes(
        found(forms["2019"], indicators, catalogue, values)
    )


def test_in_force_follows_from_last_year_made_and_repealed(forms, indicators, catalogue):
    values = consistent_values(forms["2021"])
    made, repealed = values["proactive.normative.made"], values["proactive.normative.repealed"]
    last = {"proactive.normative.in_force": values["proactive.normative.in_force"] - made + repealed}
    assert found(forms["2021"], indicators, catalogue, values, last) == ()
    last["proactive.normative.in_force"] += 2
    assert codes(found(forms["2021"], indicators, catalogue, values, last)) == [
        ("in-force", "proactive.normative.in_force")
    ]


def test_only_a_body_that_may_make_rules_has_any(form, indicators, catalogue):
    values = consistent_values(form)
    warned = found(form, indicators, catalogue, values, ordinary=True)
    assert {finding.code for finding in warned} == {"rules-authority"}
    assert not any(finding.is_error for finding in warned)
    nought = {a: Decimal(0) if a.startswith("proactive.rules.") else v for a, v in values.items()}
    assert found(form, indicators, catalogue, nought, ordinary=True) == ()


def test_an_indicator_total_is_the_sum_of_its_parts(form, indicators, catalogue):
    values = consistent_values(form)
    values |= {f"indicators.{name}": Decimal(number) for name, number in indicator_values(indicators).items()}
    assert found(form, indicators, catalogue, values) == ()
    values["indicators.new_media"] += 1
    assert codes(found(form, indicators, catalogue, values)) == [("indicator-total", "indicators.new_media")]


def test_a_part_is_never_more_than_its_whole(form, indicators, catalogue):
    values = consistent_values(form)
    values |= {"indicators.interpretations": Decimal(6), "indicators.non_text_interpretations": Decimal(6)}
    assert found(form, indicators, catalogue, values) == ()
    values["indicators.non_text_interpretations"] += 1
    assert codes(found(form, indicators, catalogue, values)) == [
        ("indicator-share", "indicators.non_text_interpretations")
    ]


def carried_by(values):
    columns = {a.rsplit(".", 1)[1] for a in values if a.startswith("requests.brought_forward.")}
    return {f"requests.carried_forward.{c}": values[f"requests.brought_forward.{c}"] for c in columns}


def test_a_figure_that_must_be_last_year_s_is_named_once_not_in_its_row_and_column_too(
    form, indicators, catalogue
):
    values = consistent_values(form)
    last = carried_by(values)
    values["requests.brought_forward.business"] += 1
    once = [("brought-forward", "requests.brought_forward.business")]
    assert codes(found(form, indicators, catalogue, values, last)) == once
    values["requests.brought_forward.total"] += 1  # as the workbook's formula adds it
    assert codes(found(form, indicators, catalogue, values, last)) == once


def test_a_total_wrong_along_its_row_and_its_column_alike_is_named_once(form, indicators, catalogue):
    values = consistent_values(form)
    values["requests.outcome_total.total"] += 1
    assert codes(found(form, indicators, catalogue, values)) == [
        ("row-total", "requests.outcome_total.total")
    ]


@pytest.mark.parametrize("step", [1, 62])
def test_a_wrong_column_does_not_make_the_column_of_totals_wrong_as_well(form, indicators, catalogue, step):
    """As a workbook with live totals sends it: every total follows the wrong figure."""
    values = consistent_values(form)
    for address in ("disclosed.business", "outcome_total.business", "disclosed.total", "outcome_total.total"):
        values[f"requests.{address}"] += step
    assert codes(found(form, indicators, catalogue, values)) == [
        ("requests-balance", "requests.received.business")
    ]
    values["requests.carried_forward.research"] += 5
    values["requests.carried_forward.total"] += 5
    assert codes(found(form, indicators, catalogue, values)) == [
        ("requests-balance", "requests.received.business"),
        ("requests-balance", "requests.received.research"),
    ]


def test_a_column_s_total_out_with_the_grand_total_is_named_once(form, indicators, catalogue):
    values = consistent_values(form)
    values["requests.outcome_total.business"] += 1
    values["requests.outcome_total.total"] += 1
    assert codes(found(form, indicators, catalogue, values)) == [
        ("outcome-total", "requests.outcome_total.business")
    ]


def test_where_row_and_column_cross_a_person_is_told_to_look(forms, indicators, catalogue):
    values = consistent_values(forms["2019"])
    right = values["requests.disclosed.business"]
    values["requests.disclosed.business"] += 62
    body = Body("市教育局", values, place=lambda address: CellPlace("a.xlsx", "表", "E7"), ordinary=False)
    for finding in check_rules(body, book(forms["2019"], indicators), catalogue).findings:
        assert (
            f"；几处不等，多半是“（一）予以公开·商业企业”（E7）填错了，照别的数应是 {right}。"
            in finding.message
        )


def test_a_rule_switched_off_or_made_light_does_not_hide_what_would_have_followed(
    form, indicators, catalogue
):
    values = consistent_values(form)
    values["requests.received.total"] += 1
    balance = ("requests-balance", "requests.received.total")
    off = catalogue.weighed({"row-total": Severity.OFF})
    assert codes(found(form, indicators, off, values)) == [balance]
    light = catalogue.weighed({"row-total": Severity.NOTICE})
    assert codes(found(form, indicators, light, values)) == [
        ("row-total", "requests.received.total"),
        balance,
    ]


def test_what_does_not_agree_with_a_figure_a_person_stands_by_is_said(form, indicators, catalogue):
    values = consistent_values(form)
    last = carried_by(values)
    values["requests.brought_forward.business"] += 1  # and its total left as it was
    body = Body("市教育局", values, last, ordinary=False)
    verdict = check_rules(
        body, book(form, indicators), catalogue, (), lambda one: one.code == "brought-forward"
    )
    assert codes(verdict.findings) == [
        ("row-total", "requests.brought_forward.total"),
        ("requests-balance", "requests.received.business"),
        ("brought-forward", "requests.brought_forward.business"),
    ]


@given(
    wrong=st.dictionaries(st.integers(0, 10**4), st.integers(-3, 3).filter(bool), min_size=1, max_size=6),
    edition=st.sampled_from(["2019", "2021"]),
)
def test_whatever_breaks_something_is_said_and_following_never_swallows_all(
    forms, indicators, catalogue, wrong, edition
):
    form = forms[edition]
    values = consistent_values(form)
    last = carried_by(values)
    addresses = [a for a in form.cells if a.startswith(("requests.", "disputes."))]
    for place, step in wrong.items():
        values[addresses[place % len(addresses)]] += step
    body = Body("市教育局", values, last, ordinary=False)
    verdict = check_rules(body, book(form, indicators), catalogue)
    assert bool(verdict.findings) == bool(verdict.broken)
    assert sum(one.broken + one.following for one in verdict.checks.values()) == len(verdict.broken)


@given(
    wrong=st.dictionaries(st.integers(0, 10**4), st.integers(-3, 9).filter(bool), min_size=1, max_size=3),
    edition=st.sampled_from(["2019", "2021"]),
)
def test_whoever_stands_by_all_that_is_said_has_been_told_of_all_that_is_broken(
    forms, indicators, catalogue, wrong, edition
):
    form = forms[edition]
    values = consistent_values(form)
    last = carried_by(values)
    addresses = [a for a in form.cells if a.startswith(("requests.", "disputes."))]
    for place, step in wrong.items():
        values[addresses[place % len(addresses)]] += step
    body, rules = Body("市教育局", values, last, ordinary=False), book(form, indicators)
    accepted = set()

    def told():
        return check_rules(body, rules, catalogue, (), lambda one: (one.code, one.address) in accepted)

    while fresh := set(codes(told().findings)) - accepted:
        accepted |= fresh
    assert {identity.focus for identity in told().broken} == {address for _, address in accepted}
