"""What was read from one workbook as a few kilobytes of text, and back: for the shelf and the store.

Four parts: cover and findings, the addresses where they are not the year's, the numbers, and the rest; so
that a cover, or the numbers, can be had without the others. All but the numbers is JSON, so that a record of
unknown origin can do no more than be refused. Numbers are kept as they are printed, digit for digit; where a
cell stands and how it was typed, as columns in the form's order.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from types import GenericAlias
from typing import Any, TypeVar

from msgspec import Struct, convert
from msgspec.json import Decoder
from msgspec.structs import astuple, fields

from pipeline.model.finding import Finding
from pipeline.model.place import CellPlace
from pipeline.model.submission import BETWEEN, Columns, Cover, Numerals, Order, Submission

PARTING = b"\n"
"""Between a record's parts: JSON writes no line break as it is."""
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_THE_YEARS = b"null"
Kind = TypeVar("Kind")


class DamagedError(Exception):
    """A record is not what this program writes."""


class Reading(Struct, frozen=True):
    """What reading one file gave: no submission where it could not be read, and what was found in it."""

    submission: Submission | None
    findings: tuple[Finding, ...]


def row_of(kind: type[Struct]) -> Any:
    """The type of the fields of a struct, in order: none may be lacking in JSON, and no more there."""
    return GenericAlias(tuple, tuple(one.type for one in fields(kind)))


class _Body(Struct):
    """What a record has besides cover, findings and numbers."""

    workbook: str
    texts: list[tuple[int, str]]
    text_cells: list[tuple[int, str, str]]
    places: str
    sheets: tuple[tuple[str, int], ...]
    raws: dict[str, list[int]]
    readings: dict[str, list[int]]


FINDINGS: Any = GenericAlias(list, row_of(Finding))
_HEAD: Decoder[Any] = Decoder(GenericAlias(tuple, (row_of(Cover) | None, FINDINGS)))
_ADDRESSES = Decoder(tuple[str, ...])
_BODY = Decoder(_Body)


def packed(reading: Reading, order: Order) -> bytes:
    """A reading as a record; ``order`` is that of the year's addresses, and needed to read it again."""
    submission = reading.submission
    addresses, line, cover, body = None, "", None, {}
    if submission is not None:
        columns = submission.columns()
        addresses = None if columns.order == order else columns.order.addresses
        line = BETWEEN.join(columns.numerals)
        cover = astuple(submission.cover)
        body = {
            "workbook": submission.workbook,
            "texts": list(submission.texts.items()),
            "text_cells": [[number, one.sheet, one.a1] for number, one in submission.text_cells.items()],
            "places": BETWEEN.join(columns.places),
            "sheets": columns.sheets,
            "raws": _by_text(columns.raws),
            "readings": _by_text(columns.readings),
        }
    head = cover, [astuple(one) for one in reading.findings]
    return PARTING.join([as_record(head), as_record(addresses), line.encode("ascii"), as_record(body)])


def _by_text(texts: Mapping[int, str]) -> dict[str, list[int]]:
    """The positions of each text: many totals are blank alike."""
    found: dict[str, list[int]] = {}
    for at, text in texts.items():
        found.setdefault(text, []).append(at)
    return found


def unpacked(record: bytes, order: Order) -> Reading:
    """The reading in a record, its figures still as columns; DamagedError where it holds anything else."""
    with damage():
        head, addresses, line, body = record.split(PARTING)
        cover, findings = _head(head)
        if cover is None:
            return Reading(None, findings)
        told = Numerals(_order(addresses, order), line.decode("ascii"))
        return Reading(_submission(understood(_BODY, body), cover, told), findings)


def numerals(record: bytes, order: Order) -> Numerals:
    """The numbers in a record of a file that could be read; DamagedError where there are none."""
    with damage():
        _, addresses, line, _ = record.split(PARTING, 3)
        return Numerals(_order(addresses, order), line.decode("ascii"))


def _order(addresses: bytes, order: Order) -> Order:
    """That of a record: the year's unless it says another."""
    return order if addresses == _THE_YEARS else Order(understood(_ADDRESSES, addresses))


def announced(record: bytes) -> tuple[Cover | None, tuple[Finding, ...]]:
    """The cover in a record, None where the file could not be read, and its findings; or DamagedError."""
    with damage():
        return _head(record.partition(PARTING)[0])


@contextmanager
def damage() -> Iterator[None]:
    """DamagedError in place of whatever comes of a record that is not what it should be."""
    try:
        yield
    except (RecursionError, ValueError) as error:
        raise DamagedError(str(error)) from error


def as_record(value: object) -> bytes:
    """A value as one line of JSON; half a character, which is no UTF-8, as it is."""
    return _WRITTEN.encode(value).encode("utf-8", "surrogatepass")


def understood(decoder: Decoder[Kind], text: bytes) -> Kind:
    """What a line of JSON says; ValueError or RecursionError where that is nothing of the decoder's type."""
    try:
        return decoder.decode(text)
    except UnicodeDecodeError:  # there may be half a character in it
        told: Kind = convert(json.loads(text.decode("utf-8", "surrogatepass")), decoder.type)
        return told


def proved(reading: Reading) -> Reading:
    """The reading, every figure in it proved a number; DamagedError where one is none."""
    cells = reading.submission.cells if reading.submission else {}
    if isinstance(cells, Columns):
        try:
            sound = all(text.isascii() and Decimal(text).is_finite() for text in set(cells.numerals) if text)
        except InvalidOperation as error:
            raise DamagedError(str(error)) from error
        if not sound:
            raise DamagedError(cells.workbook)
    return reading


def _head(text: bytes) -> tuple[Cover | None, tuple[Finding, ...]]:
    cover, findings = understood(_HEAD, text)
    return None if cover is None else Cover(*cover), tuple(Finding(*one) for one in findings)


def _submission(body: _Body, cover: Cover, told: Numerals) -> Submission:
    return Submission(
        body.workbook,
        cover,
        _cells(body, told),
        dict(body.texts),
        {number: CellPlace(body.workbook, sheet, cell) for number, sheet, cell in body.text_cells},
    )


def _cells(body: _Body, told: Numerals) -> Columns:
    count = len(told.order.addresses)
    if sum(run for _, run in body.sheets) != count:
        raise ValueError(body.workbook)
    return Columns(
        body.workbook,
        told.order,
        _split(told.line, count),
        _split(body.places, count),
        body.sheets,
        _by_position(body.raws, count),
        _by_position(body.readings, count),
    )


def _split(line: str, count: int) -> Sequence[str]:
    parts = line.split(BETWEEN) if count else []
    if len(parts) != count:
        raise ValueError(line)
    return parts


def _by_position(texts: Mapping[str, Sequence[int]], count: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for text, positions in texts.items():
        if positions and not 0 <= min(positions) <= max(positions) < count:
            raise ValueError(text)
        found |= dict.fromkeys(positions, text)
    return found
