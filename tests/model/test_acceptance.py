"""An acceptance is for one finding, with its numbers, until a day."""

import datetime

import pytest
from msgspec.structs import replace

from pipeline.model.acceptance import Acceptance, State, covering
from pipeline.model.finding import Finding, Severity

DAY = datetime.date(2021, 2, 1)
FOUND = Finding(
    severity=Severity.WARNING,
    code="items-continuity",
    agency="市教育局",
    year=2020,
    workbook="inputs/2020/submissions/局.xlsx",
    sheet="主动公开",
    cell="B6",
    message="",
    found="8",
    expected="5",
    address="proactive.licences.items_last_year",
)
STOOD_BY = Acceptance("items-continuity", "机构改革", "张三")


@pytest.mark.parametrize(
    ("said", "covers"),
    [
        ({}, True),
        ({"agency": "市教育局"}, True),
        ({"agency": "市财政局"}, False),
        ({"cell": "B6", "sheet": "主动公开"}, True),
        ({"cell": "B6", "sheet": "依申请公开"}, False),
        ({"cell": "B7"}, False),
        ({"address": "proactive.licences.items_last_year"}, True),
        ({"address": "proactive.fees.items_last_year"}, False),
        ({"workbook": "局.xlsx"}, True),
        ({"workbook": "submissions/局.xlsx"}, True),
        ({"workbook": "教育局.xlsx"}, False),
        ({"found": "8", "expected": "5"}, True),
        ({"found": "9", "expected": "5"}, False),
        ({"found": "8", "expected": "6"}, False),
        ({"found": ""}, False),
        ({"until": DAY}, True),
        ({"until": DAY - datetime.timedelta(1)}, False),
        ({"code": "in-force"}, False),
    ],
)
def test_it_covers_what_it_names_and_nothing_else(said, covers):
    assert replace(STOOD_BY, **said).covers(FOUND, DAY) is covers


@pytest.mark.parametrize(
    ("said", "state", "word"),
    [
        ({}, State.HOLDS, "有效"),
        ({"until": datetime.date(2021, 1, 1)}, State.EXPIRED, "已过期"),
        ({"found": "7"}, State.CHANGED, "数已变"),
        ({"agency": "市财政局"}, State.IDLE, "用不着"),
    ],
)
def test_what_it_does_today(said, state, word):
    assert replace(STOOD_BY, **said).state([FOUND], DAY) is state
    assert state.word == word


def test_the_first_that_covers_is_the_one_that_is_shown():
    lapsed, later = replace(STOOD_BY, found="7"), replace(STOOD_BY, by="李四")
    assert covering(FOUND, [lapsed, later, STOOD_BY], DAY) is later
    assert covering(FOUND, [lapsed], DAY) is None


def test_only_an_entry_that_names_neither_whom_nor_what_is_wide():
    assert STOOD_BY.is_wide
    for said in ({"agency": "市教育局"}, {"cell": "B6"}, {"address": "a.b"}, {"workbook": "局.xlsx"}):
        assert not replace(STOOD_BY, **said).is_wide
