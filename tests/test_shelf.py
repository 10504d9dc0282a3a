"""A run's submissions are laid down as they come and fetched one at a time, from memory or from a file."""

import errno
from decimal import Decimal

import pytest

import pipeline.shelf
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.place import CellPlace
from pipeline.model.submission import Cell, Cover, Order, Submission
from pipeline.packing import Reading, packed
from pipeline.shelf import Shelf

ORDER = Order(("a.x",))


def submission(number):
    place = CellPlace(f"{number}.xlsx", "表", "D6")
    return Submission(
        place.workbook, Cover(code=str(number)), {"a.x": Cell("a.x", "", Decimal(number), place)}
    )


@pytest.mark.parametrize("in_memory", [10, 10**6], ids=["in a file", "in memory"])
def test_each_is_found_again_in_whatever_order_they_are_asked_for(monkeypatch, in_memory):
    monkeypatch.setattr(pipeline.shelf, "IN_MEMORY", in_memory)
    shelf = Shelf(ORDER, 5)
    for number in range(5):
        record = packed(Reading(submission(number) if number != 2 else None, ()), ORDER)
        shelf.put((number + 1) % 5, record)
        assert shelf.submission(1) == submission(0)
    assert [shelf.submission(at) for at in (0, 1, 3, 4)] == [
        submission(4),
        submission(0),
        None,
        submission(3),
    ]
    assert shelf.numerals(4) == shelf.of([4]).numerals(0) == submission(3).numerals


def test_a_full_disk_is_told_in_words(monkeypatch):
    shelf = Shelf(ORDER, 1)

    def full(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shelf._file, "write", full)
    with pytest.raises(OperatorError) as raised:
        shelf.put(0, b"x")
    assert raised.value.code is ExitCode.OUTPUT
    assert "磁盘" in raised.value.message
