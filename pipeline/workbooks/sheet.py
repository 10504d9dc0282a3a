"""A workbook's sheets as plain values: what stands where, whichever program wrote the file."""

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import chain

import python_calamine
from msgspec import Struct, field

from pipeline.workbooks.bounds import SUBMITTED, Bounds
from pipeline.workbooks.extent import Hidden, Position
from pipeline.workbooks.familiar import Memory
from pipeline.workbooks.guard import Guarded, guard
from pipeline.workbooks.number import holds_number, is_blank
from pipeline.workbooks.refusal import RefusalError

NOTHING_HIDDEN = Hidden({}, frozenset())


class Sheet(Struct, frozen=True, dict=True):
    """One sheet: its name, whether a person sees it, and its contents by place.

    ``cells`` holds every cell that is not blank (text, int, float, bool, date), by row and column counted
    from 1; an error value is its text (#REF!). ``merged`` gives the last place of each merged area by its
    first. ``uncached`` are the formulas whose result the file does not hold, ``linked`` those that take their
    number from another file.
    """

    name: str
    visible: bool
    cells: Mapping[Position, object]
    merged: Mapping[Position, Position] = field(default_factory=dict)
    uncached: frozenset[Position] = frozenset()
    linked: frozenset[Position] = frozenset()

    @cached_property
    def texts(self) -> Mapping[Position, str]:
        """The cells that hold text, row by row."""
        texts = {place: value for place, value in self.cells.items() if isinstance(value, str)}
        return dict(sorted(texts.items()))

    @cached_property
    def rows(self) -> Mapping[int, tuple[int, ...]]:
        """The columns that are not blank, ascending, by row."""
        found: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            found.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in found.items()}

    def figure_at(self, place: Position) -> bool:
        """Whether a number stands here, or a formula whose number the file does not hold."""
        return place in self.uncached or holds_number(self.cells.get(place))

    def last(self, place: Position) -> Position:
        """The last place of the merged area that begins here; the place itself where none does."""
        return self.merged.get(place, place)


USUAL = 4096
"""Cells of the largest block whose places are remembered: a roster's are asked for once."""


class Block(Struct, frozen=True):
    """A sheet as its reader gives it: the values of the block from ``first`` on, row by row, "" for no value.

    ``texts`` stand in a cell instead of its value: an error value, a number with the words of its format.
    ``merged`` are areas by their first and last place; the rest is as in :class:`Sheet`.
    """

    name: str
    visible: bool
    first: Position
    columns: int
    values: Sequence[object]
    texts: Mapping[Position, str]
    merged: Sequence[tuple[Position, Position]]
    uncached: frozenset[Position]
    linked: frozenset[Position]

    @property
    def places(self) -> tuple[Position, ...]:
        """The places of the values, in order."""
        rows = len(self.values) // self.columns if self.columns else 0
        places = _known_places if len(self.values) <= USUAL else _places
        return places(*self.first, rows, self.columns)

    def index(self, place: Position) -> int | None:
        """Where the value of a place is among the values; None outside the block."""
        row, column = place[0] - self.first[0], place[1] - self.first[1]
        index = row * self.columns + column
        return index if row >= 0 <= column < self.columns and index < len(self.values) else None

    def at(self, place: Position) -> object:
        """What stands at a place, "" or None for nothing."""
        index = self.index(place)
        return self.texts.get(place, None if index is None else self.values[index])

    def spans_like(self, other: "Block") -> bool:
        """Whether both are alike but for what stands in their cells."""
        return (
            self.name == other.name
            and self.visible == other.visible
            and (self.first, self.columns) == (other.first, other.columns)
            and self.merged == other.merged
            and self.uncached == other.uncached
            and self.linked == other.linked
        )

    def shown(self) -> Sequence[object]:
        """The values with the texts in their cells; None is added where one has no cell among them."""
        if not self.texts:
            return self.values
        shown = list(self.values)
        for place, text in self.texts.items():
            index = self.index(place)
            if index is None:
                return [*shown, None]
            shown[index] = text
        return shown

    def sheet(self, rows: Collection[int] | None = None) -> Sheet:
        """The sheet as what stands where; of ``rows`` only, if given."""
        pairs = self._pairs(rows)
        texts = {place: text for place, text in self.texts.items() if rows is None or place[0] in rows}
        cells = {
            place: value
            for place, value in pairs
            if type(value) is float or (value != "" and not is_blank(value))
        }
        return Sheet(
            self.name,
            self.visible,
            cells | texts if texts else cells,
            dict(self.merged),
            self.uncached,
            self.linked,
        )

    def _pairs(self, rows: Collection[int] | None) -> Iterator[tuple[Position, object]]:
        """Each place with its value, row by row."""
        if rows is None:
            yield from zip(self.places, self.values, strict=True)
            return
        places = self.places
        for row in sorted(rows):
            start = (row - self.first[0]) * self.columns
            yield from zip(
                places[start : start + self.columns], self.values[start : start + self.columns], strict=True
            )


def _places(top: int, left: int, rows: int, columns: int) -> tuple[Position, ...]:
    """The places of a block of cells, row by row."""
    return tuple((row, column) for row in range(top, top + rows) for column in range(left, left + columns))


_known_places = lru_cache(maxsize=64)(_places)
"""Sheets of one form span alike blocks."""


class Opened(Struct, frozen=True):
    """The sheets of a workbook in order, hidden ones too; and whether it carries macros."""

    blocks: tuple[Block, ...]
    macros: bool

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets as what stands where."""
        return tuple(block.sheet() for block in self.blocks)


def open_workbook(content: bytes, memory: Memory | None = None, bounds: Bounds = SUBMITTED) -> Opened:
    """The sheets of an .xlsx, .xlsm, .xls, .et or .ods, told by content; RefusalError for anything else.

    ``memory`` and ``bounds`` are the guard's.
    """
    with failures_as_refusals():
        guarded = guard(content, memory, bounds)
        return Opened(tuple(_blocks(guarded)), guarded.macros)


@contextmanager
def failures_as_refusals() -> Iterator[None]:
    """Whatever the guard and the reader run into becomes a RefusalError: it costs this one file only."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise RefusalError("workbook-password") from error
    except (python_calamine.CalamineError, OSError, ValueError, MemoryError, RecursionError) as error:
        raise RefusalError("workbook-unreadable", "内容不完整或格式不对") from error
    except BaseException as error:
        # A panic inside the reader (Rust) is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise RefusalError("workbook-unreadable", "内容不完整或格式不对") from error


def _blocks(guarded: Guarded) -> Iterator[Block]:
    workbook = python_calamine.load_workbook(io.BytesIO(guarded.content))
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        flaws = guarded.hidden.get(about.name, NOTHING_HIDDEN)
        start = sheet.start
        lines = [] if start is None else sheet.to_python(skip_empty_area=True)
        yield Block(
            name=about.name,
            visible=about.visible is python_calamine.SheetVisibleEnum.Visible,
            first=(1, 1) if start is None else (start[0] + 1, start[1] + 1),
            columns=len(lines[0]) if lines else 0,
            values=list(chain.from_iterable(lines)),
            merged=[
                ((first[0] + 1, first[1] + 1), (last[0] + 1, last[1] + 1))
                for first, last in sheet.merged_cell_ranges or ()
            ],
            texts=flaws.errors,
            uncached=flaws.uncached,
            linked=flaws.linked,
        )
