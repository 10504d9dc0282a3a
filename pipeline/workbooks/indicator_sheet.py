"""Where the supplementary indicators' numbers stand on one sheet, and which of them are in doubt."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from pipeline.model.indicator import Indicator
from pipeline.workbooks.copy import spot
from pipeline.workbooks.extent import Position
from pipeline.workbooks.label import bare_key, folded, key, unit_in
from pipeline.workbooks.number import COUNT_WORDS, holds_number, is_blank, raw_text
from pipeline.workbooks.sheet import Sheet

VALUE_HEADINGS = frozenset(["数量", "数值", "填报数", "数字", "本年数", "本年", "本年度", "本年数量", "今年"])
EARLIER = "earlier"
_EARLIER = re.compile("[上去前]一?年")
_YEAR = re.compile(r"20\d\d年?度?")
_COUNTS = "|".join(COUNT_WORDS)
_UNIT = re.compile(rf"[十百千万亿]{{1,2}}(?:{_COUNTS}|元)?|{_COUNTS}|元|%|‰")
_IN_BRACKETS = re.compile(rf"\((?:单位:?)?({_UNIT.pattern})\)$")
_OF_ALL = re.compile(rf"\(?(?:计量)?单位:({_UNIT.pattern})\)?")


class Spot(Struct, frozen=True):
    """Where an indicator's number stands.

    ``place`` is None where the only columns are other years'. ``rivals`` are the cells that would do as well;
    ``headings`` the headings that would, where it is the columns that cannot be told apart. ``unit`` is what
    the sheet states where that is not the indicator's unit.
    """

    place: Position | None
    rivals: tuple[Position, ...] = ()
    headings: tuple[Position, ...] = ()
    unit: str = ""


class IndicatorCopy(Struct, frozen=True):
    """The indicators on one sheet, by id: the labels of each, and the spot of each that has one label."""

    sheet: Sheet
    labels: Mapping[str, Sequence[Position]]
    spots: Mapping[str, Spot]

    def content(self, name: str) -> tuple[str, ...]:
        """What the sheet says of an indicator: its cell, the cell's rivals, its odd unit."""
        found = self.spots[name]
        places = dict.fromkeys((found.place, *found.rivals)) if found.place else ()
        texts = (raw_text(self.sheet.cells.get(place)).strip() for place in places if place)
        return (*texts, found.unit)

    @property
    def numbers(self) -> int:
        """How many of its spots hold a number or a formula without value."""
        cells, uncached = self.sheet.cells, self.sheet.uncached
        spots = [[place for place in (one.place, *one.rivals) if place] for one in self.spots.values()]
        return sum(
            any(place in uncached or holds_number(cells.get(place)) for place in places) for places in spots
        )

    def is_blank(self, totals: Collection[str]) -> bool:
        """Whether no number stands in any spot; a formula counts, a total of nothing (0) does not."""
        cells, uncached = self.sheet.cells, self.sheet.uncached
        return not any(
            bool(cells.get(place)) if name in totals else place in cells or place in uncached
            for name, found in self.spots.items()
            for place in (found.place, *found.rivals)
            if place
        )


def read_copy(indicators: Sequence[Indicator], sheet: Sheet, year: int) -> IndicatorCopy:
    """The indicators of ``year`` as a sheet has them; without labels where it has none."""
    labels = _labelled(indicators, sheet)
    panels = _Panels(sheet, year, frozenset(place for places in labels.values() for place in places))
    spots = {
        one.id: panels.spot(one, labels[one.id][0]) for one in indicators if len(labels.get(one.id, ())) == 1
    }
    return IndicatorCopy(sheet, labels, spots)


def _labelled(indicators: Sequence[Indicator], sheet: Sheet) -> dict[str, list[Position]]:
    exact = {key(one.label): one.id for one in indicators}
    bare = {bare_key(one.label): one.id for one in indicators}
    found: dict[str, list[Position]] = {}
    for place, text in sorted(sheet.texts.items()):
        name = exact.get(key(text)) or bare.get(bare_key(text))
        if name:
            found.setdefault(name, []).append(place)
    return found


