"""The report before any format: blocks of headings, passages and grids."""

import datetime
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model.grid import Grid
from pipeline.model.narrative import Run


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its outline level: 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body paragraph; its runs keep the tie between a printed number and its figure."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The paragraph as printed."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """A statutory table in its place."""

    grid: Grid


Block: TypeAlias = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A report: what stands on its pages and in its properties; no format in it.

    ``title_lines`` is the title broken by meaning; ``draft`` prints 草稿 across every page.
    """

    title: str
    title_lines: tuple[str, ...]
    organ: str
    compiler: str
    year: int
    date: datetime.date
    """The date that stands in the file's properties: publication, from report.toml."""
    blocks: tuple[Block, ...]
    draft: bool = False

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables' grids, in order."""
        return tuple(block.grid for block in self.blocks if isinstance(block, Table))

    @property
    def lines(self) -> tuple[str, ...]:
        """Title, headings and passages in order: all text outside the tables, for reading back."""
        return (self.title, *(block.text for block in self.blocks if not isinstance(block, Table)))
