"""Where a value stands in a workbook."""

import re
from functools import lru_cache
from typing import NamedTuple


class CellPlace(NamedTuple):
    """A cell's place: the workbook's path relative to the workspace (with ``/``), its sheet, its A1 name.

    Every cell of every workbook has one.
    """

    workbook: str
    sheet: str
    a1: str

    def __str__(self) -> str:
        return f"{self.workbook} [{self.sheet}]{self.a1}"


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=4096)
def a1(row: int, column: int) -> str:
    """The A1 name of a cell whose row and column are counted from 1."""
    return f"{column_letters(column)}{row}"


@lru_cache(maxsize=4096)
def row_and_column(name: str) -> tuple[int, int]:
    """The row and column, counted from 1, of an A1 name; ValueError where it is not one."""
    match = re.fullmatch(r"([A-Z]+)([1-9]\d*)", name)
    if match is None:
        raise ValueError(name)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
