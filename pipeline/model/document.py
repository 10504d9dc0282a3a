"""The report before any format: blocks of headings, passages and grids."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, TypeAlias

from msgspec import Struct

from pipeline.model.grid import Grid
from pipeline.model.narrative import Run
from pipeline.model.number import plain


class Heading(Struct, frozen=True):
    """A heading with its outline level: 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）.

    ``runs`` keep the tie between a printed number and its figure; a form's own title has none.
    """

    level: int
    text: str
    runs: tuple[Run, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The heading itself."""
        return (self.text,)


class Paragraph(Struct, frozen=True):
    """A body paragraph; its runs keep the tie between a printed number and its figure."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The paragraph as printed."""
        return "".join(run.text for run in self.runs)

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraph itself."""
        return (self.text,)


class Table(Struct, frozen=True):
    """A statutory table in its place."""

    grid: Grid
    lines: ClassVar[tuple[str, ...]] = ()


CONTENTS = "目录"


class Contents(Struct, frozen=True):
    """The list of headings, on pages of its own between title and text; a writer adds the page numbers."""

    entries: tuple[Heading, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Its title and its entries, without page numbers."""
        return (CONTENTS, *(entry.text for entry in self.entries))

    def targets(self, blocks: Sequence[object]) -> tuple[int, ...]:
        """The numbers, from 1, of the blocks its entries name, in order."""
        return tuple(number for number, block in enumerate(blocks, 1) if block in self.entries)


class Series(Struct, frozen=True):
    """One row of bars: what it is (2020年) and a number for each category."""

    name: str
    values: tuple[Decimal, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The values as printed."""
        return tuple(map(plain, self.values))


class Chart(Struct, frozen=True):
    """Figures as a picture: bars in groups, a group for each category, the earlier series first."""

    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The caption, which stands under the picture."""
        return (self.caption,)

    @property
    def words(self) -> tuple[str, ...]:
        """All words and numbers in the picture, in order: the series, then each category with its numbers."""
        names = tuple(one.name for one in self.series)
        return names + tuple(word for group in self.groups for word in group)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Each category with its numbers as printed, one a series."""
        return tuple(zip(self.categories, *(one.numbers for one in self.series), strict=True))

    @property
    def description(self) -> str:
        """What the picture shows, in words, for who cannot see it."""
        names = [one.name for one in self.series]
        parts = (
            f"{category} {'，'.join(f'{name} {number}' for name, number in zip(names, numbers, strict=True))}"
            for category, *numbers in self.groups
        )
        return f"{self.caption}：{'；'.join(parts)}。"


Block: TypeAlias = Heading | Paragraph | Table | Contents | Chart
"""``lines`` of a block is its text outside tables, line for line, as it is read back."""


class Attachment(Struct, frozen=True):
    """A file that travels inside the PDF: what is printed, for programs to read."""

    name: str
    media_type: str
    description: str
    content: bytes


DRAFT = "草稿"
"""What a draft bears across every page, and before all else in a web page."""


class Document(Struct, frozen=True):
    """A report: what stands on its pages and in its properties; no format in it.

    ``title_lines`` is the title broken by meaning; ``draft`` prints DRAFT across every page.
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
    attachments: tuple[Attachment, ...] = ()
    website: str = ""
    """The site that publishes the report, as report.toml has it."""

    @property
    def depths(self) -> dict[int, int]:
        """How deep each heading stands, from 1, by its block's number from 1.

        One deeper than the heading it stands under: 1. right under 一、 leaves no level out, since a reader
        who goes by headings would look for it, and headings of one level under one heading stand alike.
        """
        depths: dict[int, int] = {}
        above: list[int] = []
        for number, block in enumerate(self.blocks, 1):
            if isinstance(block, Heading):
                above = [*(level for level in above if level < block.level), block.level]
                depths[number] = len(above)
        return depths

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables' grids, in order."""
        return tuple(block.grid for block in self.blocks if isinstance(block, Table))

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The pictures, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))

    @property
    def lines(self) -> tuple[str, ...]:
        """Title, headings and passages in order: all text outside the tables, for reading back."""
        return (self.title, *(line for block in self.blocks for line in block.lines))
