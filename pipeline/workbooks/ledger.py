"""汇总底稿: every agency's figures beside the sums, for the office's files and for next year's run."""

import datetime
from collections.abc import Mapping, Sequence

from pipeline.model.consolidation import Consolidation, Figures
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import INDICATORS, Indicator
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Submission
from pipeline.workbooks import ledger_words as words
from pipeline.workbooks.layout import Book, Page
from pipeline.workbooks.ledger_columns import LedgerColumn, indicator_columns, table_columns
from pipeline.workbooks.ledger_sheet import LEADING_WIDTHS, LedgerGroup, LedgerRow, LedgerSheet, width
from pipeline.workbooks.looks import BAND, FACT, HEAD, REMARK, TITLE
from pipeline.workbooks.saving import saved

_REMARK = "“程序”一行是本程序的汇总数，“公式”一行由 Excel 现算，两行应处处相等，“相差”一行应全是 0。"
_READING = (
    "怎么看这份底稿",
    "1. 每张统计表一页：一个单位一行，一个数一列；列头是表里的行名和列名，灰色小字是这个数的地址。",
    f"2. {_REMARK}",
    "3. 金额一律以元为单位（列头写明万元的除外）；增减数显示为增12、减13。",
    "4. 空着的格是该单位没有填，不是 0。",
    "5. 这份底稿不连到任何别的文件。明年编报时把它存为 previous.xlsx，程序由此知道上年数。",
    "6. 请不要改动灰色的地址行和“程序”各行的名称。",
)


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

    ``previous.read_ledger`` reads it back.
    """
    book = Book()
    _explain(book, consolidation, roster, form, organ=organ, year=year)
    groups = _groups(consolidation, submissions, roster)
    for name, columns in _sheets(form, indicators):
        page = book.page(name, [*LEADING_WIDTHS, *map(width, columns)])
        title = f"{organ}{year}年{words.TITLE}——{name}"
        LedgerSheet(page, columns).write(title, _REMARK, groups, consolidation.figures)
    return saved(book.workbook, f"{organ}{year}年{words.TITLE}", date)


def _sheets(form: StatutoryForm, indicators: Sequence[Indicator]) -> list[tuple[str, list[LedgerColumn]]]:
    sheets = [(table.alias, table_columns(table)) for table in form.tables]
    return [*sheets, (INDICATORS, indicator_columns(indicators))] if indicators else sheets


def _groups(
    consolidation: Consolidation, submissions: Mapping[str, Submission], roster: Roster
) -> list[LedgerGroup]:
    nothing: Figures = {}
    return [
        LedgerGroup(group, rows, consolidation.groups.get(group, nothing))
        for group in roster.groups
        if (rows := [_row(agency, submissions) for agency in consolidation.counted if agency.group == group])
    ]


def _row(agency: Agency, submissions: Mapping[str, Submission]) -> LedgerRow:
    submission = submissions[agency.code]
    return LedgerRow(agency, submission.workbook, submission.value)


def _explain(
    book: Book, consolidation: Consolidation, roster: Roster, form: StatutoryForm, *, organ: str, year: int
) -> None:
    page = book.page(words.EXPLANATION, (16, 46, 20, 34))
    page.text(1, 1, f"{organ}{year}年{words.TITLE}", TITLE, columns=4)
    page.height(1, 32)
    told = (
        (words.YEAR, str(year)),
        ("版本", f"{form.edition}（{form.notice}）"),
        (words.ORGAN, organ),
        ("应报单位", f"{len(roster.agencies)} 家"),
        ("计入汇总", f"{len(consolidation.counted)} 家"),
        ("没有计入", f"{len(consolidation.missing)} 家"),
    )
    for row, (label, text) in enumerate(told, start=3):
        page.text(row, 1, label, HEAD)
        page.text(row, 2, text, FACT, columns=3)
    first = 4 + len(told)
    for row, line in enumerate(_READING, start=first):
        page.text(row, 1, line, REMARK, columns=4)
    _list(page, first + len(_READING) + 1, consolidation)
    page.set_up(freeze="A3", pages=0)


def _list(page: Page, top: int, consolidation: Consolidation) -> None:
    """Every agency and whether it counts, those that do not first."""
    for column, label in enumerate((words.CODE, "单位", "分组", "是否计入汇总"), start=1):
        page.text(top, column, label, BAND)
    listed = [(agency, "没有计入") for agency in consolidation.missing]
    listed += [(agency, "计入") for agency in consolidation.counted]
    for row, (agency, state) in enumerate(listed, start=top + 1):
        for column, text in enumerate((agency.code, agency.name, agency.group, state), start=1):
            page.text(row, column, text, FACT)
