"""The unit of an amount as the workbook states it: in a label, beside the figure, or in a line of its own."""

import re
from collections.abc import Iterator

from pipeline.model.form import FormCell
from pipeline.workbooks.copy import BlockCopy
from pipeline.workbooks.label import folded, unit_in
from pipeline.workbooks.number import MONEY, SEVERAL
from pipeline.workbooks.vocabulary import Labels

LONGEST_CAPTION = 30

_WORDS = "|".join(sorted(MONEY, key=len, reverse=True))
_CAPTION = re.compile(rf"单位[:为]?\(?(?:[^:()]*[、,/])?({_WORDS})(?:[、,/][^:()]*)?\)?$")
_ALONE = re.compile(rf"\(?({_WORDS})\)?$")


def money_unit(cell: FormCell, copy: BlockCopy, labels: Labels) -> str:
    """The one unit of money stated for a cell, "" for none; where several disagree, all of them.

    What counts: the column's and the row's label, a unit alone in a cell of the row, and a line 单位：万元
    anywhere on the sheet.
    """
    stated = tuple(dict.fromkeys(_stated(cell, copy, labels)))
    return stated[0] if len({MONEY[unit] for unit in stated}) == 1 else SEVERAL.join(stated)


def states_unit(text: str) -> bool:
    """Whether a text, where it is no label, may state a unit of money for figures beside or below it."""
    return bool(_alone(text) or _caption(text))


def _alone(text: str) -> re.Match[str] | None:
    """The unit in a text that is nothing else."""
    return _ALONE.match(folded(text)) if _is_short(text) else None


def _caption(text: str) -> re.Match[str] | None:
    """The line 单位：万元 in a text."""
    return _CAPTION.search(folded(text)) if "单位" in text and _is_short(text) else None


def _is_short(text: str) -> bool:
    """Whether a text has few characters, white space apart: a caption is pushed aside with it."""
    return len(text) <= LONGEST_CAPTION or len("".join(text.split())) <= LONGEST_CAPTION


def _stated(cell: FormCell, copy: BlockCopy, labels: Labels) -> Iterator[str]:
    texts = copy.sheet.texts
    for place in (copy.columns.get(cell.column.id), copy.rows.get(cell.row.id)):
        if place and (unit := unit_in(texts.get(place, ""))) in MONEY:
            yield unit
    row = copy.places[cell.address][0]
    for column in copy.sheet.rows.get(row, ()):
        if alone := _alone(texts.get((row, column), "")):
            yield alone[1]
    for place, text in texts.items():
        if "单位" in text and place not in labels.roles and (caption := _caption(text)):
            yield caption[1]
