"""Bodies beside each other: the one that is out of all proportion, and two with the same figures."""

from decimal import Decimal

import pytest

from kit.watch import body, said, states, watch
from pipeline.check.peers import Peers, check_unchanged, profile
from pipeline.model.finding import Severity
from pipeline.model.tally import State

LICENCES = "proactive.licences.decisions"
COPIED = {
    "proactive.normative.made": 3,
    "proactive.normative.published": 3,
    "proactive.normative.public_total": 41,
    LICENCES: 126,
    "proactive.penalties.decisions": 9,
    "proactive.coercion.decisions": 2,
}


@pytest.fixture
def beside(forms, indicators, catalogue):
    """What is tried at several bodies."""

    def tried(*bodies, weights=None):
        eyes = watch(forms, "2019", indicators, catalogue.weighed(weights or {}))
        form, peers = forms["2019"], Peers(eyes)
        for one in bodies:
            peers.see(one.name, one.group, profile(one, form, eyes))
        by_itself = [trial for one in bodies for trial in check_unchanged(one, form, eyes)]
        return [*by_itself, *peers.trials(bodies.__getitem__)]

    return tried


@pytest.fixture
def bureaux(forms):
    """Bureaux of one group with so many licences each; last year as given."""

    def made(*numbers, before=None, group="市直机关"):
        return [
            body(forms["2019"], {LICENCES: number}, before, f"{group}第{place}局", group=group)
            for place, number in enumerate(numbers)
        ]

    return made


def test_one_far_above_all_others_is_noticed_and_one_beyond_reason_is_asked_about(beside, bureaux):
    usual = (41, 42, 43, 44, 45)
    assert said(beside(*bureaux(*usual, 4400))) == []
    assert said(beside(*bureaux(*usual, 4500))) == [("group-outlier", "市直机关第5局", LICENCES)]
    assert said(beside(*bureaux(*usual, 8218888))) == [("group-extreme", "市直机关第5局", LICENCES)]


def test_every_figure_that_is_held_against_others_is_counted_once(
    forms, indicators, catalogue, beside, bureaux
):
    each = watch(forms, "2019", indicators, catalogue).each
    group = bureaux(41, 42, 43, 44, 45, 8218888)
    trials = beside(*group, *bureaux(7, group="旗市区政府"))
    for code in ("group-outlier", "group-extreme"):
        tried = [trial for trial in trials if trial.code == code]
        assert sum(trial.times for trial in tried) == each[code] * 7
        assert len(tried) < each[code] * 7
        assert {trial.times for trial in tried if trial.finding} <= {1}


def test_a_light_word_is_said_where_the_heavy_one_is_switched_off(beside, bureaux):
    trials = beside(*bureaux(41, 42, 43, 44, 45, 8218888), weights={"group-extreme": Severity.OFF})
    assert said(trials) == [("group-outlier", "市直机关第5局", LICENCES)]
    assert states(trials, "group-extreme") == set()


def test_small_groups_and_tasks_of_one_bureau_alone_are_not_compared(beside, bureaux):
    for group in (bureaux(41, 42, 43, 44, 4500000), bureaux(0, 0, 0, 0, 0, 0, 4500000)):
        trials = beside(*group)
        assert said(trials) == []
        assert State.WITHOUT_PEERS in states(trials, "group-outlier")


def test_each_group_has_its_own_measure(beside, bureaux):
    counties = bureaux(*[20000] * 6, group="旗市区政府")
    assert said(beside(*bureaux(*[41] * 6), *counties)) == []


def test_what_is_usual_for_a_bureau_is_not_asked_about_every_year(beside, bureaux):
    assert said(beside(*bureaux(41, 42, 43, 44, 45, 9000, before={LICENCES: 8000}))) == []


