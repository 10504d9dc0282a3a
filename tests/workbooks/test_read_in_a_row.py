"""Hundreds of workbooks read one after the other: what is remembered of one changes nothing in any other.

Returns from one blank, alternately as each program saves them, with one thing changed in each (``kit.variants``):
every figure, text and finding must be that of the workbook read alone.
"""

import os
from collections.abc import Sequence
from random import Random

import pytest

from kit.city import FLAVOURS, workbook
from kit.returns import asked
from kit.variants import CHANGES, varied
from pipeline.model.submission import Order
from pipeline.packing import Reading, packed
from pipeline.workbooks.read import Reader
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sheet import open_workbook

ROUNDS = range(40 if os.environ.get("MAKE_REPORT_PROOF") == "full" else 1)
AGENCIES = 4
KINDS = [kind for kind in FLAVOURS if kind not in {"xls", "ods"}]


@pytest.fixture(scope="module", params=ROUNDS)
def returns(request) -> Sequence[tuple[str, bytes]]:
    """Workbooks with what is odd about each, in any order; every kind of change to every program's, and unchanged."""
    chance = Random(request.param)
    made = []
    for kind in KINDS:
        for name, change in CHANGES.items():
            content = workbook(chance.randrange(AGENCIES), request.param, kind)
            made.append((f"{kind}: {name}", varied(content, change, chance)))
        made += [(kind, workbook(number, request.param, kind)) for number in range(AGENCIES)]
    chance.shuffle(made)
    return made


@pytest.fixture(scope="module")
def alone(returns):
    """What is read of each where it is the only one, digit for digit."""
    return [read(Reader(asked()), number, content) for number, (_, content) in enumerate(returns)]


def read(reader: Reader, number: int, content: bytes) -> bytes:
    return packed(Reading(*reader.read(content, f"{number}.xlsx")), Order(()))


def test_each_is_read_as_if_it_came_alone(returns, alone):
    reader = Reader(asked())
    for number, (what, content) in enumerate(returns):
        assert read(reader, number, content) == alone[number], what


def test_whoever_came_before_it_makes_no_difference(returns, alone):
    reader = Reader(asked())
    for number, (what, content) in reversed(list(enumerate(returns))):
        assert read(reader, number, content) == alone[number], what


def test_the_comparison_is_one_of_something(returns, alone):
    """Unchanged returns are met the fast way, and most of the changes are seen."""
    reader, fast = Reader(asked()), 0
    for number, (_, content) in enumerate(returns[:60]):
        read(reader, number, content)
        try:
            fast += reader.arrangements.fitting(open_workbook(content).blocks) is not None
        except RefusalError:
            continue
    assert fast > 15
    assert len({record.partition(b'"workbook"')[0] for record in alone}) > len(CHANGES)
