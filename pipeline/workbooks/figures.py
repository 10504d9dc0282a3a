"""From places to figures: read each cell, report what is in doubt, recompute totals that hold no number."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from pipeline.model.finding import Finding
from pipeline.model.number import NumberKind
from pipeline.model.place import CellPlace, a1
from pipeline.model.rule import Term, total
from pipeline.model.submission import Columns, Order, runs
from pipeline.workbooks.asked import Totals
from pipeline.workbooks.extent import Position
from pipeline.workbooks.number import Reading, read_number
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source

COMPUTED = "按公式计算"
LONGEST_SHOWN = 40
"""Characters of a cell that a finding quotes."""


class Slot(Struct, frozen=True, dict=True):
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


def contents(slots: Iterable[Slot]) -> list[object]:
    """What stands in the cell of each slot; None for nothing, or no cell."""
    return [slot.sheet.cells.get(slot.place) if slot.sheet and slot.place else None for slot in slots]


class Slots(Struct, frozen=True, dict=True):
    """The slots of a workbook, and what is the same of their figures in all workbooks laid out alike."""

    slots: tuple[Slot, ...]

    @cached_property
    def order(self) -> Order:
        """Their addresses."""
        return Order(tuple(slot.address for slot in self.slots))

    @cached_property
    def kinds(self) -> tuple[NumberKind, ...]:
        """What kind of number each is."""
        return tuple(slot.kind for slot in self.slots)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The unit the workbook states for each."""
        return tuple(slot.unit for slot in self.slots)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The name of each one's cell, "" for none."""
        return tuple(slot.spot[1] for slot in self.slots)

    @cached_property
    def sheets(self) -> tuple[tuple[str, int], ...]:
        """The names of their sheets, each with how many in a row stand there."""
        return runs(slot.spot[0] for slot in self.slots)

    @cached_property
    def unread(self) -> tuple[int, ...]:
        """Which ones are not to be read."""
        return tuple(at for at, slot in enumerate(self.slots) if slot.place is None or not slot.trusted)

    @cached_property
    def linked(self) -> frozenset[int]:
        """Which ones take their number from another file."""
        return frozenset(at for at, slot in enumerate(self.slots) if slot.is_linked)


def read_figures(
    sought: Slots, found: Iterable[object], totals: Totals, source: Source
) -> tuple[Columns, list[Finding]]:
    """A cell for every slot, valued where that is certain, and a finding for each that is not.

    ``found`` is what stands in each.

    A total that holds no number is the sum of its terms; None, without a finding of its own, where one of
    them is missing.
    """
    readings = list(map(read_number, sought.kinds, found, sought.units))
    for at in sought.unread:
        readings[at] = Reading(None, readings[at].raw)
    findings: list[Finding] = []
    blank: list[int] = []
    for at in sorted({at for at, one in _odd(readings) if one.problem} | sought.linked):
        slot, problem = sought.slots[at], readings[at].problem or "cell-linked"
        if problem == "cell-blank" and slot.sheet and slot.place in slot.sheet.uncached:
            problem = "cell-formula-without-value"
        if slot.total and problem in ("cell-blank", "cell-formula-without-value"):
            blank.append(at)
        elif problem != "cell-blank" or slot.required:
            findings.append(_doubt(problem, slot, readings[at], source))
    if blank:
        _recompute(readings, blank, sought.order, totals)
    return _columns(sought, readings, source.workbook), findings


def _odd(readings: Sequence[Reading]) -> list[tuple[int, Reading]]:
    """Those of which more is to be said than the number, by position."""
    return [(at, one) for at, one in enumerate(readings) if not one.plain]


def _columns(sought: Slots, readings: Sequence[Reading], workbook: str) -> Columns:
    odd = _odd(readings)
    return Columns(
        workbook,
        sought.order,
        [one.numeral for one in readings],
        sought.places,
        sought.sheets,
        {at: one.raw for at, one in odd if one.raw != one.numeral},
        {at: one.reading for at, one in odd if one.reading},
    )


def _doubt(problem: str, slot: Slot, reading: Reading, source: Source) -> Finding:
    return source.catalogue.finding(
        problem,
        year=source.year,
        place=CellPlace(source.workbook, *slot.spot),
        found=_shortened(reading.raw),
        expected=reading.expected,
        address=slot.address,
        words=slot.words,
    )


def _shortened(raw: str) -> str:
    text = raw.strip()
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _recompute(readings: list[Reading], blank: Sequence[int], order: Order, totals: Totals) -> None:
    """Fill the blank totals in, those first whose terms are known."""

    def value(term: Term) -> Decimal | None:
        return readings[order.positions[term.address]].value

    waiting, before = blank, 0
    while len(waiting) != before:
        before, later = len(waiting), []
        for at in waiting:
            found = total(totals[order.addresses[at]], value)
            if found is None:
                later.append(at)
            else:
                readings[at] = Reading(found, "", COMPUTED)
        waiting = later
