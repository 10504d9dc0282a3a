"""文字材料: what an agency offers for each section of the narrative, by the section's title."""

from collections.abc import Sequence

from pipeline.model.place import CellPlace, a1
from pipeline.workbooks.label import key
from pipeline.workbooks.sheet import Sheet

TITLE = "文字材料"


def read_texts(
    titles: Sequence[str], sheets: Sequence[Sheet], workbook: str
) -> tuple[dict[int, str], dict[int, CellPlace]]:
    """The texts by section number, 1 to 6, and the cells of ``workbook`` they stand in.

    A text is the cell to the right of the section's title, its paragraphs kept.
    """
    numbers = {key(title): number for number, title in enumerate(titles, 1)}
    found: dict[int, str] = {}
    cells: dict[int, CellPlace] = {}
    for sheet in sheets:
        if TITLE not in key(sheet.name) and len(sheets) > 1 and not _holds_texts(sheet):
            continue
        for (row, column), text in sheet.texts.items():
            number = numbers.get(key(text))
            place = row, sheet.last((row, column))[1] + 1
            beside = sheet.texts.get(place, "").strip()
            if number and beside and number not in found:
                found[number] = beside
                cells[number] = CellPlace(workbook, sheet.name, a1(*place))
    return found, cells


def _holds_texts(sheet: Sheet) -> bool:
    return any(key(text) == TITLE for text in sheet.texts.values())
