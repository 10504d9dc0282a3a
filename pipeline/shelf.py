"""The submissions of one run, laid down as they are read: one is in memory at a time, the rest in a file.

The file has no name, is nobody else's, and is gone with the run: what the run goes on is what it has read,
whatever becomes of the workbooks and of the store meanwhile.
"""

import weakref
from array import array
from tempfile import SpooledTemporaryFile

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.model.submission import Order, Submission
from pipeline.packing import unpacked

IN_MEMORY = 1024 * 1024
"""Bytes that need no file: some three hundred submissions."""


class Shelf:
    """The submissions by the number of their arrival, from 0.

    Each is made anew when it is asked for: go through them rather than fetch one again and again.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._ends = array("Q", [0])
        self._file = SpooledTemporaryFile[bytes](IN_MEMORY)
        weakref.finalize(self, self._file.close)

    def add(self, record: bytes) -> None:
        """Lay the record of the next arrival down; OperatorError (output) where the disk is full."""
        try:
            self._file.seek(self._ends[-1])
            self._file.write(record)
            self._file.flush()
        except OSError as error:
            raise OperatorError(
                ExitCode.OUTPUT, f"临时文件写不进去：{reason(error)}。请腾出磁盘空间再运行。"
            ) from error
        self._ends.append(self._ends[-1] + len(record))

    def submission(self, at: int) -> Submission | None:
        """What was read from the arrival of this number; None where it could not be read."""
        start, end = self._ends[at], self._ends[at + 1]
        self._file.seek(start)
        return unpacked(self._file.read(end - start), self._order).submission
