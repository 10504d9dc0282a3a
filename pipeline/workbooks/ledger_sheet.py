"""One sheet of the ledger: an agency a row, a figure a column, and under each group its sums twice.

The live SUM formulas stand beside the program's own sums, and a third line takes one from the other: anyone
can see that the program added up right, and what changes when a figure is changed.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from pipeline.model.number import NumberKind
from pipeline.model.place import a1
from pipeline.workbooks import ledger_words as words
from pipeline.workbooks.areas import areas
from pipeline.workbooks.layout import Page, fitted
from pipeline.workbooks.ledger_columns import LedgerColumn
from pipeline.workbooks.looks import ADDRESS, BAND, FACT, FORMATS, HEAD, REMARK, TITLE, TOTAL, Look
from pipeline.workbooks.rows import Line

LEADING = (words.CODE, "单位", "分组", "报送文件")
LEADING_WIDTHS = (14, 26, 13, 30)
_HEAD = 3
"""The first header row."""
_FIRST = _HEAD + 4
"""The first agency's row: three header rows and the addresses' row stand above it."""
_START = len(LEADING) + 1
_MOST_AREAS = 255
"""Arguments of a SUM at most: Excel says that a file with more is damaged."""
_YUAN_FORMAT = "#,##0.00"
_RED = DifferentialStyle(font=Font(color="C00000", bold=True))
_FIGURE = Look()
_NAME = replace(FACT, size=10)
_LIVE = replace(TOTAL, bold=False)
_DIFFERENCE = replace(_LIVE, fill="")


class LedgerGroup(Struct, frozen=True):
    """The lines of a group, in the roster's order, and the program's own sums of them, by address."""

    name: str
    lines: Sequence[Line]
    sums: Mapping[str, Decimal]


def leading(*texts: str) -> tuple[tuple[str, ...], float]:
    """The texts a line begins with, as its cells hold them, and the height they need."""
    return fitted(texts, _NAME, LEADING_WIDTHS)


def width(column: LedgerColumn) -> float:
    """A figure's column width in characters."""
    return 19 if column.kind is NumberKind.YUAN else 11


