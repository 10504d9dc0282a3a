"""汇总底稿: every agency's figures beside the sums, for the office's files and for next year's run."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import repeat

from msgspec import Struct

from pipeline.model.consolidation import Consolidation, decimals
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import INDICATORS, Indicator
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Submission
from pipeline.workbooks import ledger_words as words
from pipeline.workbooks.layout import Book, Page, fitted
from pipeline.workbooks.ledger_columns import LedgerColumn, indicator_columns, table_columns
from pipeline.workbooks.ledger_sheet import (
    LEADING,
    LEADING_WIDTHS,
    LedgerGroup,
    LedgerSheet,
    leading,
    width,
)
from pipeline.workbooks.looks import BAND, FACT, HEAD, REMARK, TITLE
from pipeline.workbooks.rows import Line, written

REMARKED = "“程序”一行是本程序的汇总数，“公式”一行由 Excel 现算，两行应处处相等，“相差”一行应全是 0。"
READING = (
    "怎么看这份底稿",
    "1. 每张统计表一页：一个单位一行，一个数一列；列头是表里的行名和列名，灰色小字是这个数的地址。",
    f"2. {REMARKED}",
    "3. 金额一律以元为单位（列头写明万元的除外）；增减数显示为增12、减13。",
    "4. 空着的格是该单位没有填，不是 0。",
    "5. 这份底稿不连到任何别的文件。明年编报时把它存为 previous.xlsx，程序由此知道上年数。",
    "6. 请不要改动灰色的地址行和“程序”各行的名称。",
)

Table = Sequence[Sequence[str]]
"""Lines of texts, the first of which heads the others."""
_WIDTHS = (16, 46, 20, 34)
"""Of the columns of the sheet that explains, in characters."""


class Volume(Struct, frozen=True):
    """What every file of a ledger says: whose, of which year and form, on which day; and its sheets."""

    organ: str
    year: int
    date: datetime.date
    form: StatutoryForm
    sheets: tuple[tuple[str, Sequence[LedgerColumn]], ...]

    @classmethod
    def of(
        cls,
        form: StatutoryForm,
        indicators: Sequence[Indicator],
        *,
        organ: str,
        year: int,
        date: datetime.date,
    ) -> "Volume":
        """The files of a year of this form: a sheet a table, and one for the indicators."""
        sheets: list[tuple[str, Sequence[LedgerColumn]]] = [
            (table.alias, table_columns(table)) for table in form.tables
        ]
        if indicators:
            sheets.append((INDICATORS, indicator_columns(indicators)))
        return cls(organ, year, date, form, tuple(sheets))

    @property
    def title(self) -> str:
        """What stands above each file."""
        return f"{self.organ}{self.year}年{words.TITLE}"


class Block(Struct, frozen=True):
    """The lines of a group on each sheet, and its sums."""

    name: str
    lines: Sequence[Sequence[Line]]
    """As many as there are sheets."""
    sums: Mapping[str, Decimal]


def ledger_workbook(
    consolidation: Consolidation,
    submissions: Mapping[str, Submission],
    roster: Roster,
    form: StatutoryForm,
    indicators: Sequence[Indicator],
    *,
    organ: str,
    year: int,
    date: datetime.date,
) -> bytes:
    """The ledger as .xlsx; ``submissions`` by agency code, of which those of agencies that count are shown.

    ``previous.read_ledger`` reads it back. A roster that is divided gets ``ledger_parts.ledger_files``.
    """
    volume = Volume.of(form, indicators, organ=organ, year=year, date=date)
    facts = counts(len(consolidation.counted), len(consolidation.missing))
    listed = agency_list(consolidation.counted, consolidation.missing)
    return file_of(
        volume,
        lambda page: explain(page, volume, facts, READING, listed),
        list(_blocks(volume, consolidation, submissions, roster)),
        decimals(consolidation.figures),
    )


def file_of(
    volume: Volume,
    explanation: Callable[[Page], None],
    blocks: Sequence[Block],
    total: Mapping[str, Decimal],
    head: Sequence[str] = LEADING,
) -> bytes:
    """One file of a ledger: the sheet that explains it, and a sheet a table.

    ``head`` names the columns before the figures.
    """
    book = Book()
    explanation(book.page(words.EXPLANATION, _WIDTHS))
    for at, (name, columns) in enumerate(volume.sheets):
        page = book.page(name, [*LEADING_WIDTHS, *map(width, columns)])
        groups = [LedgerGroup(block.name, block.lines[at], block.sums) for block in blocks]
        LedgerSheet(page, columns, head).write(f"{volume.title}——{name}", REMARKED, groups, total)
    return book.saved(volume.title, volume.date)


def _blocks(
    volume: Volume, consolidation: Consolidation, submissions: Mapping[str, Submission], roster: Roster
) -> Iterator[Block]:
    for group in roster.groups:
        counted = [agency for agency in consolidation.counted if agency.group == group]
        if counted:
            lines = agency_lines(volume, counted, submissions)
            yield Block(group, lines, decimals(consolidation.groups.get(group, {})))


def nobody(_numerals: Mapping[str, str]) -> None:
    """Who is told of figures where nobody asks."""


def agency_lines(
    volume: Volume,
    agencies: Iterable[Agency],
    submissions: Mapping[str, Submission],
    told: Callable[[Mapping[str, str]], None] = nobody,
) -> list[list[Line]]:
    """A line for each agency on each sheet; each submission is looked up once, and its digits ``told``."""
    addresses = [[column.address for column in columns] for _, columns in volume.sheets]
    lines: list[list[Line]] = [[] for _ in addresses]
    for agency in agencies:
        submission = submissions[agency.code]
        numerals = submission.digits()
        told(numerals)
        texts, height = leading(agency.code, agency.name, agency.group, submission.workbook)
        for on_sheet, these in zip(lines, addresses, strict=True):
            figures = tuple(map(written, map(numerals.get, these, repeat(""))))
            on_sheet.append(Line(texts, height, figures))
    return lines


def counts(counted: int, missing: int) -> tuple[tuple[str, str], ...]:
    """How many agencies there are, in words."""
    return (
        ("应报单位", f"{counted + missing} 家"),
        ("计入汇总", f"{counted} 家"),
        ("没有计入", f"{missing} 家"),
    )


def explain(
    page: Page,
    volume: Volume,
    facts: Iterable[tuple[str, str]],
    reading: Sequence[str],
    listed: Table,
) -> None:
    """The sheet that explains: what it is, how it is read, and a list."""
    page.text(1, 1, volume.title, TITLE, columns=4)
    page.height(1, 32)
    told = (
        (words.YEAR, str(volume.year)),
        ("版本", f"{volume.form.edition}（{volume.form.notice}）"),
        (words.ORGAN, volume.organ),
        *facts,
    )
    for row, (label, text) in enumerate(told, start=3):
        page.text(row, 1, label, HEAD)
        page.text(row, 2, text, FACT, columns=3)
    first = 4 + len(told)
    for row, line in enumerate(reading, start=first):
        page.text(row, 1, line, REMARK, columns=4)
    top = first + len(reading) + 1
    for column, text in enumerate(listed[0], start=1):
        page.text(top, column, text, BAND)
    page.lines(top + 1, [FACT] * 4, [Line(*fitted(texts, FACT, _WIDTHS), ()) for texts in listed[1:]])
    page.set_up(freeze="A3", pages=0)


def agency_list(counted: Iterable[Agency], missing: Iterable[Agency]) -> Table:
    """Every agency and whether it counts, those that do not first."""
    listed = [(agency, "没有计入") for agency in missing]
    listed += [(agency, "计入") for agency in counted]
    return [
        (words.CODE, "单位", "分组", "是否计入汇总"),
        *((agency.code, agency.name, agency.group, state) for agency, state in listed),
    ]
