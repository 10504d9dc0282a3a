"""Marks on the cells of an agency's workbook: a colour and a comment that says what to do; and off again."""

from collections.abc import Iterable, Iterator, Mapping

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.finding import visible
from pipeline.model.place import row_and_column
from pipeline.model.slip import MARKER, SlipLine
from pipeline.workbooks.extent import MAX_COLUMN, MAX_ROW
from pipeline.workbooks.slip_sheet import RED, WORDS, YELLOW, colour

AUTHOR = "退回单"
THEIRS = "\n————原批注————\n"
"""Stands between our words and those of a comment that was there."""
WIDTH, LINE = 340, 19
"""A comment's width and the height of its lines, in pixels."""
PER_LINE = 24
"""Characters in a line of a comment."""


def unmarked(book: Workbook) -> None:
    """Take off what an earlier marking put on: the sheet in front, our colours and comments."""
    for page in book.worksheets:
        if page["A1"].value == MARKER:
            book.remove(page)
            continue
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.comment and cell.comment.author == AUTHOR:
                    _clear(cell)


def _clear(cell: Cell) -> None:
    _, had, theirs = cell.comment.text.partition(THEIRS) if cell.comment else ("", "", "")
    cell.comment = Comment(theirs, "原批注") if had else None
    if cell.fill.fgColor.rgb in (RED, YELLOW):
        cell.fill = PatternFill()


def mark(page: Worksheet, lines: Iterable[SlipLine]) -> Iterator[str]:
    """Colour and comment the cells the lines name; yield what was hidden and is now shown, in words."""
    by_cell: dict[str, list[SlipLine]] = {}
    for line in lines:
        for name in line.cells:
            if cell := _cell(page, name):
                by_cell.setdefault(cell.coordinate, []).append(line)
    for name, told in by_cell.items():
        cell = page[name]
        cell.fill = PatternFill("solid", colour(is_error=any(line.is_error for line in told)))
        cell.comment = _comment(cell, told)
    yield from _shown(page, by_cell)


def _cell(page: Worksheet, name: str) -> Cell | None:
    """The cell of a name, the first one of a merged area; None for what is no cell within bounds."""
    try:
        row, column = row_and_column(name)
    except ValueError:
        return None
    if row > MAX_ROW or column > MAX_COLUMN:
        return None
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
        cell = page.cell(area.min_row, area.min_col)
    return cell if isinstance(cell, Cell) else None


def _comment(cell: Cell, lines: Iterable[SlipLine]) -> Comment:
    text = "\n\n".join(map(comment_text, lines))
    if cell.comment:
        text += f"{THEIRS}{cell.comment.author}：{cell.comment.text}"
    height = sum(1 + len(line) // PER_LINE for line in text.split("\n")) + 1
    return Comment(text, AUTHOR, height=min(height * LINE, 480), width=WIDTH)


def comment_text(line: SlipLine) -> str:
    """What a comment says: how grave, what stands there, what should, what to do."""
    return "\n".join(
        (
            f"【{WORDS[line.is_error]}】{visible(line.message)}",
            f"填的是：{visible(line.found)}",
            f"应是：{visible(line.expected)}",
            f"怎么改：{visible(line.remedy)}",
        )
    )


def _shown(page: Worksheet, cells: Mapping[str, object]) -> Iterator[str]:
    """Show the sheet, rows and columns in which marked cells are hidden."""
    if cells and page.sheet_state != "visible":
        page.sheet_state = "visible"
        yield f"工作表“{page.title}”原来是隐藏的，已取消隐藏。"
    places = [row_and_column(name) for name in cells]
    for row in sorted({row for row, _ in places}):
        if page.row_dimensions[row].hidden:
            page.row_dimensions[row].hidden = False
            yield f"工作表“{page.title}”的第 {row} 行原来是隐藏的，已取消隐藏。"
    for letters, columns in list(page.column_dimensions.items()):
        first = columns.min or column_index_from_string(letters)
        last = columns.max or first
        if columns.hidden and any(first <= column <= last for _, column in places):
            columns.hidden = False
            yield f"工作表“{page.title}”从 {letters} 列起有隐藏的列，已取消隐藏。"
