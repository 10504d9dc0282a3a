"""From places to figures: read each cell, report what is in doubt, recompute totals that hold no number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from pipeline.model.finding import Finding
from pipeline.model.number import NumberKind
from pipeline.model.place import CellPlace, a1
from pipeline.model.rule import Term, total
from pipeline.model.submission import Cell
from pipeline.workbooks.extent import Position
from pipeline.workbooks.number import read_number
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source

COMPUTED = "按公式计算"
LONGEST_SHOWN = 40
"""Characters of a cell that a finding quotes."""


@dataclass(frozen=True)
class Slot:
    """A figure to be read: what it is, and where it stands.

    ``place`` is None where it was not found; ``trusted`` False where it is not to be read (a finding has said
    why); ``total`` says that it may be recomputed; ``required`` that a blank is a finding.
    """

    address: str
    words: str
    kind: NumberKind
    unit: str
    sheet: Sheet | None
    place: Position | None
    trusted: bool = True
    total: bool = False
    required: bool = True

    @cached_property
    def spot(self) -> tuple[str, str]:
        """The sheet's name and the cell's, "" for what is not known."""
        return self.sheet.name if self.sheet else "", a1(*self.place) if self.place else ""

    @cached_property
    def is_linked(self) -> bool:
        """Whether its number comes from another file."""
        return self.trusted and self.sheet is not None and self.place in self.sheet.linked


Totals: TypeAlias = Mapping[str, tuple[Term, ...]]
"""The terms whose sum a total is, by the total's address."""


def contents(slots: Iterable[Slot]) -> list[object]:
    """What stands in the cell of each slot; None for nothing, or no cell."""
    return [slot.sheet.cells.get(slot.place) if slot.sheet and slot.place else None for slot in slots]


def read_figures(
    slots: Iterable[Slot], found: Iterable[object], totals: Totals, source: Source
) -> tuple[dict[str, Cell], list[Finding]]:
    """A cell for every slot, valued where that is certain, and a finding for each that is not.

    ``found`` is what stands in each.

    A total that holds no number is the sum of its terms; None, without a finding of its own, where one of
    them is missing.
    """
    cells: dict[str, Cell] = {}
    findings: list[Finding] = []
    blank: set[str] = set()
    for slot, content in zip(slots, found, strict=True):
        cell, problem, expected = _read(slot, content, source)
        cells[slot.address] = cell
        if not problem and not slot.is_linked:
            continue
        problem = problem or "cell-linked"
        if slot.total and problem in ("cell-blank", "cell-formula-without-value"):
            blank.add(slot.address)
        elif problem and not (problem == "cell-blank" and not slot.required):
            findings.append(
                source.catalogue.finding(
                    problem,
                    year=source.year,
                    place=cell.place,
                    found=_shortened(cell.raw),
                    expected=expected,
                    address=slot.address,
                    words=slot.words,
                )
            )
    _recompute(cells, blank, totals)
    return cells, findings


def _shortened(raw: str) -> str:
    text = raw.strip()
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _read(slot: Slot, content: object, source: Source) -> tuple[Cell, str, str]:
    """The cell, the finding code of what is wrong with it, and what was expected."""
    where = CellPlace(source.workbook, *slot.spot)
    if slot.place is None:
        return Cell(slot.address, "", None, where), "", ""
    found = read_number(slot.kind, content, slot.unit)
    if not slot.trusted:
        return Cell(slot.address, found.raw, None, where), "", ""
    problem = found.problem
    if problem == "cell-blank" and slot.sheet and slot.place in slot.sheet.uncached:
        problem = "cell-formula-without-value"
    return Cell(slot.address, found.raw, found.value, where, found.reading), problem, found.expected


def _recompute(cells: dict[str, Cell], blank: set[str], totals: Totals) -> None:
    """Fill the blank totals in, those first whose terms are known."""
    waiting = True
    while waiting:
        waiting = False
        for address in sorted(blank):
            value = total(totals[address], lambda term: cells[term.address].value)
            if value is not None:
                cells[address] = cells[address]._replace(value=value, reading=COMPUTED, raw="")
                blank.discard(address)
                waiting = True
