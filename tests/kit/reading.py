"""Ways of reading many workbooks, each over the same files in one process: what the bench compares.

``read and checked`` is ours: guarded, read, every figure placed, the rules and limits tried on each agency. The
others are what it is held against: calamine alone, the guard alone, calamine behind the guard, openpyxl.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import openpyxl
import python_calamine

from pipeline.check.body import Body
from pipeline.check.crossfooting import RuleBook, check_rules
from pipeline.check.fees import check_fees
from pipeline.check.plausibility import Watch, check_body
from pipeline.forms.catalogue import load_catalogue, load_indicators
from pipeline.forms.editions import form_for, load_forms
from pipeline.forms.plausibility import load_plausibility
from pipeline.model.finding import Finding
from pipeline.workbooks.asked import Asked
from pipeline.workbooks.familiar import Memory
from pipeline.workbooks.guard import guard
from pipeline.workbooks.read import Reader
from pipeline.workbooks.sheet import open_workbook

Way: TypeAlias = Callable[[Sequence[bytes]], object]
LAST_SECTION = 6


def asked_for(templates: Path, year: int) -> Asked:
    """What the workbooks of a year are asked for."""
    forms, catalogue = load_forms(templates / "forms"), load_catalogue(templates / "findings.toml")
    return Asked(
        year, form_for(year, forms), forms, load_indicators(templates / "indicators.toml"), catalogue
    )


def ways(templates: Path, year: int, last_year: Mapping[str, Decimal] | None = None) -> dict[str, Way]:
    """Each way by its name; all start with nothing remembered.

    Every agency's figures are held against ``last_year``.
    """
    asked = asked_for(templates, year)
    addresses = {*(one for form in asked.forms for one in form.cells), *(i.address for i in asked.indicators)}
    limits = load_plausibility(templates / "plausibility.toml", sorted(addresses))
    watch = Watch(limits, RuleBook.of(year, asked.form, asked.indicators), asked.catalogue)

    def checked(files: Sequence[bytes]) -> int:
        reader = Reader(asked)
        return sum(len(_checked(reader, content, watch, last_year or {})) for content in files)

    return {
        "bare calamine": _bares,
        "guard": _with_memory(guard),
        "guard and calamine": _with_memory(open_workbook),
        "read": lambda files: _read(Reader(asked), files),
        "read and checked": checked,
        "openpyxl": _loaded,
    }


def _with_memory(work: Callable[[bytes, Memory], object]) -> Way:
    def over_all(files: Sequence[bytes]) -> None:
        memory = Memory()
        for content in files:
            work(content, memory)

    return over_all


def _bares(files: Sequence[bytes]) -> None:
    """Every cell of every sheet."""
    for content in files:
        book = python_calamine.load_workbook(io.BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def _loaded(files: Sequence[bytes]) -> None:
    for content in files:
        openpyxl.load_workbook(io.BytesIO(content))


def _read(reader: Reader, files: Sequence[bytes]) -> None:
    for content in files:
        reader.read(content, "甲.xlsx")


def _checked(
    reader: Reader, content: bytes, watch: Watch, last_year: Mapping[str, Decimal]
) -> Sequence[Finding]:
    """One workbook as a run takes it: read, then the rules and limits of one agency."""
    submission, told = reader.read(content, "甲.xlsx")
    if submission is None:
        return told
    body = Body(
        "甲",
        submission.values(),
        last_year,
        submission.place,
        ordinary=False,
        workbook=submission.workbook,
        closing=submission.texts.get(LAST_SECTION, ""),
    )
    verdict = check_rules(body, watch.book, watch.catalogue)
    trials = (*check_body(body, watch), *check_fees(body, watch))
    return (*told, *verdict.findings, *(trial.finding for trial in trials if trial.finding))
