"""Every figure is called to account: all it is made of, who is lacking, last year's beside it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kit.offices import roster_of
from kit.review import RECEIVED, evidence, submissions_of, typed
from pipeline.compose.review import compose_review
from pipeline.compose.review_figures import change, signed
from pipeline.model.number import NumberKind
from pipeline.model.submission import Columns

CASE = "requests.received.natural_person"


def reviewed(forms, indicators, catalogue, size=3, spoil=None, leave_out=()):
    form, roster = forms["2019"], roster_of(size)
    sent = submissions_of(roster, form, indicators)
    if spoil:
        sent["002"] = typed(sent["002"], *spoil)
    sent = {code: one for code, one in sent.items() if code not in leave_out}
    return compose_review(evidence(form, indicators, catalogue, size, sent))


def test_what_the_agencies_gave_adds_up_to_every_figure(form, indicators, catalogue):
    review = compose_review(evidence(form, indicators, catalogue, 5))
    sums = {
        address: sum(entry.value for entry in account.entries)
        for address, account in review.accounts.items()
        if not account.parts
    }
    assert sums == {address: review.accounts[address].value for address in sums}
    assert set(form.cells) <= set(sums)
    assert all(len(review.accounts[address].entries) == 5 for address in form.cells)


def test_each_agency_s_own_cell_is_shown_whatever_order_and_columns_its_workbook_has(
    forms, indicators, catalogue
):
    form, roster = forms["2019"], roster_of(3)
    sent = submissions_of(roster, form, indicators)
    sent["002"] = typed(sent["002"], CASE, "0.00", Decimal("0.00"))
    turned = dict(reversed(sent["001"].cells.items()))
    turned.pop(CASE)
    sent["001"] = replace(sent["001"], cells=turned)
    given = [
        [
            (number, cells[address])
            for number, cells in enumerate(one.cells for one in sent.values())
            if address in cells
        ]
        for address in form.cells
    ]
    kept = {code: replace(one, cells=Columns.of(one.workbook, one.cells)) for code, one in sent.items()}
    for submissions in (sent, kept):
        accounts = compose_review(evidence(form, indicators, catalogue, 3, submissions)).accounts
        for address, told in zip(form.cells, given, strict=True):
            assert [
                (one.agency, one.value, one.raw, one.sheet, one.cell) for one in accounts[address].entries
            ] == [(at, cell.value, cell.raw, cell.place.sheet, cell.place.a1) for at, cell in told]
        assert list(map(str, accounts[CASE].entries.values)) == ["0", str(sent["003"].value(CASE))]
        assert [(one.agency, one.reason) for one in accounts[CASE].lacking] == [
            ("第1单位", "表里没有找到这一格")
        ]


def test_groups_add_up_to_the_figure(forms, indicators, catalogue):
    review = reviewed(forms, indicators, catalogue)
    account = review.accounts[RECEIVED]
    assert review.groups == ("旗市区政府", "市直机关")
    assert sum(account.subtotals) == account.value
    assert review.member == (0, 1, 1)


def test_a_figure_without_a_value_says_who_is_lacking_and_shows_what_there_is(forms, indicators, catalogue):
    review = reviewed(forms, indicators, catalogue, spoil=(CASE, "若干", None))
    account = review.accounts[CASE]
    assert (account.value, account.printed) == (None, "")
    assert [(one.agency, one.reason) for one in account.lacking] == [
        ("第2单位", "[表]A1 写的是“若干”，没有采用")
    ]
    assert [entry.agency for entry in account.entries] == [0, 2]


def test_who_has_not_reported_lacks_in_every_figure(forms, indicators, catalogue):
    review = reviewed(forms, indicators, catalogue, leave_out=("003",))
    assert review.agencies == ("第1单位", "第2单位")
    assert [(one.agency, one.reason) for one in review.accounts[RECEIVED].lacking] == [("第3单位", "未报")]


def test_last_year_stands_beside_this_year_for_the_whole_and_for_each_agency(forms, indicators, catalogue):
    account = reviewed(forms, indicators, catalogue).accounts[RECEIVED]
    assert account.before == 30
    assert account.difference == signed(account.value - 30)
    assert [entry.before for entry in account.entries] == [10, 10, 10]
    assert reviewed(forms, indicators, catalogue).accounts[CASE].difference == ""


def test_a_ratio_names_what_it_is_made_of_and_adds_nothing_up(forms, indicators, catalogue):
    review = reviewed(forms, indicators, catalogue)
    (ratio,) = [one for one in indicators if one.over]
    account = review.accounts[ratio.address]
    assert (list(account.entries), account.lacking) == ([], ())
    assert account.parts == tuple(f"indicators.{name}" for name in ratio.over)
    assert "÷" in account.formula


def test_a_figure_knows_where_the_narrative_prints_it(forms, indicators, catalogue):
    assert reviewed(forms, indicators, catalogue).accounts[RECEIVED].origins == ("第3段",)


@pytest.mark.parametrize(
    ("kind", "now", "before", "expected"),
    [
        ("count", "224", "110", ("+114", "+103.64%")),
        ("count", "90", "100", ("-10", "-10.00%")),
        ("count", "5", "5", ("0", "0.00%")),
        ("count", "5", "0", ("+5", "")),
        ("change", "-13", "3", ("-16", "")),
        ("yuan", "3117000000", "2859065000", ("+25793.5万元", "+9.02%")),
        ("wan", "18.8710", "18.8", ("+0.0710", "+0.38%")),
    ],
)
def test_the_change_is_said_as_an_office_reads_it(kind, now, before, expected):
    assert change(NumberKind(kind), Decimal(now), Decimal(before)) == expected


def test_nothing_is_said_of_a_change_from_or_to_what_is_not_known():
    assert (
        change(NumberKind.COUNT, None, Decimal(3)) == change(NumberKind.COUNT, Decimal(3), None) == ("", "")
    )


@given(st.integers(-(10**9), 10**9))
def test_a_signed_number_is_the_number(number):
    assert Decimal(signed(Decimal(number))) == number
    assert signed(Decimal(number)).startswith("+") is (number > 0)
