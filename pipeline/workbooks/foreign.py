"""What stands among a block's rows and columns and is none of the form's: left out and told, or a doubt."""

from collections.abc import Iterator, Mapping

from pipeline.model.form import FormBlock
from pipeline.model.place import column_letters
from pipeline.workbooks.copy import Crowd
from pipeline.workbooks.extent import Position
from pipeline.workbooks.number import is_blank
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.vocabulary import Labels

CLOSE_BELOW = 2
"""Lines under a block's last row that still look like its own."""


def ignored_columns(
    labels: Labels, rows: Mapping[str, Position], columns: Mapping[str, Position]
) -> Iterator[tuple[Position, str]]:
    """Columns headed by a text the form does not know, with a content in one of the rows."""
    sheet = labels.sheet
    taken, left = _taken(sheet, columns), _left(rows)
    for line in _header(columns):
        for column in sheet.rows.get(line, ()):
            place = (line, column)
            known = column in taken or place in labels.roles or column <= left
            if place in sheet.texts and not known and _filled(sheet, column, rows):
                yield place, sheet.texts[place].strip()[:20]


def ignored_rows(
    labels: Labels, rows: Mapping[str, Position], columns: Mapping[str, Position]
) -> Iterator[tuple[Position, str]]:
    """Rows among the block's own, or close below, that the form does not know and that hold a number."""
    sheet = labels.sheet
    own = [place[0] for place in rows.values()]
    at = {place[1] for place in columns.values()}
    for row in range(min(own) + 1, max(own) + CLOSE_BELOW + 1):
        places = [(row, column) for column in sheet.rows.get(row, ())]
        if any(place in labels.roles for place in places):
            if row > max(own):
                return
        elif any(place[1] in at and type(sheet.cells[place]) in (int, float) for place in places):
            label = next((sheet.texts[place] for place in places if place in sheet.texts), f"第{row}行")
            yield places[0], label.strip()[:20]


def unlabelled_columns(
    sheet: Sheet, rows: Mapping[str, Position], columns: Mapping[str, Position]
) -> dict[int, list[Position]]:
    """Columns that no text heads, with their numbers in the block's rows."""
    taken, left = _taken(sheet, columns), _left(rows)
    headed = {
        column
        for line in _header(columns)
        for column in sheet.rows.get(line, ())
        if (line, column) in sheet.texts
    }
    found: dict[int, list[Position]] = {}
    for row in sorted({place[0] for place in rows.values()}):
        for column in sorted({*sheet.rows.get(row, ()), *(at for line, at in sheet.uncached if line == row)}):
            if column > left and column not in taken | headed and sheet.figure_at((row, column)):
                found.setdefault(column, []).append((row, column))
    return found


def told_columns(
    block: FormBlock, columns: Mapping[str, Position], beside: Mapping[int, list[Position]], rows: int
) -> tuple[tuple[Crowd, ...], dict[Position, str]]:
    """What is said of unlabelled columns: which read column each one doubles, and which are only left out.

    One that stands inside the table or right behind it with numbers in at least half of the rows doubles the
    labelled one before it; any other is left out with a notice.
    """
    starts = {place[1]: column for column, place in columns.items()}
    doubled: dict[int, list[int]] = {}
    for at, found in beside.items():
        if 2 * len(found) >= rows and at <= max(starts) + 1:
            doubled.setdefault(max((one for one in starts if one < at), default=min(starts)), []).append(at)
    crowds = tuple(
        _crowd(block, starts[start], columns[starts[start]], [start, *others])
        for start, others in sorted(doubled.items())
    )
    told = {at for others in doubled.values() for at in others}
    return crowds, {found[0]: f"{column_letters(at)}列" for at, found in beside.items() if at not in told}


def _crowd(block: FormBlock, column: str, head: Position, places: list[int]) -> Crowd:
    cells = [cell for line in block.cells for cell in line if cell.column.id == column]
    return Crowd(
        head,
        cells[0].column.path[-1],
        "、".join(f"{column_letters(place)}列" for place in sorted(places)),
        frozenset(cell.address for cell in cells),
    )


def _taken(sheet: Sheet, columns: Mapping[str, Position]) -> set[int]:
    return {at for place in columns.values() for at in range(place[1], sheet.last(place)[1] + 1)}


def _left(rows: Mapping[str, Position]) -> int:
    return max(place[1] for place in rows.values())


def _header(columns: Mapping[str, Position]) -> range:
    lines = [place[0] for place in columns.values()]
    return range(min(lines), max(lines) + 1)


def _filled(sheet: Sheet, column: int, rows: Mapping[str, Position]) -> bool:
    return any(
        not is_blank(sheet.cells.get((row[0], column))) or (row[0], column) in sheet.uncached
        for row in rows.values()
    )
