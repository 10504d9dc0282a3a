"""The overview of many agencies: all is counted, a few of each are shown, and where the others are."""

from decimal import Decimal

import msgspec
import pytest
from msgspec.structs import replace

from kit.findings import found
from kit.invented import TEMPLATES
from kit.offices import roster_of
from kit.parts import SMALL
from kit.reception import reception_of
from kit.review import RECEIVED, evidence, receipt, submissions_of, typed
from pipeline.compose import review_parts
from pipeline.compose.review import compose_review
from pipeline.compose.review_parts import PartTold, overview, shared_folder, told_of
from pipeline.model.board import State
from pipeline.model.consolidation import LastYear
from pipeline.model.division import divide
from pipeline.model.finding import Severity
from pipeline.model.review import Approval
from pipeline.review_parts import _evidence, _found, _frame, _of_none, _share


@pytest.fixture
def whole(forms, indicators, catalogue):
    """Twelve agencies: one sent nothing, two are wrong, one of these by a finding that was accepted."""
    form, roster = forms["2019"], roster_of(12)
    sent = submissions_of(roster, form, indicators)
    del sent["012"]
    file = "inputs/2020/submissions/第{}单位.xlsx".format
    told = [
        *(
            found(
                catalogue, "row-total", "第2单位", file(2), cell=f"D{row}", address=RECEIVED, found=str(row)
            )
            for row in range(6, 9)
        ),
        found(catalogue, "row-total", "第6单位", file(6), cell="D6", address=RECEIVED),
        found(catalogue, "row-total", "第7单位", file(7), cell="D6", address=RECEIVED),
        found(catalogue, "requests-balance", "", "", "", "", "总数不平。", "1", "2"),
    ]
    why = Approval("已核对原件", "张三", "")
    return evidence(
        form,
        indicators,
        catalogue,
        12,
        sent,
        roster=roster,
        findings=told,
        approval=lambda one: why if one.agency == "第7单位" else None,
    )


def told_by_part(whole):
    """The parts, what is told of each, and what was found."""
    parts = divide(whole.roster, SMALL)
    found, frame = _found(whole), _frame(whole, "", TEMPLATES)
    came = reception_of(whole).shares(part.agencies for part in parts)
    shares = [_share(part, one, found, whole) for part, one in zip(parts, came, strict=True)]
    reviews = [compose_review(_evidence(frame, share)) for share in shares]
    told = [told_of(one, part, f"{part.number}.html") for one, part in zip(reviews, parts, strict=True)]
    return parts, told, found


def made(whole):
    parts, told, found = told_by_part(whole)
    none = compose_review(_of_none(whole, parts, found))
    return overview(none, told, "inputs/2020/submissions", tuple(whole.consolidation.groups))


def test_what_is_told_of_a_part_is_kept_for_the_next_run_word_for_word(whole):
    _, told, _ = told_by_part(whole)
    assert [len(one.topics) for one in told] == [1, 2, 0]
    for one in told:
        back = msgspec.json.decode(msgspec.json.encode(one), type=PartTold)
        assert (back, repr(back)) == (one, repr(one))


def test_every_part_is_a_line_and_nobody_is_left_out_of_the_counts(whole):
    page = made(whole)
    lines = page.division.parts
    assert [(one.label, one.expected, one.counted, one.errors, one.accepted) for one in lines] == [
        ("第1册", 4, 4, 3, 0),
        ("第2册", 4, 4, 1, 1),
        ("第3册", 4, 3, 0, 0),
    ]
    assert sum(page.states.values()) == 12
    assert page.states[State.MISSING] == 1
    assert lines[1].agencies == ("第5单位", "第6单位", "第7单位", "第8单位")


def test_the_parts_sums_stand_where_the_agencies_figures_would_and_add_up(whole):
    account = made(whole).accounts[RECEIVED]
    assert [entry.agency for entry in account.entries] == [0, 1, 2]
    assert sum(entry.value for entry in account.entries) == account.value
    assert [entry.raw for entry in account.entries] == ["4", "4", "3"]
    assert [entry.before for entry in account.entries] == [Decimal(40), Decimal(40), Decimal(30)]
    assert [(one.agency[:3], one.reason) for one in account.lacking] == [("第3册", "1 家")]


def test_without_a_figure_of_last_year_for_all_a_part_has_none(whole):
    last = whole.last_year
    some = LastYear(last.year, last.workbook, {"001": {RECEIVED: Decimal(3)}}, {}, {})
    entries = made(replace(whole, last_year=some)).accounts[RECEIVED].entries
    assert [entry.before for entry in entries] == [None, None, None]


def test_a_few_findings_of_each_kind_are_shown_and_the_others_are_counted_with_their_page(whole, monkeypatch):
    monkeypatch.setattr(review_parts, "ITEMS", 2)
    page = made(whole)
    wrong, balance, accepted = sorted(
        page.topics, key=lambda one: (one.accepted, one.kind.code != "row-total")
    )
    assert (wrong.count, len(wrong.items), wrong.further) == (4, 2, 2)
    assert [(one.count, one.label, one.link) for one in wrong.beyond] == [
        (1, "第1册", "1.html"),
        (1, "第2册", "2.html"),
    ]
    assert (balance.kind.code, balance.count, balance.beyond) == ("requests-balance", 1, ())
    assert (accepted.accepted, accepted.count) == (True, 1)
    numbers = [item.number for topic in page.topics for item in topic.items]
    assert len(set(numbers)) == len(numbers), "each has a number of its own"


def test_a_figure_is_marked_for_the_findings_on_other_pages_too(whole):
    mark = made(whole).division.marked[RECEIVED]
    assert (mark.count, mark.heaviest) == (4, Severity.ERROR), "what was accepted marks nothing"


def test_agencies_to_look_at_are_listed_of_each_state_so_many(whole, monkeypatch):
    assert [line.agency for line in made(whole).board] == ["第2单位", "第6单位", "第12单位"]
    monkeypatch.setattr(review_parts, "LINES", 1)
    page = made(whole)
    assert [line.agency for line in page.board] == ["第2单位", "第12单位"]
    assert page.states[State.WRONG] == 2
    assert page.division.pages["第12单位"] == "3.html"


def test_with_many_groups_their_sums_are_left_to_the_parts(whole, monkeypatch):
    assert made(whole).groups == ("旗市区政府", "市直机关")
    monkeypatch.setattr(review_parts, "GROUPS", 1)
    page = made(whole)
    assert page.groups == ()
    assert page.accounts[RECEIVED].subtotals == ()


def test_the_folder_is_that_of_all_files():
    assert shared_folder([]) == ""
    receipts = [
        receipt(None, None, "认不出", f"inputs/2020/submissions/{name}.xlsx") for name in ("甲/1", "乙/2")
    ]
    assert shared_folder(receipts) == "inputs/2020/submissions"


def test_a_number_that_could_not_be_read_is_lacking_in_its_part(whole):
    sent = {**whole.submissions, "005": typed(whole.submissions["005"], RECEIVED, "若干", None)}
    page = made(replace(whole, submissions=sent))
    account = page.accounts[RECEIVED]
    assert [one.agency[:3] for one in account.lacking] == ["第2册", "第3册"]
    assert account.entries.raws[1] == "3"
