"""文字材料: what an agency offers for each section of the narrative, by the section's title."""

from collections.abc import Sequence

from pipeline.workbooks.label import key
from pipeline.workbooks.sheet import Sheet

TITLE = "文字材料"


def read_texts(titles: Sequence[str], sheets: Sequence[Sheet]) -> dict[int, str]:
    """The texts by section number, 1 to 6: the cell to the right of the section's title, paragraphs kept."""
    numbers = {key(title): number for number, title in enumerate(titles, 1)}
    found: dict[int, str] = {}
    for sheet in sheets:
        if TITLE not in key(sheet.name) and len(sheets) > 1 and not _holds_texts(sheet):
            continue
        for (row, column), text in sorted(sheet.texts.items()):
            number = numbers.get(key(text))
            beside = sheet.texts.get((row, sheet.last((row, column))[1] + 1), "")
            if number and beside.strip():
                found.setdefault(number, beside.strip())
    return found


def _holds_texts(sheet: Sheet) -> bool:
    return any(key(text) == TITLE for text in sheet.texts.values())
