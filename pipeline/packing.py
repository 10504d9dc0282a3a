"""What was read from one workbook as a few kilobytes of text, and back: for the shelf and the store.

JSON, so that a record of unknown origin can do no more than be refused. Numbers are kept as they are printed,
digit for digit; where a cell stands and how it was typed, as columns in the form's order.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from pipeline.model.finding import Finding, Severity
from pipeline.model.place import CellPlace
from pipeline.model.submission import Cell, Columns, Cover, Order, Submission

BETWEEN = ","
_NUMBERS = frozenset({"year", "version", "made_in"})
"""Fields of a cover that hold a whole number or nothing; the others are texts."""


class DamagedError(Exception):
    """A record is not what this program writes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave: no submission where it could not be read, and what was found in it."""

    submission: Submission | None
    findings: tuple[Finding, ...]


def packed(reading: Reading, order: Order) -> bytes:
    """A reading as a record; ``order`` is that of the year's addresses, and needed to read it again."""
    submission = reading.submission
    record: dict[str, Any] = {"findings": [astuple(one) for one in reading.findings]}
    if submission is not None:
        record |= {
            "workbook": submission.workbook,
            "cover": list(astuple(submission.cover)),
            "texts": list(submission.texts.items()),
            "text_cells": [[number, one.sheet, one.a1] for number, one in submission.text_cells.items()],
            **_columns(submission.cells, order),
        }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _columns(cells: Mapping[str, Cell], order: Order) -> dict[str, Any]:
    addresses, listed = tuple(cells), list(cells.values())
    numerals = ["" if cell.value is None else str(cell.value) for cell in listed]
    sheets = [(name, len(list(run))) for name, run in groupby(cell.place.sheet for cell in listed)]
    raws = ((at, cell.raw) for at, cell in enumerate(listed) if cell.raw != numerals[at])
    readings = ((at, cell.reading) for at, cell in enumerate(listed) if cell.reading)
    return {
        "addresses": None if addresses == order.addresses else addresses,
        "numerals": BETWEEN.join(numerals),
        "places": BETWEEN.join(cell.place.a1 for cell in listed),
        "sheets": sheets,
        "raws": _by_text(raws),
        "readings": _by_text(readings),
    }


def _by_text(pairs: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    """The positions of each text: many totals are blank alike."""
    found: dict[str, list[int]] = {}
    for at, text in pairs:
        found.setdefault(text, []).append(at)
    return found


def unpacked(record: bytes, order: Order) -> Reading:
    """The reading in a record, its figures still as columns; DamagedError where it holds anything else."""
    try:
        return _reading(json.loads(record.decode("utf-8", "surrogatepass")), order)
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise DamagedError(str(error)) from error


def proved(reading: Reading) -> Reading:
    """The reading, every figure in it proved a number; DamagedError where one is none."""
    cells = reading.submission.cells if reading.submission else {}
    if isinstance(cells, Columns):
        try:
            sound = all(Decimal(text).is_finite() for text in cells.numerals if text)
        except InvalidOperation as error:
            raise DamagedError(str(error)) from error
        if not sound:
            raise DamagedError(cells.workbook)
    return reading


def _reading(record: Any, order: Order) -> Reading:
    findings = tuple(_finding(one) for one in record["findings"])
    if "workbook" not in record:
        return Reading(None, findings)
    workbook = _text(record["workbook"])
    submission = Submission(
        workbook,
        _cover(record["cover"]),
        _cells(record, workbook, order),
        {_number(number): _text(text) for number, text in record["texts"]},
        {
            _number(number): CellPlace(workbook, _text(sheet), _text(cell))
            for number, sheet, cell in record["text_cells"]
        },
    )
    return Reading(submission, findings)


def _cells(record: Any, workbook: str, order: Order) -> Columns:
    if record["addresses"] is not None:
        order = Order(tuple(map(_text, record["addresses"])))
    count = len(order.addresses)
    columns = Columns(
        workbook,
        order,
        _split(record["numerals"], count),
        _split(record["places"], count),
        tuple((_text(name), _number(run)) for name, run in record["sheets"]),
        _by_position(record["raws"], count),
        _by_position(record["readings"], count),
    )
    if sum(run for _, run in columns.sheets) != count:
        raise ValueError(workbook)
    return columns


def _split(line: Any, count: int) -> Sequence[str]:
    parts = _text(line).split(BETWEEN) if count else []
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
    names = [one.name for one in fields(Cover)]
    told: dict[str, Any] = dict(zip(names, values, strict=True))
    for name, value in told.items():
        if name not in _NUMBERS:
            told[name] = sys.intern(_text(value))  # covers stay in memory, and editions and years are alike
        elif value is not None:
            _number(value)
    return Cover(**told)


def _finding(values: Any) -> Finding:
    severity, code, agency, year, *texts = values
    return Finding(Severity(severity), _text(code), _text(agency), _number(year), *map(_text, texts))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value
