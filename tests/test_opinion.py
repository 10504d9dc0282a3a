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
        b"", b"{}", b"\xff\n", b'{}\n[[],[],[],"",""]\n', b'{"checks":{},"states":{}}\n[[],[],[],""]', b'{"checks":{},"states":{}}\n7', b'{"checks":{},"states":{}}\n[[],[],[],"",1]', b'{"checks":{},"states":{}}\n[[],[],[1],"",""]',
        b'{"checks":{"row-total":["1"]},"states":{}}\n[[],[],[],"",""]', b'{"checks":{},"states":{"a":{"hold":1}}}\n[[],[],[],"",""]',
        b'{"checks":{"row-total":[1,1,1,1,1,1,1]},"states":{}}\n[[],[],[],"",""]', b'{"checks":{},"states":{}}\n[[["error"]],[],[],"",""]',
    ],
)  # fmt: skip
def test_what_is_no_opinion_is_damaged(record):
    with pytest.raises(DamagedError):
        unpacked(record)


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
