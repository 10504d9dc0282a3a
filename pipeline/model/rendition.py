"""A finished file, and what was recovered from it by reading it back."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeAlias

from msgspec import Struct

from pipeline.model.narrative import Passage

Area: TypeAlias = tuple[int, int, int, int]
"""Where a table's cell stands: row and column, counted from 0, and how many rows and columns it spans."""


class Written(Protocol):
    """An output file, whether its bytes are held or wait on the disk."""

    @property
    def kind(self) -> str:
        """What run.json calls it."""

    @property
    def name(self) -> str:
        """The path relative to the year's output folder, with ``/``."""

    @property
    def content(self) -> bytes:
        """Its bytes."""

    @property
    def pieces(self) -> Iterable[bytes]:
        """The same, a piece at a time."""

    @property
    def sha256(self) -> str:
        """Their digest."""

    @property
    def size(self) -> int:
        """How many they are."""


class Rendition(Struct, frozen=True):
    """One output file: kind (DESIGN §4: report-docx, report-pdf, ledger, …), name and bytes."""

    kind: str
    name: str
    """The path relative to the year's output folder, with ``/``."""
    content: bytes

    @property
    def pieces(self) -> Iterable[bytes]:
        """The bytes, which are at hand."""
        return (self.content,)

    @property
    def sha256(self) -> str:
        """The bytes' digest, reckoned anew each time."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """How many bytes they are."""
        return len(self.content)


class CellSpan(NamedTuple):
    """An Area whose parts have names."""

    row: int
    column: int
    rows: int
    columns: int


class ReadBack(Struct, frozen=True):
    """What a reader recovered from a report file.

    ``lines`` are the title, headings and passages in order, each whole again where the page cut it, with all
    white space removed; ``tables`` the texts of each table's cells in the grid's order (row-major by anchor),
    likewise without white space. What a reader cannot tell is empty: ``places``, for each table how many
    lines stand before it; ``levels``, each line's outline level, 0 for the title and body text; ``areas``,
    for each table where each of its cells stands, in the order of their texts.
    """

    lines: tuple[str, ...]
    tables: tuple[tuple[str, ...], ...]
    places: tuple[int, ...] = ()
    charts: tuple[tuple[str, ...], ...] = ()
    """The words and numbers of each picture, in the order of ``Chart.words``."""
    areas: tuple[tuple[Area, ...], ...] = ()
    levels: tuple[int, ...] = ()
    descriptions: tuple[str, ...] = ()
    """What the file says in words of each picture, for who cannot see it; "" where it says nothing."""
    attachments: tuple[tuple[str, bytes], ...] | None = None
    """The files that travel inside, each with its name; None where the format has none."""


class Edits(Struct, frozen=True):
    """What a person did to the words of a report file.

    ``numbers`` of the ``bound`` ones, those printed from a figure, still say it. ``lines`` were edited,
    added, taken out or moved; ``text`` is the file's text with the edited lines' names as their origin.
    """

    numbers: int
    bound: int
    lines: int
    text: tuple[Passage, ...]