class _Panels(Struct, frozen=True, dict=True):
    """A sheet whose indicators may stand in several panels, one beside the other or one below the other."""

    sheet: Sheet
    year: int
    labels: frozenset[Position]

    def spot(self, one: Indicator, label: Position) -> Spot:
        """Under the nearest heading above, within the panel; without one, beside the label and its unit."""
        columns = range(self.sheet.last(label)[1] + 1, self._end(label))
        headings = self._headings(label[0], columns)
        ours = [place for place, year in headings.items() if year in ("", str(self.year))]
        if headings and not ours:
            return Spot(None)
        if len(headings) > 1:
            rivals = tuple((label[0], column) for _, column in headings)
            return Spot((label[0], ours[0][1]), rivals, tuple(headings))
        if ours:
            place, rivals = spot(self.sheet, label, ours[0])
            rivals = rivals or self._others(place, [at for at in columns if not self._headed(ours[0], at)])
        else:
            place = label[0], columns.start + (_unit(self._text((label[0], columns.start))) != "")
            rivals = self._others(place, columns)
        return Spot(place, rivals, (), self._odd_unit(one, label, place, ours, columns))

    def _end(self, label: Position) -> int:
        """The first column of the panel to the right: one with labels in the same rows as this column."""
        rows = {row for row, column in self.labels if column == label[1]}
        right = (column for row, column in self.labels if row in rows and column > label[1])
        return min(right, default=self._last + 2)

    @cached_property
    def _last(self) -> int:
        """The last column that holds anything."""
        return max((columns[-1] for columns in self.sheet.rows.values()), default=0)

    def _headings(self, row: int, columns: range) -> dict[Position, str]:
        """The headings of numbers in the nearest row above that has any, with the year each names.

        Those of an earlier year by name (上年数) only where there are no others.
        """
        labelled = {line for line, _ in self.labels}
        for line in sorted(
            (one for one in self.sheet.rows if one < row and one not in labelled), reverse=True
        ):
            read = {
                (line, at): _heading(self._text((line, at))) for at in self.sheet.rows[line] if at in columns
            }
            named = {place: year for place, year in read.items() if year is not None}
            if named:
                return {place: year for place, year in named.items() if year != EARLIER} or named
        return {}

    def _headed(self, heading: Position, column: int) -> bool:
        """Whether a column has a heading of its own in that line."""
        return (heading[0], column) in self.sheet.texts

    def _others(self, place: Position, columns: Iterable[int]) -> tuple[Position, ...]:
        """The place and the other cells of its row that hold a number, where there are any."""
        row = place[0]
        found = [
            (row, at)
            for at in columns
            if (row, at) in self.sheet.uncached or holds_number(self.sheet.cells.get((row, at)))
        ]
        return tuple(dict.fromkeys((place, *found))) if set(found) - {place} else ()

    def _odd_unit(
        self, one: Indicator, label: Position, place: Position, headings: Sequence[Position], columns: range
    ) -> str:
        """A unit stated for the number that is not the indicator's; "" where there is none."""
        if is_blank(self.sheet.cells.get(place)):
            return ""
        beside = (_unit(self._text((label[0], at))) for at in columns if at != place[1])
        above = (match[1] for at in headings if (match := _IN_BRACKETS.search(self._text(at))))
        stated = (unit_in(self._text(label)), *beside, *above, *self._of_all)
        return next((unit for unit in stated if unit and not _alike(unit, one.unit)), "")

    @cached_property
    def _of_all(self) -> tuple[str, ...]:
        """The units stated for the whole sheet: 单位：万条."""
        matches = (_OF_ALL.fullmatch(self._text(place)) for place in self.sheet.texts)
        return tuple(match[1] for match in matches if match)

    def _text(self, place: Position) -> str:
        """A cell's text, half-width, without white space."""
        return _folded(self.sheet.cells.get(place))


def is_plain(value: object) -> bool:
    """Whether a content, where it is no indicator's label, is neither a heading of numbers nor a unit."""
    text = _folded(value)
    return _heading(text) is None and not (
        _unit(text) or _IN_BRACKETS.search(text) or _OF_ALL.fullmatch(text)
    )


def _folded(value: object) -> str:
    """The first characters of a content, half-width, without white space."""
    return folded(raw_text(value)[:60])


def _heading(text: str) -> str | None:
    """The year a heading of numbers names, "" where it names none; None for what is no such heading."""
    words = key(_IN_BRACKETS.sub("", text))
    dated = _YEAR.findall(words)
    if len(dated) == 1 and _YEAR.sub("", words) in ("", "数", *VALUE_HEADINGS):
        return str(dated[0])[:4]
    if words in VALUE_HEADINGS:
        return ""
    return EARLIER if _EARLIER.match(words) else None


def _unit(text: str) -> str:
    """The text where it is a unit, else ""."""
    return text if _UNIT.fullmatch(text) else ""


def _alike(stated: str, unit: str) -> bool:
    """Whether two units count alike: 件 and 条 do, 万条 and 条 do not."""
    return stated == unit or {stated, unit} <= set(COUNT_WORDS)
