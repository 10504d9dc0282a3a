"""Every figure is the sum over the agencies that count, and knows where it came from."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kit.offices import filled_values, roster_of, submission_of
from pipeline.check.body import Body
from pipeline.check.crossfooting import RuleBook, check_rules
from pipeline.consolidate import consolidate, contributions
from pipeline.model.place import CellPlace
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Cell, Cover, Submission

ROSTER = roster_of(6)


@pytest.fixture
def counted(forms, indicators):
    form = forms["2019"]
    return {
        agency.code: submission_of(agency, filled_values(form, indicators, number))
        for number, agency in enumerate(ROSTER.agencies)
    }


def test_a_figure_is_the_sum_of_its_contributions_in_the_roster_s_order(forms, indicators, counted):
    sums = consolidate(forms["2019"], indicators, ROSTER, counted)
    figure = sums.figures["requests.received.total"]
    assert figure.value == sum(one.value("requests.received.total") for one in counted.values())
    given = contributions([figure], ROSTER.agencies, counted)
    assert [one.agency for one in given] == list(ROSTER.agencies)
    assert given[2].place == counted["003"].place("requests.received.total")
    assert sum(one.value for one in given) == figure.value


def test_groups_add_up_to_the_whole(forms, indicators, counted):
    sums = consolidate(forms["2019"], indicators, ROSTER, counted)
    for address in forms["2019"].cells:
        assert sums.value(address) == sum(figures[address].value for figures in sums.groups.values())


@given(st.sampled_from(["2019", "2021"]), st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_sums_of_figures_that_agree_agree(forms, indicators, catalogue, edition, starts):
    form = forms[edition]
    roster = roster_of(len(starts))
    counted = {
        agency.code: submission_of(agency, filled_values(form, indicators, start))
        for agency, start in zip(roster.agencies, starts, strict=True)
    }
    sums = consolidate(form, indicators, roster, counted)
    body = Body("某市", sums.values(), ordinary=False)
    own = [
        f for f in check_rules(body, RuleBook.of(2020, form, indicators), catalogue).findings if f.is_error
    ]
    assert own == []


def test_an_agency_that_does_not_count_is_missing_from_every_sum(forms, indicators, counted):
    del counted["002"]
    sums = consolidate(forms["2019"], indicators, ROSTER, counted)
    assert [agency.code for agency in sums.missing] == ["002"]
    assert sums.value("requests.received.total") == sum(
        one.value("requests.received.total") for one in counted.values()
    )


def test_a_figure_in_doubt_leaves_no_sum_rather_than_a_short_one(forms, indicators, counted):
    doubtful = counted["004"].cells["disputes.reconsideration.upheld"]
    cells = {
        **counted["004"].cells,
        doubtful.address: type(doubtful)(doubtful.address, "2000万", None, doubtful.place),
    }
    counted["004"] = type(counted["004"])("d.xlsx", counted["004"].cover, cells)
    sums = consolidate(forms["2019"], indicators, ROSTER, counted)
    assert "disputes.reconsideration.upheld" not in sums.figures
    assert "disputes.reconsideration.corrected" in sums.figures
    group = {agency.code: agency.group for agency in ROSTER.agencies}["004"]
    other = next(name for name in sums.groups if name != group)
    assert "disputes.reconsideration.upheld" not in sums.groups[group]
    assert "disputes.reconsideration.upheld" in sums.groups[other]


def test_a_share_is_the_ratio_of_sums_not_the_mean_of_shares(forms, indicators):
    form, roster = forms["2019"], roster_of(2)
    given = [(Decimal(1), Decimal(1)), (Decimal(0), Decimal(9))]
    counted = {}
    for agency, (part, whole) in zip(roster.agencies, given, strict=True):
        values = filled_values(form, indicators)
        values |= {"indicators.non_text_interpretations": part, "indicators.interpretations": whole}
        counted[agency.code] = submission_of(agency, values)
    share = consolidate(form, indicators, roster, counted).figures["indicators.non_text_share"]
    assert str(share.value) == "10.00"
    assert "÷" in share.formula


def test_a_share_is_made_of_what_its_two_parts_are_made_of(forms, indicators, counted):
    share = consolidate(forms["2019"], indicators, ROSTER, counted).figures["indicators.non_text_share"]
    given = contributions([share], ROSTER.agencies, counted)
    assert [one.address for one in given] == [part for part in share.parts for _ in ROSTER.agencies]


AMOUNT = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False)


@given(st.lists(st.tuples(st.sampled_from(["甲", "乙"]), st.none() | AMOUNT, AMOUNT), min_size=1, max_size=8))
def test_one_pass_gives_the_plain_sums_to_the_last_digit_and_none_where_a_number_lacks(
    forms, indicators, sent
):
    first, second = list(forms["2019"].cells)[:2]
    roster = Roster(tuple(Agency(f"{at}", f"{at}局", group) for at, (group, _, _) in enumerate(sent)))
    counted = {}
    for agency, (_, one, other) in zip(roster.agencies, sent, strict=True):
        values = {first: one, second: other}
        place = CellPlace("x.xlsx", "表", "D6")
        cells = {address: Cell(address, "", value, place) for address, value in values.items()}
        counted[agency.code] = Submission("x.xlsx", Cover(), cells)
    sums = consolidate(forms["2019"], indicators, roster, counted)
    for figures, group in ((sums.figures, None), *((sums.groups[group], group) for group in roster.groups)):
        own = [(one, other) for whose, one, other in sent if group in (None, whose)]
        assert figures[second].value == sum((other for _, other in own), Decimal(0))
        if None in [one for one, _ in own]:
            assert first not in figures
        else:
            assert str(figures[first].value) == str(sum((one for one, _ in own), Decimal(0)))


NUMBER = st.one_of(
    st.none(),
    st.integers(-30, 30).map(Decimal),
    st.integers().map(Decimal),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40),
    st.sampled_from(["-0", "0.00", "-0.0", "1E+3", "999999999999999", "1E-30", "7.10"]).map(Decimal),
)


@given(
    st.lists(st.tuples(st.sampled_from(["甲", "乙"]), NUMBER, NUMBER, st.booleans()), max_size=9),
    st.integers(1, 4),
)
@example([("甲", Decimal(10**28), Decimal(4), False), *[("甲", Decimal(4), Decimal(4), False)] * 3], 4)
@example([*[("甲", Decimal(10**28 - 1), Decimal(1), False)], *[("甲", Decimal(4), Decimal(1), False)] * 5], 2)
def test_figures_added_up_many_at_once_are_those_added_one_after_the_other(forms, sent, together):
    first, second = list(forms["2019"].cells)[:2]
    roster = Roster(tuple(Agency(f"{at}", f"{at}局", group) for at, (group, *_) in enumerate(sent)))
    place, counted, plain = CellPlace("x.xlsx", "表", "D6"), {}, {}
    for agency, (group, one, other, turned) in zip(roster.agencies, sent, strict=True):
        cells = [Cell(first, "", one, place), Cell(second, "", other, place)][:: -1 if turned else 1]
        counted[agency.code] = Submission("x.xlsx", Cover(), {cell.address: cell for cell in cells})
        for cell in cells:
            sums = plain.setdefault(group, {})
            if cell.value is not None:
                sums[cell.address] = sums.get(cell.address, Decimal(0)) + cell.value
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.consolidate.TOGETHER", together)
        sums = consolidate(forms["2019"], (), roster, counted)
    for address, figure in sums.figures.items():
        given = [plain[group][address] for group in roster.groups]
        assert str(figure.value) == str(sum(given, Decimal(0)))
    for group in roster.groups:
        for address, figure in sums.groups[group].items():
            assert str(figure.value) == str(plain[group][address])
    whole = {at for at in (0, 1) if sent and all(one[1 + at] is not None for one in sent)}
    assert sums.figures.keys() == {(first, second)[at] for at in whole}


def test_a_share_of_nothing_is_no_figure(forms, indicators):
    form, roster = forms["2019"], roster_of(1)
    values = filled_values(form, indicators) | {"indicators.interpretations": Decimal(0)}
    sums = consolidate(form, indicators, roster, {"001": submission_of(roster.agencies[0], values)})
    assert "indicators.non_text_share" not in sums.figures


def test_what_is_not_added_up_has_no_sum(forms, indicators, counted):
    assert "indicators.satisfaction" not in consolidate(forms["2019"], indicators, ROSTER, counted).figures
