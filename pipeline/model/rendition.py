"""A finished file, and what was recovered from it by reading it back."""

from dataclasses import dataclass
from typing import TypeAlias

Area: TypeAlias = tuple[int, int, int, int]
"""Where a table's cell stands: row and column, counted from 0, and how many rows and columns it spans."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One output file: kind (DESIGN §4: report-docx, report-pdf, ledger, …), name and bytes."""

    kind: str
    name: str
    """The path relative to the year's output folder, with ``/``."""
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a reader recovered from a report file.

    ``lines`` are the title, headings and passages in order, each whole again where the page cut it, with all
    white space removed; ``tables`` the texts of each table's cells in the grid's order (row-major by anchor),
    likewise without white space. ``places`` says for each table how many lines stand before it; empty where
    the reader cannot tell. ``areas`` says for each table where its cells stand, in the order of their texts;
    empty where the reader cannot tell.
    """

    lines: tuple[str, ...]
    tables: tuple[tuple[str, ...], ...]
    places: tuple[int, ...] = ()
    charts: tuple[tuple[str, ...], ...] = ()
    """The words and numbers of each picture, in the order of ``Chart.words``."""
    areas: tuple[tuple[Area, ...], ...] = ()