class LedgerSheet:
    """Writes one sheet, top to bottom."""

    def __init__(self, page: Page, columns: Sequence[LedgerColumn], leading: Sequence[str] = LEADING) -> None:
        self._page = page
        self._columns = columns
        self._leading = leading
        self._looks = [_formats(column.kind) for column in columns]
        self._line = [_NAME] * len(leading) + [figure for figure, *_ in self._looks]
        self._letters = {column.address: place for place, column in enumerate(columns, start=_START)}
        self._row = _FIRST

    def write(
        self, title: str, remark: str, groups: Sequence[LedgerGroup], total: Mapping[str, Decimal]
    ) -> None:
        """All of the sheet; ``total`` holds the program's sums over all groups."""
        self._page.text(1, 1, title, replace(TITLE, horizontal="left"), columns=len(LEADING))
        self._page.text(2, 1, remark, REMARK, columns=len(LEADING))
        self._head()
        agencies: list[range] = []
        for group in groups:
            rows = self._agencies(group.lines)
            agencies.append(rows)
            if group.name:
                self._sums(words.subtotal_name(group.name), [rows], group.sums)
        self._sums(words.TOTAL, agencies, total)
        self._page.set_up(freeze=a1(_FIRST, _START), landscape=True)
        self._page.spread(title, _HEAD, _FIRST - 1, title_columns=2)

    def _head(self) -> None:
        page = self._page
        for column, label in enumerate(self._leading, start=1):
            page.text(_HEAD, column, label, BAND, rows=3)
            page.text(_FIRST - 1, column, words.ADDRESS if column == 1 else "", ADDRESS)
        for depth in range(3):
            self._labels(depth)
        for column, one in enumerate(self._columns, start=_START):
            page.text(_FIRST - 1, column, one.address, ADDRESS)

    def _labels(self, depth: int) -> None:
        """One line of labels, each over its columns; an outer label that is the next too takes both lines."""
        column = _START
        for labels, run in groupby(self._columns, key=lambda one: one.labels[: depth + 1]):
            members = list(run)
            both = members[0].labels[0] == members[0].labels[1]
            if not (both and depth == 1):
                rows = 2 if both and depth == 0 else 1
                self._page.text(_HEAD + depth, column, labels[-1], HEAD, rows=rows, columns=len(members))
            column += len(members)

    def _agencies(self, lines: Sequence[Line]) -> range:
        """The lines of a group; their rows."""
        first = self._row
        self._page.lines(first, self._line, lines)
        self._row += len(lines)
        return range(first, self._row)

    def _name(self, *texts: str, look: Look) -> int:
        """Begin the next row; its number."""
        for column, text in enumerate(texts, start=1):
            self._page.text(self._row, column, text, look)
        self._row += 1
        return self._row - 1

    def _number(self, row: int, place: int, value: Decimal | None, look: Look) -> None:
        if value is None:
            self._page.empty(row, place, look)
        else:
            self._page.number(row, place, value, look)

    def _sums(self, name: str, rows: Sequence[range], sums: Mapping[str, Decimal]) -> None:
        live = self._name("", name + words.LIVE, "", "", look=_LIVE)
        ours = self._name("", name + words.OURS, "", "", look=TOTAL)
        apart = self._name("", words.DIFFERENCE, "", "", look=_DIFFERENCE)
        for place, (column, looks) in enumerate(zip(self._columns, self._looks, strict=True), start=_START):
            self._number(ours, place, sums.get(column.address), looks[2])
            formula = self._formula(column, live, place, rows)
            if not formula:
                self._page.empty(live, place, looks[1])
                self._page.empty(apart, place, looks[3])
                continue
            self._page.formula(live, place, formula, looks[1])
            one, other = a1(live, place), a1(ours, place)
            # Rounded, since Excel adds in binary; the program's ratio may itself stand at two places.
            digits = 2 if column.over else 6
            self._page.formula(
                apart, place, f'=IF(OR({one}="",{other}=""),"",ROUND({one}-{other},{digits}))', looks[3]
            )
        self._mark(apart)

    def _formula(self, column: LedgerColumn, row: int, place: int, rows: Sequence[range]) -> str:
        """The live formula of a sum's cell, "" where the column has none."""
        if column.over:
            upper, lower = (a1(row, self._letters[address]) for address in column.over)
            return f'=IF({lower}=0,"",ROUND({upper}/{lower}*100,2))'
        runs = [(run.start, place, run.stop - 1, place) for run in rows if run]
        if not (column.summed and runs):
            return ""
        named = areas(runs)
        if named.count(",") < _MOST_AREAS:
            return f"=SUM({named})"
        # From the first line to the last: of those between, only sums have nothing in the first column.
        labels, figures = (areas([(runs[0][0], at, runs[-1][2], at)]) for at in (1, place))
        return f'=SUMIF({labels},"?*",{figures})'

    def _mark(self, row: int) -> None:
        """Show a difference in red."""
        last = _START + len(self._columns) - 1
        self._page.sheet.conditional_formatting.add(
            f"{a1(row, _START)}:{a1(row, last)}",
            Rule(type="cellIs", operator="notEqual", formula=["0"], dxf=_RED),
        )


@cache
def _formats(kind: NumberKind) -> tuple[Look, Look, Look, Look]:
    """A kind's looks: of an agency's figure, the live sum, the program's sum and their difference."""
    shown = _YUAN_FORMAT if kind is NumberKind.YUAN else FORMATS[kind]
    figure, live, ours = (replace(look, number_format=shown) for look in (_FIGURE, _LIVE, TOTAL))
    return figure, live, ours, _DIFFERENCE