def test_figures_in_doubt_are_neither_compared_nor_compared_with(beside, bureaux, forms):
    doubted = body(
        forms["2019"], {LICENCES: 9000}, None, "疑", group="市直机关", doubtful=frozenset({LICENCES})
    )
    assert said(beside(*bureaux(41, 42, 43, 44, 45), doubted)) == []
    assert said(beside(*bureaux(41, 42, 43, 44, 45, 4600), doubted)) == [
        ("group-outlier", "市直机关第5局", LICENCES)
    ]


def test_two_bodies_alike_cell_for_cell_are_both_asked(beside, forms):
    form = forms["2019"]
    trials = beside(body(form, COPIED, name="甲局"), body(form, COPIED, name="乙局", workbook="乙.xlsx"))
    assert said(trials) == [("identical-bodies", "甲局", ""), ("identical-bodies", "乙局", "")]
    assert "乙局" in next(one.finding.message for one in trials if one.finding)
    assert trials[-1].finding.workbook == "乙.xlsx"


def test_many_alike_are_named_three_and_counted(beside, forms):
    trials = beside(*(body(forms["2019"], COPIED, name=f"第{n}局") for n in range(6)))
    assert "第1局、第2局、第3局等 5 家" in next(one.finding.message for one in trials if one.finding)


def test_one_cell_apart_is_not_alike(beside, forms):
    other = {**COPIED, "proactive.penalties.decisions": 8}
    assert (
        said(beside(body(forms["2019"], COPIED, name="甲局"), body(forms["2019"], other, name="乙局"))) == []
    )


@pytest.mark.parametrize(
    "honest",
    [
        {},
        {"requests.received.natural_person": 1, "requests.received.total": 1,
         "requests.disclosed.natural_person": 1, "requests.disclosed.total": 1,
         "requests.outcome_total.natural_person": 1, "requests.outcome_total.total": 1},
        {**COPIED, LICENCES: 0},
        {address: min(number, 9) for address, number in COPIED.items()},
    ],
    ids=["all zeros", "one request each", "few figures", "small figures"],
)  # fmt: skip
def test_small_agencies_may_honestly_report_the_same(beside, forms, honest):
    trials = beside(body(forms["2019"], honest, name="甲局"), body(forms["2019"], honest, name="乙局"))
    assert said(trials) == []
    assert states(trials, "identical-bodies") == {State.WITHOUT_PEERS}


def test_a_body_with_a_cell_in_doubt_is_not_called_alike(beside, forms):
    whole = body(forms["2019"], COPIED, name="甲局")
    short = body(forms["2019"], COPIED, name="乙局")
    del short.values["disputes.reconsideration.total"]
    assert said(beside(whole, short)) == []
    assert Decimal(126) == whole.values[LICENCES]


def test_last_years_workbook_with_the_year_typed_over_is_asked_about(beside, forms):
    (trial,) = [one for one in beside(body(forms["2019"], COPIED, COPIED)) if one.finding]
    assert (trial.code, trial.finding.agency) == ("same-as-last-year", "市教育局")
    assert trial.finding.message == "三张法定表的数与 2018 年的一格不差。"


@pytest.mark.parametrize(
    ("now", "before", "state"),
    [
        (COPIED, {**COPIED, LICENCES: 127}, State.HELD),
        (COPIED, None, State.WITHOUT_LAST_YEAR),
        ({}, {}, State.WITHOUT_LAST_YEAR),
        ({LICENCES: 126}, {LICENCES: 126}, State.WITHOUT_LAST_YEAR),
    ],
    ids=["one cell apart", "no last year", "all zeros", "one figure"],
)
def test_a_year_like_the_last_is_not_called_the_same(beside, forms, now, before, state):
    trials = beside(body(forms["2019"], now, before))
    assert said(trials) == []
    assert states(trials, "same-as-last-year") == {state}


def test_a_body_with_a_cell_in_doubt_is_not_called_the_same_as_last_year(beside, forms):
    short = body(forms["2019"], COPIED, COPIED)
    del short.values["disputes.reconsideration.total"]
    assert states(beside(short), "same-as-last-year") == {State.WITHOUT_FIGURE}
