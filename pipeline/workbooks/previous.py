"""Read last year's ledger (汇总底稿) back: every agency's figures and the program's own sums.

Found by the line of addresses, so that sheets may be renamed, moved or saved anew in another format. Formulas
are not read: what the program wrote as its own sums is what counts.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.consolidation import LastYear
from pipeline.model.place import a1
from pipeline.workbooks import ledger_words as words
from pipeline.workbooks.guard import guard
from pipeline.workbooks.refusal import RefusalError

Row = Sequence[Any]
Figures = dict[str, Decimal]


def read_ledger(content: bytes, workbook: str, year: int) -> LastYear:
    """The figures of ``year`` from a ledger's bytes; ``workbook`` is its name in messages and in the result.

    OperatorError (input) where the file is no ledger, is another year's, or holds a word where a figure
    belongs. An empty cell is no figure and is left out.
    """
    sheets = _sheets(content, workbook)
    _expect_year(sheets, workbook, year)
    agencies: dict[str, Figures] = {}
    sums: dict[str, Figures] = {}
    tables = 0
    for name, rows in sheets.items():
        at = _address_line(rows)
        if at is None:
            continue
        tables += 1
        columns = {column: text for column, text in enumerate(map(_text, rows[at])) if "." in text}
        for number, row in enumerate(rows[at + 1 :], start=at + 2):
            target = _target(row, agencies, sums)
            if target is not None:
                target.update(_figures(row, number, columns, f"{workbook} [{name}]"))
    if not tables:
        raise _refused(workbook, "里没有地址行，不是本程序写的汇总底稿")
    total = sums.pop("", {})
    return LastYear(year, workbook, agencies, total, sums)


def _sheets(content: bytes, workbook: str) -> dict[str, Sequence[Row]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(guard(content).content))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    except (RefusalError, CalamineError) as error:
        raise _refused(workbook, "打不开：不是 Excel 工作簿，或者已损坏，或者设了打开密码") from error


def _refused(workbook: str, reason: str) -> OperatorError:
    return OperatorError(
        ExitCode.INPUT,
        f"上年底稿 {workbook} {reason}。请换成上年的汇总底稿；没有上年底稿的，把这个文件移走，"
        "跨年的核对就略过。",
    )


def _expect_year(sheets: Mapping[str, Iterable[Row]], workbook: str, year: int) -> None:
    found = next(
        (
            _text(after)
            for rows in sheets.values()
            for row in rows
            for label, after in pairwise(row)
            if _text(label) == words.YEAR
        ),
        "",
    )
    if not found:
        raise _refused(workbook, "里没有写明年度，不是本程序写的汇总底稿")
    if found.removesuffix("年") != str(year):
        raise _refused(workbook, f"是 {found} 年的，需要的是 {year} 年的")


def _address_line(rows: Sequence[Row]) -> int | None:
    """The index of the line of addresses."""
    return next((at for at, row in enumerate(rows) if words.ADDRESS in map(_text, row)), None)


def _target(row: Row, agencies: dict[str, Figures], sums: dict[str, Figures]) -> Figures | None:
    """Where a row's figures belong: an agency's, or the program's own sums; None for any other row."""
    code, name = (_text(value) for value in (*row[:2], "", "")[:2])
    if code:
        return agencies.setdefault(code, {})
    whose = words.summed(name)
    return None if whose is None else sums.setdefault(whose, {})


def _figures(row: Row, number: int, columns: Mapping[int, str], where: str) -> Iterator[tuple[str, Decimal]]:
    for column, address in columns.items():
        text = _text(row[column]) if column < len(row) else ""
        if text:
            try:
                value = Decimal(text)
            except InvalidOperation:
                value = Decimal("NaN")
            if not value.is_finite():
                place = f"{where}{a1(number, column + 1)}"
                raise OperatorError(
                    ExitCode.INPUT,
                    f"上年底稿 {place} 是“{text}”，不是数。请照上年正式报告改正，或者清空这一格。",
                )
            yield address, value


def _text(value: Any) -> str:
    """A cell as text: a whole number, which Excel keeps as 3.0, without its point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
