"""Figures that break nothing and are hardly right: a digit too many, the wrong unit, a county with nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.watch import body, said, states, watch
from pipeline.check.plausibility import check_body
from pipeline.model.finding import Severity
from pipeline.model.tally import State

LICENCES, AMOUNT, FEES = (
    "proactive.licences.decisions",
    "proactive.procurement.amount",
    "proactive.fees.amount",
)
RECEIVED, MEDIA = "requests.received.total", "indicators.new_media"


@pytest.fixture
def look(forms, indicators, catalogue):
    """What is tried at the bureau, given its figures of both years."""

    def looked(now, before, edition="2019", weights=None, **more):
        eyes = watch(forms, edition, indicators, catalogue.weighed(weights or {}))
        return list(check_body(body(forms[edition], now, before, **more), eyes))

    return looked


def test_a_digit_too_many_or_too_few_is_asked_about(look):
    jump = [("magnitude-jump", "市教育局", LICENCES)]
    assert said(look({LICENCES: 52000}, {LICENCES: 310})) == jump
    assert said(look({LICENCES: 31}, {LICENCES: 5200})) == jump
    assert said(look({LICENCES: 0}, {LICENCES: 5200})) == jump
    (finding,) = [trial.finding for trial in look({LICENCES: 52000}, {LICENCES: 310}) if trial.finding]
    assert (finding.found, finding.expected) == ("52000", "310")


@pytest.mark.parametrize(
    ("address", "before", "now"),
    [
        (LICENCES, 310, 2400),  # not quite eight times: growth, or a task handed down
        (LICENCES, 3, 400),  # far apart only in proportion
        (LICENCES, 40000, 43000),  # far apart only in number
        (RECEIVED, 110, 224),
        (AMOUNT, 251000, 15000000),  # one large purchase
    ],
)
def test_ordinary_growth_and_small_numbers_are_left_alone(look, address, before, now):
    assert said(look({address: now}, {address: before})) == []


@given(before=st.integers(0, 10**6), percent=st.integers(50, 200))
def test_half_to_double_is_never_a_jump(forms, indicators, catalogue, before, percent):
    now = before * percent // 100
    eyes = watch(forms, "2019", indicators, catalogue)
    figures = body(forms["2019"], {LICENCES: now, AMOUNT: now}, {LICENCES: before, AMOUNT: before})
    assert said(list(check_body(figures, eyes))) == []


def test_yuan_typed_as_ten_thousand_yuan_is_the_unit_and_not_a_jump_as_well(look):
    assert said(look({AMOUNT: 311700}, {AMOUNT: 3117000000})) == [("unit-mixed", "市教育局", AMOUNT)]
    trials = look({FEES: "188710"}, {FEES: "18.8710"}, "2021")
    assert said(trials) == [("unit-mixed", "市教育局", FEES)]
    assert "188710万元" in next(trial.finding.message for trial in trials if trial.finding)
    assert State.FOLLOWING in states(trials, "magnitude-jump")


def test_with_the_unit_switched_off_the_jump_is_said_in_its_place(look):
    trials = look({FEES: "188710"}, {FEES: "18.8710"}, "2021", weights={"unit-mixed": Severity.OFF})
    assert said(trials) == [("magnitude-jump", "市教育局", FEES)]


def test_an_amount_of_nothing_has_no_magnitude(look):
    assert said(look({AMOUNT: 3117000000}, {AMOUNT: 0})) == []


def test_a_figure_in_doubt_is_not_called_a_jump_as_well(look):
    trials = look({LICENCES: 52000}, {LICENCES: 310}, doubtful=frozenset({LICENCES}))
    assert said(trials) == []
    assert State.WITHOUT_FIGURE in states(trials, "magnitude-jump")


def test_a_total_jumps_with_its_part_once(look):
    part = "indicators.new_media_wechat"
    trials = look({part: 6000, MEDIA: 6010}, {part: 10, MEDIA: 20})
    assert said(trials) == [("magnitude-jump", "市教育局", part)]
    doubted = look({part: 6000, MEDIA: 6010}, {part: 10, MEDIA: 20}, doubtful=frozenset({part}))
    assert said(doubted) == []


def test_without_last_year_nothing_is_compared(look):
    trials = look({LICENCES: 52000}, None)
    assert said(trials) == []
    assert states(trials, "magnitude-jump") <= {State.WITHOUT_LAST_YEAR, State.WITHOUT_FIGURE}


UPHELD, DISPUTES = "disputes.reconsideration.upheld", "disputes.reconsideration.total"
QUIET = ("disputes-without-requests", "市教育局", DISPUTES)


def test_disputes_want_a_request_this_year_or_last(look):
    disputed = {UPHELD: 2, DISPUTES: 2}
    assert said(look(disputed, {})) == [QUIET]
    for now, before in (
        ({RECEIVED: 1}, {}),
        ({"requests.brought_forward.total": 1}, {}),
        ({}, {RECEIVED: 1}),
    ):
        assert said(look({**disputed, **now}, before)) == []
    assert said(look({}, {})) == []
    assert states(look(disputed, None), QUIET[0]) == {State.WITHOUT_LAST_YEAR}
    assert states(look(disputed, {}, doubtful=frozenset({RECEIVED})), QUIET[0]) == {State.WITHOUT_FIGURE}


def test_only_a_county_must_have_licences_penalties_or_coercion(look):
    assert said(look({}, {}, county=True)) == [("no-decisions", "市教育局", LICENCES)]
    assert said(look({"proactive.coercion.decisions": 1}, {}, county=True)) == []
    assert said(look({}, {})) == []
    assert said(look({}, {}, "2021", county=True)) == [("no-decisions", "市教育局", LICENCES)]
    doubted = look({}, {}, county=True, doubtful=frozenset({"proactive.penalties.decisions"}))
    assert states(doubted, "no-decisions") == {State.WITHOUT_FIGURE}


def test_as_many_are_tried_as_are_counted(forms, indicators, catalogue, look):
    for edition in forms:
        trials = look({}, {}, edition, county=True)
        each = watch(forms, edition, indicators, catalogue).each
        for code in ("magnitude-jump", "unit-mixed", "disputes-without-requests", "no-decisions"):
            assert sum(trial.code == code for trial in trials) == each[code]
