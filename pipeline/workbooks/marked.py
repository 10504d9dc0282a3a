"""An agency's own workbook with the cells to change coloured and commented; the original is not touched."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from openpyxl.workbook import Workbook

from pipeline.model.place import a1
from pipeline.model.slip import LOOK, MUST, Slip, SlipLine, count, in_order
from pipeline.workbooks.harmless import is_harmless
from pipeline.workbooks.marking import mark, unmarked
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.results import with_results
from pipeline.workbooks.retained import opened_to_write
from pipeline.workbooks.retyped import retyped, write_value
from pipeline.workbooks.saving import saved
from pipeline.workbooks.sheet import Sheet, open_workbook
from pipeline.workbooks.slip_sheet import add_slip_sheet, is_slip_sheet

MOST_CELLS = 200_000
"""A larger workbook gets no marked copy: writing it would take minutes."""
REWRITTEN = (
    "这份工作簿不是 .xlsx，或里面有程序不便保留的内容，本文件是按读到的数重新写的，版式与原件不同。"
    "也可以照本页在原件上改。"
)


class _Copy(Struct, frozen=True):
    """A workbook to write on, its sheets' names by those read, and what is said of how it was made."""

    book: Workbook
    names: Mapping[str, str]
    notes: tuple[str, ...]


def marked_workbook(content: bytes, lines: Sequence[SlipLine], slip: Slip) -> bytes | None:
    """The marked copy, an .xlsx; None where the workbook cannot be read or is too large to be written again.

    Of its formulas only harmless ones stay, with the results they had; the others become those results.
    """
    try:
        whole = open_workbook(content).sheets
    except RefusalError:
        return None
    if sum(len(sheet.cells) for sheet in whole) > MOST_CELLS:
        return None
    sheets = [sheet for sheet in whole if not is_slip_sheet(sheet)]
    try:
        return _written(_own(content, sheets), sheets, lines, slip)
    except Exception:  # whatever openpyxl stumbles over: the values have been read, and go out all the same
        return _written(_Copy(*retyped(sheets), (REWRITTEN,)), sheets, lines, slip)


def _written(copy: _Copy, sheets: Sequence[Sheet], lines: Sequence[SlipLine], slip: Slip) -> bytes:
    """The copy with its marks and the sheet in front, as a file with the formulas' results."""
    shown = [
        words
        for sheet in sheets
        for words in mark(
            copy.book[copy.names[sheet.name]], [line for line in lines if line.sheet == sheet.name]
        )
    ]
    ordered = in_order(lines)
    targets = [_target(line, copy.names) for line in ordered]
    add_slip_sheet(copy.book, [*_instructions(slip, lines), *copy.notes, *shown], ordered, targets)
    written = saved(copy.book, f"{slip.agency}退回修改", slip.date)
    numbers = {page.title: number for number, page in enumerate(copy.book.worksheets, 1)}
    results = {numbers[copy.names[sheet.name]]: _results(sheet) for sheet in sheets}
    return with_results(written, results)


def _own(content: bytes, sheets: Sequence[Sheet]) -> _Copy:
    """The agency's own workbook, cleaned; any exception where openpyxl cannot read it."""
    names = [sheet.name for sheet in sheets]
    book = opened_to_write(content, names)
    if sum(page.max_row * page.max_column for page in book.worksheets) > MOST_CELLS:
        raise ValueError("going through all its cells would make them all")
    unmarked(book)
    replaced = sum(_without_harm(book, sheet, names) for sheet in sheets)
    notes = [f"有 {replaced} 格公式用到了别的文件或不常用的函数，本文件里已换成它们算出的数。"]
    return _Copy(book, dict(zip(names, names, strict=True)), tuple(notes[: bool(replaced)]))


def _without_harm(book: Workbook, sheet: Sheet, names: Sequence[str]) -> int:
    """Put in place of each formula that is not harmless the result that was read; how many there were."""
    page = book[sheet.name]
    harmful = [
        (number, column)
        for number, row in enumerate(page.iter_rows(), page.min_row)
        for column, cell in enumerate(row, page.min_column)
        if cell.data_type == "f" and not _is_kept(cell.value, names)
    ]
    for place in harmful:
        page.cell(*place).value = None
        write_value(page, place, sheet.cells.get(place))
    return len(harmful)


def _is_kept(formula: object, names: Sequence[str]) -> bool:
    """Whether a formula stays: arrays and data tables do not."""
    return isinstance(formula, str) and is_harmless(formula, names)


def _target(line: SlipLine, names: Mapping[str, str]) -> str:
    if not line.cells or line.sheet not in names:
        return ""
    return f"'{names[line.sheet].replace(chr(39), chr(39) * 2)}'!{line.cells[0]}"


def _instructions(slip: Slip, lines: Sequence[SlipLine]) -> Iterator[str]:
    must, please = count(lines, errors=True), count(lines, errors=False)
    told = [f"{must} 处{MUST}（标红）"] * bool(must) + [f"{please} 处{LOOK}（标黄）"] * bool(please)
    yield f"{slip.agency}：这份工作簿有 {'、'.join(told)}，逐处列在下面。"
    yield "点“跳到”就到那一格，格上的批注里写着怎么改。"
    yield f"改好后把封面的“报送次数”加一，另存，{slip.by}发回。标的颜色和批注不用去掉。"


def _results(sheet: Sheet) -> dict[str, object]:
    return {
        a1(*place): value
        for place, value in sheet.cells.items()
        if not isinstance(value, datetime.date | datetime.time | datetime.timedelta)
    }
