"""Find the supplementary indicators by label, each number in its column or beside the label."""

from collections.abc import Mapping, Sequence

from pipeline.model.finding import Finding
from pipeline.model.indicator import PREFIX, Aggregation, Indicator
from pipeline.model.rule import Term
from pipeline.workbooks.extent import Position
from pipeline.workbooks.figures import Slot, Totals
from pipeline.workbooks.label import bare_key, key
from pipeline.workbooks.number import COUNT_WORDS
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source

TITLE = "补充指标"
VALUE_HEADINGS = frozenset(["数量", "数值", "填报数", "数字", "本年数"])


def typed_indicators(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Those an agency types; a ratio is made of others."""
    return tuple(one for one in indicators if one.aggregation is not Aggregation.RATIO)


def indicator_totals(indicators: Sequence[Indicator]) -> Totals:
    """The terms of each indicator that is a total on the sheet."""
    return {one.address: tuple(Term(PREFIX + part) for part in one.parts) for one in indicators if one.parts}


def locate_indicators(
    indicators: Sequence[Indicator], sheets: Sequence[Sheet], source: Source
) -> tuple[list[Slot], list[Finding]]:
    """A slot for every indicator an agency types; one finding where the sheet is missing."""
    asked = typed_indicators(indicators)
    places = [(sheet, _labelled(asked, sheet)) for sheet in sheets]
    sheet, labels = max(places, key=lambda found: _rank(*found), default=(None, {}))
    if not asked or sheet is None or not labels:
        missing = source.catalogue.finding(
            "table-missing", year=source.year, workbook=source.workbook, words=TITLE
        )
        return [_slot(one, None, None) for one in asked], [missing] if asked else []
    findings: list[Finding] = []
    slots: list[Slot] = []
    for one in asked:
        found = labels.get(one.id, [])
        slots.append(_slot(one, sheet, _value_place(sheet, one, found[0]) if len(found) == 1 else None))
        if len(found) != 1 and (one.required or found):
            findings.append(_unplaced(one, sheet, found, source))
    return slots, findings


def _rank(sheet: Sheet, labels: Mapping[str, list[Position]]) -> tuple[int, bool]:
    return len(labels), key(sheet.name) == TITLE


def _labelled(indicators: Sequence[Indicator], sheet: Sheet) -> dict[str, list[Position]]:
    exact = {key(one.label): one.id for one in indicators}
    bare = {bare_key(one.label): one.id for one in indicators}
    found: dict[str, list[Position]] = {}
    for place, text in sorted(sheet.texts.items()):
        name = exact.get(key(text)) or bare.get(bare_key(text))
        if name:
            found.setdefault(name, []).append(place)
    return found


def _unplaced(one: Indicator, sheet: Sheet, found: list[Position], source: Source) -> Finding:
    if not found:
        return source.catalogue.finding(
            "label-missing",
            year=source.year,
            place=source.place(sheet),
            address=one.address,
            table=TITLE,
            words=one.label,
        )
    return source.catalogue.finding(
        "cell-twice",
        year=source.year,
        place=source.place(sheet, found[0]),
        address=one.address,
        words=one.label,
        found="、".join(source.place(sheet, place).a1 for place in found),
    )


def _value_place(sheet: Sheet, one: Indicator, label: Position) -> Position:
    """Under the nearest heading 数量 above; without one, beside the label and its unit."""
    headings = [
        place
        for place, text in sheet.texts.items()
        if place[0] < label[0] and place[1] > label[1] and key(text) in VALUE_HEADINGS
    ]
    if headings:
        return label[0], max(headings)[1]
    beside = sheet.last(label)[1] + 1
    unit = sheet.texts.get((label[0], beside), "").strip()
    return label[0], beside + (1 if unit and unit in (one.unit, *COUNT_WORDS) else 0)


def _slot(one: Indicator, sheet: Sheet | None, place: Position | None) -> Slot:
    return Slot(
        address=one.address,
        words=one.label,
        kind=one.kind,
        unit=one.unit,
        sheet=sheet,
        place=place,
        total=bool(one.parts),
        required=one.required,
    )
