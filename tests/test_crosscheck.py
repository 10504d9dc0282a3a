"""All rules over all bodies: nothing is said twice, and what is counted is what was tried."""

import random

import pytest

from kit.last_year import last_year
from kit.office import AGENCIES, TODAY
from pipeline.gather import load_inputs
from pipeline.run import examine
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES
LAW = {"H1", "H2", "H3", "H4"}
IDENTITIES = {"2019": 40, "2021": 42}
"""FORMS.md: one body has 40 identities in edition 2019 and 42 in 2021."""


def examined(office, templates):
    return examine(load_inputs(Workspace.at(office.root, None), templates), TODAY)


def known_last_year(office):
    (office.inputs / "previous.xlsx").write_bytes(last_year(office))


def rule(examination, code):
    return next(one for one in examination.rules if one.code == code)


@pytest.mark.parametrize(("edition", "fixture"), [("2019", "office"), ("2021", "office_2021")])
def test_every_identity_of_the_law_is_tried_at_every_agency_and_at_the_sums(
    request, templates, edition, fixture
):
    examination = examined(request.getfixturevalue(fixture), templates)
    law = [one for one in examination.rules if one.reference in LAW]
    assert sum(one.each for one in law) == IDENTITIES[edition]
    assert {one.bodies for one in law} == {3}
    assert sum(one.agencies.held for one in law) == IDENTITIES[edition] * 3
    assert sum(one.sums.held for one in law) == IDENTITIES[edition]
    assert sum(one.agencies.left + one.sums.left + one.broken for one in law) == 0


def test_what_looks_back_is_counted_as_untried_without_last_year(office, templates):
    before = rule(examined(office, templates), "brought-forward")
    assert (before.agencies.made, before.agencies.without_last_year, before.sums.without_last_year) == (
        0,
        21,
        7,
    )
    known_last_year(office)
    after = rule(examined(office, templates), "brought-forward")
    assert (after.agencies.held, after.sums.held, after.agencies.left + after.sums.left) == (21, 7, 0)


def test_a_blank_cell_leaves_its_identities_untried(office, templates):
    office.submit(BUREAU, {"requests.received.business": ""})
    tried = rule(examined(office, templates), "row-total")
    assert (tried.agencies.made, tried.agencies.without_figure) == (23 * 3 - 1, 1)
    assert tried.sums.without_figure == 1


def test_a_breach_is_counted_once_and_what_follows_apart(office, templates):
    total = int(office.values(BUREAU)["requests.received.total"])
    office.submit(BUREAU, {"requests.received.total": total + 1})
    examination = examined(office, templates)
    assert (rule(examination, "row-total").agencies.broken, rule(examination, "row-total").sums.broken) == (
        1,
        0,
    )
    assert rule(examination, "row-total").sums.following == 1
    assert rule(examination, "requests-balance").agencies.following == 1


def test_a_rule_switched_off_is_not_tried(office, templates):
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + '[rules]\nrow-total = "off"\n')
    assert rule(examined(office, templates), "row-total").agencies.made == 0


@pytest.mark.parametrize("chance", range(12))
def test_the_law_broken_at_agencies_is_never_said_of_the_sums(office, templates, chance):
    """The sum of what adds up adds up: a breach of the sums is always some agency's."""
    known_last_year(office)
    drawn = random.Random(chance)
    counts = [address for address in office.form.cells if not address.startswith("proactive.")]
    for agency in AGENCIES:
        values = office.values(agency)
        wrong = {address: int(values[address]) + drawn.choice((-1, 1)) for address in drawn.sample(counts, 5)}
        office.submit(agency, wrong)
    findings = [one for one in examined(office, templates).findings if one.is_error]
    assert findings
    assert {one.agency for one in findings} <= {agency.name for agency in AGENCIES}


LICENCES, RECEIVED = "proactive.licences.decisions", "requests.received.total"


def test_a_jump_at_an_agency_is_not_said_of_the_sum(office, templates):
    known_last_year(office)
    office.submit(BUREAU, {LICENCES: 520000})
    examination = examined(office, templates)
    assert [(one.code, one.agency) for one in examination.findings] == [("magnitude-jump", BUREAU.name)]
    assert rule(examination, "magnitude-jump").sums.without_figure == 1


def test_a_total_that_is_called_wrong_is_not_called_a_jump_too_neither_here_nor_in_the_sum(office, templates):
    known_last_year(office)
    office.submit(BUREAU, {RECEIVED: 99_999_999})
    assert [(one.code, one.agency) for one in examined(office, templates).findings] == [
        ("row-total", BUREAU.name)
    ]


def test_the_sums_jump_where_no_agency_does(office, templates):
    """Agencies new to the roster have no last year of their own; the city's whole is another size."""
    changed = {agency.name: {LICENCES: 0} for agency in AGENCIES}
    (office.inputs / "previous.xlsx").write_bytes(last_year(office, changed))
    for agency in AGENCIES:
        office.submit(agency, {LICENCES: 300})
    (finding,) = examined(office, templates).findings
    assert (finding.code, finding.agency, finding.found, finding.cell) == (
        "magnitude-jump",
        "某某市",
        "900",
        "",
    )


def test_a_missing_agency_makes_no_jump_of_the_sums(office, templates):
    office.submit(BUREAU, {LICENCES: 90000})
    (office.inputs / "previous.xlsx").write_bytes(last_year(office, {BUREAU.name: {LICENCES: 80000}}))
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    assert [one.code for one in examined(office, templates).findings] == ["agency-missing"]


def test_the_report_s_own_section_six_is_held_against_the_sums(office_2021, templates):
    text = (office_2021.inputs / "narrative.md").read_text(encoding="utf-8")
    office_2021.write("narrative.md", text.replace("按规定收取信息处理费。", "全市未收取信息处理费。"))
    (finding,) = (one for one in examined(office_2021, templates).findings if one.code == "fee-unstated")
    assert (finding.agency, finding.workbook) == ("某某市", "inputs/2021/narrative.md")
    assert "写的是“未收取”" in finding.message
