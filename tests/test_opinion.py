"""An opinion goes into its record and comes out the same; what is none is refused."""

import pytest

from pipeline.check.crossfooting import Verdict
from pipeline.check.peers import Profile
from pipeline.model.finding import Finding, Severity
from pipeline.model.tally import Checks, State
from pipeline.opinion import Opinion, packed, unpacked
from pipeline.packing import DamagedError


@pytest.mark.parametrize(
    "record",
    [
        b"", b"[]", b"\xff\n", b'[{},{}]\n[[],[],[],["",""]]\n', b'[{},{}]\n[[],[],[],[""]]', b'[{},{}]\n[[],[],[],["","",""]]', b'[{},{}]\n7',
        b'[{"row-total":["1",0,0,0,0,0]},{}]\n[[],[],[],["",""]]', b'[{"row-total":[true,0,0,0,0,0]},{}]\n[[],[],[],["",""]]',
        b'[{"row-total":[1,1,1,1,1]},{}]\n[[],[],[],["",""]]', b'[{"row-total":[1,1,1,1,1,1,1]},{}]\n[[],[],[],["",""]]',
        b'[{},{"a":{"hold":1}}]\n[[],[],[],["",""]]', b'[{},{"a":{"held":"1"}}]\n[[],[],[],["",""]]', b'[{},{}]\n[[],[],[1],["",""]]',
        b'[{},{}]\n[[["error"]],[],[],["",""]]', b'[{},{}]\n[[],[],[],["","\xed"]]', b'[{"\xed\xa0\x80":[1]},{}]\n[[],[],[],["",""]]',
        b"[" * 10**5 + b"\n" + b"[" * 10**5,
    ],
)  # fmt: skip
def test_what_is_no_opinion_is_damaged(record):
    with pytest.raises(DamagedError):
        unpacked(record)


def test_what_says_nothing_is_an_opinion_too():
    assert unpacked(b'[{},{}]\n[[],[],[],["",""]]').verdict.checks == {}


def test_an_opinion_comes_back_as_it_was_put_away():
    finding = Finding(
        Severity.WARNING, "a-code", "甲\ud800", 2019, "a.xlsx", "表", "A1", "句", "1", "2", "x.y"
    )
    checks = {"row-total": Checks(1, 0, 0, 2, 3, 4)}
    states = {"no-decisions": {State.HELD: 1, State.BROKEN: 2}}
    verdict = Verdict((), checks, frozenset(), frozenset())
    profile = Profile("1,,2.50", "ab")
    opinion = Opinion(verdict, states, (finding,), (finding, finding), frozenset({"x.y"}), profile)
    assert unpacked(packed(opinion)) == opinion
