"""The supplementary indicators: find their sheet and their numbers by label, or say what is in doubt."""

from collections.abc import Sequence

from msgspec import Struct, field

from pipeline.model.finding import Finding
from pipeline.model.indicator import INDICATORS, Indicator
from pipeline.model.place import CellPlace
from pipeline.workbooks.asked import typed_indicators
from pipeline.workbooks.extent import Position
from pipeline.workbooks.figures import Slot
from pipeline.workbooks.indicator_sheet import IndicatorCopy, Spot, read_copy
from pipeline.workbooks.label import key
from pipeline.workbooks.number import EXPECTED, raw_text
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source

HEADING = "数量"
RIVAL = 3
"""A sheet with numbers beside one in this many of the labels is a copy; with fewer it only mentions some."""


def locate_indicators(
    indicators: Sequence[Indicator], sheets: Sequence[Sheet], source: Source
) -> tuple[list[Slot], list[Finding]]:
    """A slot for every indicator an agency types, and what is in doubt.

    Of several copies the filled one counts; where two say different things, none does.
    """
    asked = typed_indicators(indicators)
    copies = [read_copy(asked, sheet, source.year) for sheet in sheets]
    copies = sorted((copy for copy in copies if copy.labels), key=_rank, reverse=True)
    if not asked or not copies:
        missing = source.catalogue.finding(
            "table-missing", year=source.year, workbook=source.workbook, words=INDICATORS
        )
        return [_slot(one, None, None, trusted=True) for one in asked], [missing] if asked else []
    chosen, differing = _chosen(asked, copies, source)
    if differing:
        shown = sorted(str(place).removeprefix(source.workbook).strip() for place in differing)
        twice = source.catalogue.finding(
            "table-twice", year=source.year, place=differing[0], words=INDICATORS, found="与".join(shown)
        )
        return [_slot(one, chosen.sheet, _place(chosen, one), trusted=False) for one in asked], [twice]
    taken = _Taken(chosen, source)
    return [taken.slot(one) for one in asked], taken.findings


def _rank(copy: IndicatorCopy) -> tuple[int, bool]:
    return len(copy.labels), key(copy.sheet.name) == INDICATORS


def _chosen(
    asked: Sequence[Indicator], copies: Sequence[IndicatorCopy], source: Source
) -> tuple[IndicatorCopy, tuple[CellPlace, ...]]:
    """The copy that counts, and the two places of which the other one's says something else, if any."""
    totals = {one.id for one in asked if one.parts}
    rivals = [
        copies[0],
        *(copy for copy in copies[1:] if copy.numbers * RIVAL >= len(asked) or copy.sheet.name == INDICATORS),
    ]
    filled = [copy for copy in rivals if not copy.is_blank(totals)] or rivals[:1]
    for other in filled[1:]:
        for name in filled[0].spots:
            texts = [copy.content(name) for copy in (filled[0], other) if name in copy.spots]
            if len(set(texts)) > 1 and not (name in totals and ("", "") in texts):
                places = (source.place(copy.sheet, copy.spots[name].place) for copy in (filled[0], other))
                return filled[0], tuple(places)
    return filled[0], ()


def _place(copy: IndicatorCopy, one: Indicator) -> Position | None:
    found = copy.spots.get(one.id)
    return found.place if found else None


class _Taken(Struct):
    """The copy that counts, being taken over indicator by indicator."""

    copy: IndicatorCopy
    source: Source
    findings: list[Finding] = field(default_factory=list)
    told: set[tuple[Position, ...]] = field(default_factory=set)
    """The headings a finding has spoken of: one finding tells of a column for all its indicators."""

    def slot(self, one: Indicator) -> Slot:
        """The indicator's slot, its findings added."""
        labels = self.copy.labels.get(one.id, ())
        found = self.copy.spots.get(one.id)
        if found is None:
            if labels:
                self._report_twice(one, labels, one.label)
            elif one.required:
                self._report("label-missing", None, one, table=INDICATORS, words=one.label)
            return _slot(one, self.copy.sheet, None, trusted=True)
        self._report_doubt(one, found)
        certain = found.place is not None and not found.rivals and not found.unit
        return _slot(one, self.copy.sheet, found.place, trusted=certain)

    def _report_doubt(self, one: Indicator, found: Spot) -> None:
        if found.place is None:
            if not self._is_told(()):
                self._report("label-missing", None, None, table=INDICATORS, words=HEADING)
        elif found.headings:
            if not self._is_told(found.headings):
                self._report_twice(None, found.headings, f"{INDICATORS}·{HEADING}")
        elif found.rivals:
            self._report_twice(one, found.rivals, one.label)
        elif found.unit:
            self._report(
                "cell-not-a-number",
                found.place,
                one,
                words=one.label,
                found=raw_text(self.copy.sheet.cells[found.place]).strip() + found.unit,
                expected=f"{EXPECTED[one.kind]}，单位是“{one.unit}”",
            )

    def _is_told(self, headings: tuple[Position, ...]) -> bool:
        known = headings in self.told
        self.told.add(headings)
        return known

    def _report_twice(self, one: Indicator | None, places: Sequence[Position], words: str) -> None:
        found = "、".join(self.source.place(self.copy.sheet, place).a1 for place in places)
        self._report("cell-twice", places[0], one, words=words, found=found)

    def _report(self, code: str, place: Position | None, one: Indicator | None, **names: str) -> None:
        self.findings.append(
            self.source.catalogue.finding(
                code,
                year=self.source.year,
                place=self.source.place(self.copy.sheet, place),
                address=one.address if one else "",
                **names,
            )
        )


def _slot(one: Indicator, sheet: Sheet | None, place: Position | None, *, trusted: bool) -> Slot:
    return Slot(
        address=one.address,
        words=one.label,
        kind=one.kind,
        unit=one.unit,
        sheet=sheet,
        place=place,
        trusted=trusted,
        total=bool(one.parts),
        required=one.required,
    )
