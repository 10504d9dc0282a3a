"""The submissions of one run, laid down as they are read: one is in memory at a time, the rest in a file.

The file has no name, is nobody else's, and is gone with the run: what the run goes on is what it has read,
whatever becomes of the workbooks and of the store meanwhile.
"""

import weakref
from array import array
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile

from msgspec import Struct

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.model.submission import Numerals, Order, Submission
from pipeline.packing import numerals, unpacked

IN_MEMORY = 1024 * 1024
"""Bytes that need no file: some three hundred submissions."""


class Shelf:
    """The submissions by the number of their arrival, from 0 to ``count`` - 1.

    Each is made anew when it is asked for: go through them rather than fetch one again and again.
    """

    def __init__(self, order: Order, count: int) -> None:
        self._order = order
        self._starts = array("Q", bytes(8 * count))
        self._lengths = array("Q", bytes(8 * count))
        self._end = 0
        self._file = SpooledTemporaryFile[bytes](IN_MEMORY)
        weakref.finalize(self, self._file.close)

    def put(self, at: int, record: bytes) -> None:
        """Lay the record of an arrival down, once; OperatorError (output) where the disk is full."""
        try:
            self._file.seek(self._end)
            self._file.write(record)
            self._file.flush()
        except OSError as error:
            raise OperatorError(
                ExitCode.OUTPUT, f"临时文件写不进去：{reason(error)}。请腾出磁盘空间再运行。"
            ) from error
        self._starts[at], self._lengths[at] = self._end, len(record)
        self._end += len(record)

    def submission(self, at: int) -> Submission | None:
        """What was read from the arrival of this number; None where it could not be read."""
        return unpacked(self._record(at), self._order).submission

    def numerals(self, at: int) -> Numerals:
        """The numbers that were read from the arrival of this number, which could be read."""
        return numerals(self._record(at), self._order)

    def of(self, numbers: Iterable[int]) -> "Carton":
        """The records of these numbers, in this order."""
        return Carton(self._order, tuple(map(self._record, numbers)))

    def _record(self, at: int) -> bytes:
        self._file.seek(self._starts[at])
        return self._file.read(self._lengths[at])


class Carton(Struct, frozen=True):
    """A few submissions as records, by their numbers from 0, to be taken elsewhere."""

    order: Order
    records: tuple[bytes, ...]

    def submission(self, at: int) -> Submission | None:
        """What was read from the arrival of this number; None where it could not be read."""
        return unpacked(self.records[at], self.order).submission

    def numerals(self, at: int) -> Numerals:
        """The numbers that were read from the arrival of this number, which could be read."""
        return numerals(self.records[at], self.order)

    def of(self, numbers: Iterable[int]) -> "Carton":
        """The records of these numbers, in this order."""
        return Carton(self.order, tuple(self.records[at] for at in numbers))
