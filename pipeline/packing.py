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
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from pipeline.model.finding import Finding, Severity
from pipeline.model.place import CellPlace
from pipeline.model.submission import BETWEEN, Columns, Cover, Numerals, Order, Submission

PARTING = "\n"
"""Between a record's parts: JSON writes no line break as it is."""
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_THE_YEARS = "null"
_FIELDS = Cover.__struct_fields__
_NUMBERS = frozenset({"year", "version", "made_in"})
"""Fields of a cover that hold a whole number or nothing; the others are texts."""


class DamagedError(Exception):
    """A record is not what this program writes."""


class Reading(Struct, frozen=True):
    """What reading one file gave: no submission where it could not be read, and what was found in it."""

    submission: Submission | None
    findings: tuple[Finding, ...]


def packed(reading: Reading, order: Order) -> bytes:
    """A reading as a record; ``order`` is that of the year's addresses, and needed to read it again."""
    submission = reading.submission
    head: dict[str, Any] = {"findings": [astuple(one) for one in reading.findings], "cover": None}
    addresses, line, body = None, "", {}
    if submission is not None:
        columns = submission.columns()
        addresses = None if columns.order == order else columns.order.addresses
        line = BETWEEN.join(columns.numerals)
        head["cover"] = astuple(submission.cover)
        body = {
            "workbook": submission.workbook,
            "texts": list(submission.texts.items()),
            "text_cells": [[number, one.sheet, one.a1] for number, one in submission.text_cells.items()],
            "places": BETWEEN.join(columns.places),
            "sheets": columns.sheets,
            "raws": _by_text(columns.raws),
            "readings": _by_text(columns.readings),
        }
    parts = _WRITTEN.encode(head), _WRITTEN.encode(addresses), line, _WRITTEN.encode(body)
    return PARTING.join(parts).encode("utf-8", "surrogatepass")


def _by_text(texts: Mapping[int, str]) -> dict[str, list[int]]:
    """The positions of each text: many totals are blank alike."""
    found: dict[str, list[int]] = {}
    for at, text in texts.items():
        found.setdefault(text, []).append(at)
    return found


def unpacked(record: bytes, order: Order) -> Reading:
    """The reading in a record, its figures still as columns; DamagedError where it holds anything else."""
    with damage():
        head, addresses, line, body = record.decode("utf-8", "surrogatepass").split(PARTING)
        cover, findings = _head(head)
        if cover is None:
            return Reading(None, findings)
        told = Numerals(_order(addresses, order), line)
        return Reading(_submission(json.loads(body), cover, told), findings)


def numerals(record: bytes, order: Order) -> Numerals:
    """The numbers in a record of a file that could be read; DamagedError where there are none."""
    with damage():
        _, addresses, line, _ = record.split(PARTING.encode(), 3)
        return Numerals(_order(addresses.decode("utf-8", "surrogatepass"), order), line.decode("ascii"))


def _order(addresses: str, order: Order) -> Order:
    """That of a record: the year's unless it says another."""
    return order if addresses == _THE_YEARS else Order(tuple(map(text_of, json.loads(addresses))))


def announced(record: bytes) -> tuple[Cover | None, tuple[Finding, ...]]:
    """The cover in a record, None where the file could not be read, and its findings; or DamagedError."""
    with damage():
        return _head(record.partition(PARTING.encode())[0].decode("utf-8", "surrogatepass"))


@contextmanager
def damage() -> Iterator[None]:
    """DamagedError in place of whatever comes of a record that is not what it should be."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise DamagedError(str(error)) from error


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


def _head(text: str) -> tuple[Cover | None, tuple[Finding, ...]]:
    record = json.loads(text)
    cover, findings = record["cover"], tuple(finding_of(one) for one in record["findings"])
    return None if cover is None else _cover(cover), findings


def _submission(record: Any, cover: Cover, told: Numerals) -> Submission:
    workbook = text_of(record["workbook"])
    return Submission(
        workbook,
        cover,
        _cells(record, workbook, told),
        {number_of(number): text_of(text) for number, text in record["texts"]},
        {
            number_of(number): CellPlace(workbook, text_of(sheet), text_of(cell))
            for number, sheet, cell in record["text_cells"]
        },
    )


def _cells(record: Any, workbook: str, told: Numerals) -> Columns:
    count = len(told.order.addresses)
    columns = Columns(
        workbook,
        told.order,
        _split(told.line, count),
        _split(record["places"], count),
        tuple((text_of(name), number_of(run)) for name, run in record["sheets"]),
        _by_position(record["raws"], count),
        _by_position(record["readings"], count),
    )
    if sum(run for _, run in columns.sheets) != count:
        raise ValueError(workbook)
    return columns


def _split(line: Any, count: int) -> Sequence[str]:
    parts = text_of(line).split(BETWEEN) if count else []
    if len(parts) != count:
        raise ValueError(line)
    return parts


def _by_position(texts: Any, count: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for text, positions in texts.items():
        if not set(map(type, positions)) <= {int} or (
            positions and not 0 <= min(positions) <= max(positions) < count
        ):
            raise ValueError(texts)
        found |= dict.fromkeys(positions, text)
    return found


def _cover(values: Any) -> Cover:
    told: dict[str, Any] = dict(zip(_FIELDS, values, strict=True))
    for name, value in told.items():
        if name not in _NUMBERS:
            text_of(value)
        elif value is not None:
            number_of(value)
    return Cover(**told)


def finding_of(values: Any) -> Finding:
    """A finding of which these are the fields, in order."""
    severity, code, agency, year, *texts = values
    return Finding(Severity(severity), text_of(code), text_of(agency), number_of(year), *map(text_of, texts))


def text_of(value: Any) -> str:
    """The text; TypeError where it is none."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def number_of(value: Any) -> int:
    """The whole number; TypeError where it is none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value
