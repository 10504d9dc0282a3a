"""One sheet of last year's ledger: its lines as they stand, before anything is believed of them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.place import a1
from pipeline.workbooks import ledger_words as words

Row = Sequence[Any]


class LedgerLine(Struct, frozen=True):
    """A line of figures: an agency's where ``code`` is not empty, else the sum of group ``whose``.

    ``group`` is the agency's; ``whose`` is "" for the sum of all, None on an agency's line. ``row`` counts
    from 1. ``figures`` by address; an empty cell is no figure. ``name`` is what it is called.
    """

    row: int
    code: str
    group: str
    whose: str | None
    figures: Mapping[str, Decimal]
    name: str = ""


class LedgerPage(Struct, frozen=True):
    """A sheet: the ledger's path and the sheet's name, as messages say them; columns by address; lines."""

    workbook: str
    name: str
    columns: Mapping[str, int]
    lines: tuple[LedgerLine, ...]

    @property
    def agencies(self) -> tuple[LedgerLine, ...]:
        """The lines of agencies."""
        return tuple(line for line in self.lines if line.code)

    @property
    def sums(self) -> tuple[LedgerLine, ...]:
        """The lines of the program's own sums."""
        return tuple(line for line in self.lines if not line.code)

    def refused(self, place: str, sentence: str) -> OperatorError:
        """The error that says what is wrong at a place of this sheet, and what to do."""
        return OperatorError(ExitCode.INPUT, f"上年底稿 {self.workbook} [{self.name}]{place} {sentence}")


def read_page(workbook: str, name: str, rows: Sequence[Row]) -> LedgerPage | None:
    """A sheet of the ledger; None for one that holds no sums, such as 说明.

    OperatorError (input) where the line of addresses is gone, an address stands twice, or a word stands where
    a figure belongs.
    """
    at = next((at for at, row in enumerate(rows) if words.ADDRESS in map(text_of, row)), None)
    page = LedgerPage(workbook, name, {}, ())
    if at is None:
        if any(words.summed(_name(row)) is not None for row in rows):
            raise page.refused("", f"里没有“{words.ADDRESS}”这一行，看不出哪一列是哪个数。{INSTEAD}")
        return None
    columns: dict[str, int] = {}
    for column, address in enumerate(map(text_of, rows[at])):
        if "." in address:
            if address in columns:
                places = f"{a1(at + 1, columns[address] + 1)}、{a1(at + 1, column + 1)}"
                raise page.refused(places, f"的地址都是 {address}，分不清用哪一列。{INSTEAD}")
            columns[address] = column
    page = LedgerPage(workbook, name, columns, ())
    lines = (_line(page, number, row) for number, row in enumerate(rows[at + 1 :], start=at + 2))
    return LedgerPage(workbook, name, columns, tuple(line for line in lines if line))


INSTEAD = "请换成没有改动过的上年底稿；没有的，把这个文件移走，跨年的核对就略过。"
"""What to do with a ledger that cannot be believed."""


def _name(row: Row) -> str:
    return text_of(row[1]) if len(row) > 1 else ""


def _line(page: LedgerPage, number: int, row: Row) -> LedgerLine | None:
    """A line of figures; None for live formulas, differences and whatever else stands there."""
    code, name, group = (text_of(value) for value in (*row[:3], "", "", "")[:3])
    whose = None if code else words.summed(name)
    if not code and whose is None:
        return None
    return LedgerLine(number, code, group, whose, dict(_figures(page, number, row)), name)


def _figures(page: LedgerPage, number: int, row: Row) -> Iterator[tuple[str, Decimal]]:
    for address, column in page.columns.items():
        text = text_of(row[column]) if column < len(row) else ""
        if text:
            try:
                value = Decimal(text)
            except InvalidOperation:
                value = Decimal("NaN")
            if not value.is_finite():
                raise page.refused(a1(number, column + 1), f"是“{text}”，不是数。请照上年正式报告改正。")
            yield address, value


def text_of(value: Any) -> str:
    """A cell as text: a whole number, which Excel keeps as 3.0, without its point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
