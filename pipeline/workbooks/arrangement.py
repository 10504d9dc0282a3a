"""Where all figures stand in a workbook, learned from one that left no doubt, for those laid out alike.

A workbook is laid out alike where its sheets differ from the learned one's in nothing but numbers, and in
texts that say nothing about where figures stand. Every other one is located anew.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain, compress, count
from operator import ne
from typing import NamedTuple, TypeGuard

from msgspec import Struct, field

from pipeline.workbooks.cover import HIDDEN
from pipeline.workbooks.figures import Slot, Slots
from pipeline.workbooks.idle import Bearing, Meaning
from pipeline.workbooks.indicator_sheet import is_plain
from pipeline.workbooks.number import EXCEL_DIGITS, is_blank
from pipeline.workbooks.sheet import Block, Sheet
from pipeline.workbooks.vocabulary import Role, labels_on

MOST = 16
"""Arrangements kept: every blank in use, as a few programs save it."""
LARGEST = 20_000
"""Values of a workbook whose arrangement is kept; ours has 900."""

_LIMIT = 10**EXCEL_DIGITS
_KINDS = {str, int, float}


class ArrangedSheet(Struct, frozen=True):
    """A sheet of the learned workbook, and its values as shown.

    ``speaking`` are the rows that say something of the workbook itself or hold its texts, None for all;
    ``worded`` the figures, by index, that may be a number or one in words (增12): nobody tells them apart
    where the row's one label is their own. ``headed`` says that a
    number that looks like a year may be a heading there.
    """

    block: Block
    shown: Sequence[str | float]
    speaking: frozenset[int] | None
    worded: frozenset[int]
    headed: bool


class Arrangement(Struct, frozen=True):
    """A learned workbook: its sheets, its slots, and the index of each slot's cell among those of all sheets.

    The index of a slot without a cell is that of the last one of all, behind the sheets', which is empty.
    """

    sheets: tuple[ArrangedSheet, ...]
    slots: Slots
    cells: tuple[int, ...]


class Fitting(Struct, frozen=True):
    """What is known of a workbook laid out alike: its slots, what each holds, and its sheets.

    The sheets have only the rows that are still to be read, for the cover and the texts.
    """

    slots: Slots
    contents: Sequence[object]
    sheets: tuple[Sheet, ...]


class Arrangements(Struct, dict=True):
    """The arrangements learned so far; the one that was not met for longest is forgotten."""

    meaning: Meaning
    _known: list[Arrangement] = field(default_factory=list)

    def fitting(self, blocks: Sequence[Block]) -> Fitting | None:
        """What an arrangement says of a workbook laid out alike; None where none fits."""
        shown = [block.shown() for block in blocks]
        for known in self._known:
            rows = self._rows(known, blocks, shown)
            if rows is not None:
                self._known.remove(known)
                self._known.insert(0, known)
                values = [*chain.from_iterable(shown), None]
                found = [_content(values[at]) for at in known.cells]
                sheets = (block.sheet(some) for block, some in zip(blocks, rows, strict=True))
                return Fitting(known.slots, found, tuple(sheets))
        return None

    def learn(self, blocks: Sequence[Block], sheets: Sequence[Sheet], slots: Slots) -> None:
        """Keep where the slots stand in a workbook that has one copy of everything, and nothing in doubt.

        ``sheets`` are those of the blocks. Nothing is kept of a workbook that holds more than texts and
        numbers.
        """
        shown = [values for block in blocks if _has_usual_kinds(values := block.shown())]
        is_usual = len(shown) == len(blocks) and all(map(_may_stand, chain.from_iterable(shown)))
        if sum(map(len, shown)) > LARGEST or not is_usual:
            return
        numbers = {id(sheet): number for number, sheet in enumerate(sheets)}
        cells = [_cell(slot, blocks, numbers) for slot in slots.slots]
        arranged = [
            self._arranged(
                block,
                values,
                sheets[number],
                {
                    at[1]: slot.address
                    for slot, at in zip(slots.slots, cells, strict=True)
                    if at and at[0] == number
                },
            )
            for number, (block, values) in enumerate(zip(blocks, shown, strict=True))
        ]
        if sum(one.headed and one.block.visible for one in arranged) > 1:
            return
        starts = [0, *accumulate(map(len, shown))]
        places = tuple(starts[at[0]] + at[1] if at else starts[-1] for at in cells)
        self._known.insert(0, Arrangement(tuple(arranged), slots, places))
        del self._known[MOST:]

    def _arranged(
        self, block: Block, shown: Sequence[str | float], sheet: Sheet, figures: Mapping[int, str]
    ) -> ArrangedSheet:
        pairs = zip(block.places, shown, strict=True)
        texts = {place: value for place, value in pairs if isinstance(value, str) and value}
        headed = any(map(self.meaning.names_indicator, texts.values()))
        roles: dict[int, set[Role]] = {}
        for place, found in labels_on(sheet, self.meaning.words).roles.items():
            roles.setdefault(place[0], set()).update(found)
        places = block.places
        speaking = (place[0] for place, text in texts.items() if self.meaning.speaks(text))
        return ArrangedSheet(
            block=block,
            shown=shown,
            speaking=None if block.name == HIDDEN else frozenset(speaking),
            worded=frozenset(
                index
                for index, address in figures.items()
                if roles.get(places[index][0]) == {self.meaning.rows.get(address)} and not headed
            ),
            headed=headed,
        )

    def _rows(
        self, known: Arrangement, blocks: Sequence[Block], shown: Sequence[Sequence[object]]
    ) -> list[frozenset[int] | None] | None:
        """The rows of each sheet still to be read, None for all; None where the workbook is not alike."""
        if len(known.sheets) != len(blocks):
            return None
        rows: list[frozenset[int] | None] = []
        for sheet, block, values in zip(known.sheets, blocks, shown, strict=True):
            texts = _changed_texts(sheet, block, values)
            if texts is None or not all(self._can_stand(sheet, text) for text in texts):
                return None
            places = block.places
            changed = [places[text.cell][0] for text in texts]
            rows.append(None if sheet.speaking is None else sheet.speaking.union(changed))
        return rows

    def _can_stand(self, sheet: ArrangedSheet, changed: "_Changed") -> bool:
        """Whether a text can stand where the other workbook has another one, or a number."""
        found = [self._bearing(text) for text in changed.texts]
        if changed.cell in sheet.worded:
            return all(one is not None and one.is_number for one in found)
        return len(found) == 2 and found[0] is not None and found[0] == found[1]

    @cached_property
    def _bearing(self) -> Callable[[str], Bearing | None]:
        """What bearing a text has: the learned ones come again and again, an agency's name on every sheet."""
        return lru_cache(maxsize=1024)(self.meaning.bearing)


