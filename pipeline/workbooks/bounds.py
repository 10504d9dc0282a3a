"""How much a workbook's sheets hold once unfolded: the block of cells each spans, and the shared texts.

The reader takes memory for every cell of each block, and a text of its own for every cell that shares one.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import chain
from typing import NamedTuple

from pipeline.workbooks.extent import (
    MAX_CELLS,
    MAX_COLUMN,
    MAX_ROW,
    MAX_TREE,
    reach,
    without_empty_tags,
    without_ghosts,
)
from pipeline.workbooks.package import MAX_PART
from pipeline.workbooks.refusal import RefusalError

MAX_SHEETS = 255
MAX_TEXT = 50_000_000
"""Bytes of text in all cells of a workbook."""

MAX_FILLED = 100_000
"""Cells with a value in a workbook: ours have some four hundred, and each is looked at several times."""

VALUE = b"v>"
"""The end of each tag of a value: <v>, </v>, those with a prefix."""

_TEXTS = "xl/sharedstrings.xml"
_TEXT = re.compile(rb"<(?:\w+:)?si(?=[\s>/])")
_SHARED = re.compile(rb"""<(?:\w+:)?c\b([^>]*)>\s*+<(?:\w+:)?v>\s*+([0-9]{1,9})\s*+<""")
_IS_SHARED = re.compile(rb"""\st\s*+=\s*+["']s["']""")


class Bounds(NamedTuple):
    """How large a workbook may be: bytes of a part, its last row, cells with a value."""

    part: int = MAX_PART
    row: int = MAX_ROW
    filled: int = MAX_FILLED


SUBMITTED = Bounds()
LEDGER = Bounds(filled=300_000)
"""A file of last year's ledger, read once a run: 1,000 lines of some 220 figures, and room."""
ROSTER = Bounds(2 * MAX_PART, 40_000, 400_000)
"""The office's own list, read once a run: 30,000 lines of 9 columns, and room."""


class Held(NamedTuple):
    """What a sheet holds: the cells of its block, and the marks of values in it, two a value."""

    area: int
    marks: int


NOTHING: Mapping[str, Held] = {}


def within_bounds(
    parts: Mapping[str, bytes],
    is_sheet: Callable[[str], object],
    known: Mapping[str, Held] = NOTHING,
    bounds: Bounds = SUBMITTED,
) -> Mapping[str, bytes]:
    """The parts, sheets without ghosts where those reach too far; RefusalError where all come to too much.

    ``known`` says what the sheets hold that are within bounds for certain.
    """
    sheets = [(name, part) for name, part in parts.items() if is_sheet(name)]
    marks = [known[name].marks if name in known else part.count(VALUE) for name, part in sheets]
    filled = sum(count // 2 for count in marks)
    if filled > bounds.filled:
        raise RefusalError(
            "workbook-too-large", f"填了 {filled // 10_000} 万格", f"{bounds.filled // 10_000} 万格"
        )
    checked = dict(parts)
    area = sum(held.area for held in known.values())
    for name, part in sheets:
        if name not in known:
            checked[name], own = _sheet(part, bounds.row)
            area += own
    if area > MAX_CELLS:
        raise RefusalError(
            "workbook-too-large", f"各表一共占了 {area // 10_000} 万格", f"{MAX_CELLS // 10_000} 万格"
        )
    _check_texts(checked, is_sheet, sum(marks))
    return checked


def _sheet(part: bytes, rows: int) -> tuple[bytes, int]:
    """A sheet's part and the number of cells of its block; so many rows are allowed."""
    if part.count(b"<") > MAX_TREE:
        part = without_empty_tags(part)
    found = reach(part)
    if found.twice:
        raise RefusalError("workbook-damaged", "同一格的内容写了两次，分不清以哪个为准")
    if found.too_far(rows) and found.placed:
        part = without_ghosts(part)
        found = reach(part)
    if beyond := found.too_far(rows):
        raise RefusalError("workbook-too-large", beyond, f"{rows // 10_000} 万行、{MAX_COLUMN} 列")
    return part, found.area


def _check_texts(parts: Mapping[str, bytes], is_sheet: Callable[[str], object], most: int) -> None:
    """RefusalError where the texts shared by at most so many cells unfold to too much."""
    texts = next((part for name, part in parts.items() if name.lower() == _TEXTS), b"")
    sheets = [part for name, part in parts.items() if is_sheet(name)]
    if len(texts) * most < MAX_TEXT:
        return
    lengths = [len(text) for text in _TEXT.split(texts)[1:]]
    if max(lengths, default=0) * most < MAX_TEXT:
        return
    cells = chain.from_iterable(_SHARED.findall(sheet) for sheet in sheets)
    times = Counter(int(index) for attributes, index in cells if _IS_SHARED.search(attributes))
    whole = sum(lengths[index] * count for index, count in times.items() if index < len(lengths))
    if whole > MAX_TEXT:
        raise RefusalError(
            "workbook-too-large",
            f"里的文字重复展开有 {whole // 1_000_000} MB",
            f"{MAX_TEXT // 1_000_000} MB",
        )
