"""Read files that arrived, by whoever has a hand free: each gives a record, or a finding why it does not."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.arrived import AnyFile, ArrivedFile
from pipeline.errors import ExitCode, reason
from pipeline.execution import Failure, Hands, Work, over_all, values
from pipeline.packing import Reading, packed
from pipeline.workbooks.asked import Asked
from pipeline.workbooks.read import Reader


class Read(NamedTuple):
    """A file read: the digest of the bytes that were read, and what was read as a record."""

    sha256: str
    record: bytes
    lasting: bool
    """Whether the same bytes give the same record again: not where the system did not give them."""


def read_files(files: Sequence[ArrivedFile], asked: Asked, hands: Hands) -> Iterator[Read]:
    """What was read from each file; one over which its reader's process died cannot be read, no more."""
    work = Work(partial(Reader, asked), _read, wary=True)
    # Another computer's worker has not these files: each is sent with its bytes when its turn comes.
    items: Iterable[AnyFile] = files if isinstance(hands, int) else (file.carried() for file in files)
    results = over_all(work, items, hands)
    yield from values(_survived(file, result, asked) for file, result in zip(files, results, strict=True))


def _survived(file: ArrivedFile, result: Read | Failure, asked: Asked) -> Read | Failure:
    """What was read; a dead process's file cannot be read, and a bug says over which file it came."""
    if isinstance(result, Failure) and result.code is ExitCode.WORKER:
        return read_file(replace(file, unreadable="读它的进程中途退出了"), Reader(asked))
    if isinstance(result, Failure) and result.code is ExitCode.BUG:
        words = f"读 {file.path} 时出错。急用的，先把这一份移出 submissions 再运行，别的照做。"
        return replace(result, words=f"{result.words}{words}")
    return result


def _read(reader: Reader, file: AnyFile) -> Read:
    return read_file(file, reader)


def read_file(file: AnyFile, reader: Reader) -> Read:
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
    return Read(hashlib.sha256(content).hexdigest(), packed(reading, asked.order), not unreadable)
