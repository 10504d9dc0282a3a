"""A workbook's sheets as plain values: what stands where, whichever program wrote the file."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import python_calamine

from pipeline.workbooks.extent import Hidden, Position
from pipeline.workbooks.guard import Guarded, guard
from pipeline.workbooks.number import holds_number, is_blank
from pipeline.workbooks.refusal import RefusalError

NOTHING_HIDDEN = Hidden({}, frozenset())


@dataclass(frozen=True)
class Sheet:
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


@dataclass(frozen=True, slots=True)
class Opened:
    """The sheets of a workbook in order, hidden ones too; and whether it carries macros."""

    sheets: tuple[Sheet, ...]
    macros: bool


def open_workbook(content: bytes) -> Opened:
    """The sheets of an .xlsx, .xlsm, .xls, .et or .ods, told by content; RefusalError for anything else."""
    with failures_as_refusals():
        guarded = guard(content)
        return Opened(tuple(_sheets(guarded)), guarded.macros)


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


def _sheets(guarded: Guarded) -> Iterator[Sheet]:
    workbook = python_calamine.load_workbook(io.BytesIO(guarded.content))
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        flaws = guarded.hidden.get(about.name, NOTHING_HIDDEN)
        yield Sheet(
            name=about.name,
            visible=about.visible is python_calamine.SheetVisibleEnum.Visible,
            cells=_cells(sheet) | dict(flaws.errors),
            merged={
                (first[0] + 1, first[1] + 1): (last[0] + 1, last[1] + 1)
                for first, last in sheet.merged_cell_ranges or ()
            },
            uncached=flaws.uncached,
            linked=flaws.linked,
        )


def _cells(sheet: python_calamine.CalamineSheet) -> dict[Position, object]:
    if sheet.start is None:
        return {}
    top, left = sheet.start[0] + 1, sheet.start[1] + 1
    return {
        (row, column): value
        for row, line in enumerate(sheet.to_python(skip_empty_area=True), top)
        for column, value in enumerate(line, left)
        if value != "" and not is_blank(value)
    }
