"""Take in the files that arrived: read each, lay its submission on the shelf, and sort out what counts."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from pipeline.check.roster import Reception, receive
from pipeline.check.whose import Awaited
from pipeline.errors import ExitCode, reason
from pipeline.execution import Failure, Work, over_all, values
from pipeline.model.submission import Arrival, Order
from pipeline.packing import Reading, packed, unpacked
from pipeline.shelf import Shelf
from pipeline.workbooks.indicators import typed_indicators
from pipeline.workbooks.read import Asked, Reader
from pipeline.workspace import ArrivedFile


class Read(NamedTuple):
    """A file read: the digest of the bytes that were read, and what was read as a record."""

    sha256: str
    record: bytes


def order_of(asked: Asked) -> Order:
    """The addresses of a year's submissions, in the order in which they are kept."""
    return Order((*asked.form.cells, *(one.address for one in typed_indicators(asked.indicators))))


def take_in(files: Sequence[ArrivedFile], asked: Asked, awaited: Awaited, jobs: int = 1) -> Reception:
    """Read what has arrived, by so many processes, and sort out whose it is and what counts."""
    order = order_of(asked)
    shelf = Shelf(order)
    arrivals: list[Arrival] = []
    for file, read in zip(files, _readings(files, asked, jobs), strict=True):
        reading = unpacked(read.record, order)
        shelf.add(read.record)
        cover = reading.submission.cover if reading.submission else None
        arrivals.append(Arrival(file.path, read.sha256, cover, reading.findings))
    return receive(arrivals, awaited, shelf.submission)


def _readings(files: Sequence[ArrivedFile], asked: Asked, jobs: int) -> Iterator[Read]:
    """What was read from each file; one over which its reader's process died cannot be read, no more."""
    work = Work(partial(Reader, asked), _read)
    results = over_all(work, files, jobs)
    yield from values(_survived(file, result, asked) for file, result in zip(files, results, strict=True))


def _survived(file: ArrivedFile, result: Read | Failure, asked: Asked) -> Read | Failure:
    if isinstance(result, Failure) and result.code is ExitCode.WORKER:
        return read_file(replace(file, unreadable="读它的进程中途退出了"), Reader(asked))
    return result


def _read(reader: Reader, file: ArrivedFile) -> Read:
    return read_file(file, reader)


def read_file(file: ArrivedFile, reader: Reader) -> Read:
    """Read one file that arrived: a worker's task."""
    asked = reader.asked
    unreadable, content = file.unreadable, b""
    try:
        content = file.read()
    except OSError as error:
        unreadable = reason(error)
    if unreadable:
        told = asked.catalogue.finding(
            "workbook-unreadable", year=asked.year, workbook=file.path, found=unreadable
        )
        reading = Reading(None, (told,))
    else:
        reading = Reading(*reader.read(content, file.path))
    return Read(hashlib.sha256(content).hexdigest(), packed(reading, order_of(asked)))
