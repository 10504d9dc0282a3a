"""What an agency changed in its workbook from one version to the next, cell by cell, with places."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.forms.editions import form_for
from pipeline.model.finding import Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import words_of
from pipeline.model.movement import Words
from pipeline.model.number import plain
from pipeline.model.submission import Cell, Submission
from pipeline.workbooks.asked import Asked
from pipeline.workbooks.cover import LABELS
from pipeline.workbooks.read import read_submission

TRIES = 3
"""As asked, then as the year the workbook states, then as the edition it is."""


class CellChange(Struct, frozen=True):
    """A cell that is not what it was, by its address; None where a version has no such cell."""

    address: str
    words: str
    before: Cell | None
    after: Cell | None

    def entry(self) -> dict[str, Any]:
        """The change for a program."""
        return {
            "address": self.address,
            "words": self.words,
            "before": _entry(self.before),
            "after": _entry(self.after),
        }


class TextChange(Struct, frozen=True):
    """A section's text, or a line of the cover, that is not what it was: lines gone and lines new."""

    name: str
    gone: tuple[str, ...]
    fresh: tuple[str, ...]


class Rework(Struct, frozen=True):
    """Two versions of a workbook: what changed, and which findings appeared and vanished."""

    before: str
    after: str
    cells: tuple[CellChange, ...]
    texts: tuple[TextChange, ...]
    appeared: tuple[Finding, ...]
    vanished: tuple[Finding, ...]
    gone: tuple[str, ...]
    """Addresses of the earlier one's form only, where the two are of different editions."""
    fresh: tuple[str, ...]
    """Addresses of the later one's form only."""
    names: Mapping[str, str]
    """Those addresses in words."""

    def entry(self) -> dict[str, Any]:
        """The answer for a program."""
        return {
            "before": self.before,
            "after": self.after,
            "cells": [one.entry() for one in self.cells],
            "texts": [asdict(one) for one in self.texts],
            "appeared": [asdict(one) for one in self.appeared],
            "vanished": [asdict(one) for one in self.vanished],
            "addresses": {"gone": self.gone, "fresh": self.fresh},
        }


def _entry(cell: Cell | None) -> dict[str, str | None] | None:
    if cell is None:
        return None
    value = None if cell.value is None else plain(cell.value)
    return {"raw": cell.raw, "value": value, "sheet": cell.place.sheet, "cell": cell.place.a1}


class _Version(Struct, frozen=True):
    """A workbook read against the form it is of."""

    submission: Submission
    findings: tuple[Finding, ...]
    form: StatutoryForm


def compare_workbooks(old: Path, new: Path, asked: Asked) -> Rework:
    """Two workbooks held against each other, each read as of the year and edition it states.

    OperatorError (input) where one cannot be read at all, or is of a year that has no form.
    """
    before, after = _version(old, asked), _version(new, asked)
    addresses = [
        {*version.form.cells, *(one.address for one in asked.indicators)} for version in (before, after)
    ]
    words = words_of(after.form, asked.indicators)
    shared = [address for address in _order(after.form, asked) if address in addresses[0]]
    gone = tuple(address for address in before.form.cells if address not in addresses[1])
    fresh = tuple(address for address in after.form.cells if address not in addresses[0])
    return Rework(
        before=str(old),
        after=str(new),
        cells=tuple(_cells(before.submission, after.submission, shared, words)),
        texts=(*_cover(before.submission, after.submission), *_texts(before, after)),
        appeared=_only(after, before),
        vanished=_only(before, after),
        gone=gone,
        fresh=fresh,
        names={one: before.form.words(after.form.words(one)) for one in (*gone, *fresh)},
    )


def _order(form: StatutoryForm, asked: Asked) -> Iterator[str]:
    yield from form.cells
    yield from (one.address for one in asked.indicators)


def _version(path: Path, asked: Asked) -> _Version:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise OperatorError(ExitCode.INPUT, f"{path} 读不出来：{reason(error)}。请检查路径。") from error
    for _ in range(TRIES):
        submission, findings = read_submission(content, path.name, asked)
        if submission is None:
            raise OperatorError(ExitCode.INPUT, f"{path} 比不了：{findings[0].message}")
        refused = next((one for one in findings if one.code in ("wrong-year", "wrong-edition")), None)
        if refused is None:
            return _Version(submission, findings, asked.form)
        year = int(refused.found) if refused.code == "wrong-year" else asked.year
        edition = refused.found if refused.code == "wrong-edition" else ""
        asked = replace(asked, year=year, form=form_for(year, asked.forms, edition))
    raise OperatorError(ExitCode.INPUT, f"{path} 比不了：{findings[0].message}")


def _cells(before: Submission, after: Submission, shared: list[str], words: Words) -> Iterator[CellChange]:
    for address in shared:
        was, now = before.cells.get(address), after.cells.get(address)
        if _said(was) != _said(now):
            yield CellChange(address, words(address), was, now)


def _said(cell: Cell | None) -> object:
    """What a cell says: its number, however it is written; else its text."""
    if cell is None:
        return None
    return cell.raw if cell.value is None else cell.value


def _cover(before: Submission, after: Submission) -> Iterator[TextChange]:
    for name, (label, *_) in LABELS.items():
        was, now = (getattr(one.cover, name) for one in (before, after))
        if was != now:
            yield TextChange(f"封面·{label}", _line(was), _line(now))


def _line(value: object) -> tuple[str, ...]:
    return () if value in ("", None) else (str(value),)


def _texts(before: _Version, after: _Version) -> Iterator[TextChange]:
    for number, title in enumerate(after.form.sections, 1):
        was, now = (one.submission.texts.get(number, "").splitlines() for one in (before, after))
        if was != now:
            # Whole lines only: what is alike inside two long lines takes long to find.
            changed = [
                one[1:]
                for one in SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
                if one[0] != "equal"
            ]
            yield TextChange(
                f"文字材料·{title}",
                tuple(line for start, end, _, _ in changed for line in was[start:end]),
                tuple(line for _, _, start, end in changed for line in now[start:end]),
            )


def _only(version: _Version, other: _Version) -> tuple[Finding, ...]:
    """The findings of one version that the other has not, wherever its rows stand."""

    def identity(one: Finding) -> tuple[str, ...]:
        place = (one.address,) if one.address else (one.sheet, one.cell)
        return (one.code, *place, one.found)

    known = {identity(one) for one in other.findings}
    return tuple(one for one in version.findings if identity(one) not in known)
