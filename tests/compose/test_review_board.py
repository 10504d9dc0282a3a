"""The board says of every agency where it stands, and shows every file that came."""

from msgspec.structs import replace

from kit.findings import found
from kit.offices import roster_of
from kit.review import receipt, submissions_of
from pipeline.compose.review_board import board, strangers
from pipeline.compose.review_findings import Places, items
from pipeline.model.board import State
from pipeline.model.review import Approval

NOWHERE = Places({}, frozenset(), "")


def listed(findings, approval=lambda _: None):
    return items(findings, NOWHERE, approval)


def test_each_agency_stands_where_its_files_and_findings_put_it(forms, indicators, catalogue):
    roster = roster_of(5)
    sent = submissions_of(roster, forms["2019"], indicators)
    _, refused, wrong, doubtful, fine = roster.agencies
    receipts = [
        receipt(refused, None, "打不开。", "b.xlsx"),
        *(receipt(one, sent[one.code]) for one in (wrong, doubtful, fine)),
    ]
    findings = [
        found(catalogue, "row-total", wrong.name),
        found(catalogue, "row-total", wrong.name, cell="D7"),
        found(catalogue, "section-empty", doubtful.name),
        found(catalogue, "column-ignored", fine.name),
    ]
    lines = board(roster, receipts, listed(findings))
    assert [(line.state, line.errors, line.warnings) for line in lines] == [
        (State.MISSING, 0, 0),
        (State.UNUSABLE, 0, 0),
        (State.WRONG, 2, 0),
        (State.DOUBTFUL, 0, 1),
        (State.SUBMITTED, 0, 0),
    ]
    assert [(one.workbook, one.counted, one.reason) for one in lines[1].versions] == [
        ("b.xlsx", False, "打不开。")
    ]


def test_an_accepted_finding_weighs_nothing(forms, indicators, catalogue):
    roster = roster_of(1)
    (agency,) = roster.agencies
    sent = submissions_of(roster, forms["2019"], indicators)
    findings = [found(catalogue, "row-total", agency.name)]
    told = listed(findings, lambda _: Approval("已核对原件", "张三", ""))
    (line,) = board(roster, [receipt(agency, sent[agency.code])], told)
    assert (line.state, line.errors, line.accepted) == (State.SUBMITTED, 0, 1)


def test_a_file_that_belongs_to_nobody_is_shown_with_the_reason():
    stranger = receipt(None, None, "认不出是哪个单位。", "x.xlsx")
    assert [(one.workbook, one.reason) for one in strangers([stranger])] == [("x.xlsx", "认不出是哪个单位。")]


def test_what_the_office_leaves_out_is_as_if_it_had_not_come_and_is_shown_with_the_reason(
    forms, indicators, catalogue
):
    roster = roster_of(1)
    (agency,) = roster.agencies
    left_out = replace(receipt(agency, None, "重报前的旧表。", "旧.xlsx"), excluded=True)
    (line,) = board(roster, [left_out], listed([]))
    assert (line.state, line.versions[0].reason) == (State.MISSING, "重报前的旧表。")