class _Changed(NamedTuple):
    """A cell that holds another text than the learned one; one text only where the other is a number."""

    cell: int
    texts: tuple[str, ...]


def _changed_texts(sheet: ArrangedSheet, block: Block, shown: Sequence[object]) -> list[_Changed] | None:
    """Where texts are not the learned ones; None where the block, or what is no text, is not alike."""
    if not (block.spans_like(sheet.block) and len(shown) == len(sheet.shown) and _has_usual_kinds(shown)):
        return None
    texts: list[_Changed] = []
    for cell in compress(count(), map(ne, sheet.shown, shown)):
        was, now = sheet.shown[cell], shown[cell]
        if not isinstance(now, str) and not -_LIMIT < now < _LIMIT:
            return None
        if isinstance(was, str) or isinstance(now, str):
            if was == "" or now == "":
                return None
            texts.append(_Changed(cell, tuple(one for one in (was, now) if isinstance(one, str))))
        elif sheet.headed and (_may_head(was) or _may_head(now)):
            return None
    return texts


def _may_head(number: float) -> bool:
    """Whether a number may be read as a year that heads a column of indicators."""
    is_year = number != int(number) or 2000 <= abs(number) < 2100
    return is_year and not is_plain(number)


def _has_usual_kinds(shown: Sequence[object]) -> TypeGuard[Sequence[str | float]]:
    """Whether all is text or number."""
    return set(map(type, shown)) <= _KINDS


def _may_stand(value: str | float) -> bool:
    """Whether a value is a text, or could be a figure: neither NaN nor beyond what a spreadsheet keeps."""
    return isinstance(value, str) or -_LIMIT < value < _LIMIT


def _cell(slot: Slot, blocks: Sequence[Block], numbers: Mapping[int, int]) -> tuple[int, int] | None:
    """The sheet of a slot by its number, and the index of its cell; None where it has none."""
    if slot.sheet is None or slot.place is None:
        return None
    number = numbers[id(slot.sheet)]
    index = blocks[number].index(slot.place)
    return None if index is None else (number, index)


def _content(value: object) -> object:
    """What stands in a cell, None for nothing one could see."""
    return value if type(value) is float or not is_blank(value) else None
