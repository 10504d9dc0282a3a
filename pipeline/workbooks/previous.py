"""Read last year's ledger (汇总底稿) back: every agency's figures and the program's own sums.

Found by the line of addresses, so that sheets may be renamed, moved or saved anew in another format. Formulas
are not read: what the program wrote as its own sums is what counts, once it is proved against the agencies.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from python_calamine import CalamineWorkbook

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.consolidation import LastYear
from pipeline.workbooks import ledger_words as words
from pipeline.workbooks.guard import guard
from pipeline.workbooks.label import name_text
from pipeline.workbooks.previous_sheet import Row, read_page, text_of
from pipeline.workbooks.previous_sums import prove_pages
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sheet import failures_as_refusals

Figures = dict[str, Decimal]


def read_ledger(content: bytes, workbook: str, year: int, *, organ: str) -> LastYear:
    """The figures of ``year`` from a ledger's bytes; ``workbook`` is its name in messages and in the result.

    OperatorError (input) where the file is no ledger, is another year's or not ``organ``'s, holds a word
    where a figure belongs, or contradicts itself (see :mod:`pipeline.workbooks.previous_sums`). An empty cell
    is no figure and is left out.
    """
    sheets = _sheets(content, workbook)
    _expect_year(sheets, workbook, year)
    read = (read_page(workbook, name, rows) for name, rows in sheets.items())
    pages = [page for page in read if page]
    if not pages:
        raise _refused(workbook, "里没有地址行，不是本程序写的汇总底稿")
    _expect_organ(sheets, workbook, organ)
    prove_pages(pages)
    agencies = _gathered((line.code, line.figures) for page in pages for line in page.agencies)
    sums = _gathered((line.whose or "", line.figures) for page in pages for line in page.sums)
    total = sums.pop("", {})
    names = {line.code: line.name for page in pages for line in page.agencies}
    grouping = {line.code: line.group for page in pages for line in page.agencies}
    return LastYear(year, workbook, agencies, total, sums, names, grouping=grouping)


def _gathered(parts: Iterable[tuple[str, Mapping[str, Decimal]]]) -> dict[str, Figures]:
    """What the sheets say of each agency or group, put together."""
    whole: dict[str, Figures] = {}
    for name, figures in parts:
        whole.setdefault(name, {}).update(figures)
    return whole


def _sheets(content: bytes, workbook: str) -> dict[str, Sequence[Row]]:
    try:
        with failures_as_refusals():
            book = CalamineWorkbook.from_filelike(io.BytesIO(guard(content).content))
            return {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in book.sheet_names
            }
    except RefusalError as error:
        raise _refused(workbook, "打不开：不是 Excel 工作簿，或者已损坏，或者设了打开密码") from error


def _refused(workbook: str, reason: str) -> OperatorError:
    return OperatorError(
        ExitCode.INPUT,
        f"上年底稿 {workbook} {reason}。请换成上年的汇总底稿；没有上年底稿的，把这个文件移走，"
        "跨年的核对就略过。",
    )


def _expect_year(sheets: Mapping[str, Iterable[Row]], workbook: str, year: int) -> None:
    found = _told(sheets, words.YEAR)
    if not found:
        raise _refused(workbook, "里没有写明年度，不是本程序写的汇总底稿")
    if found.removesuffix("年") != str(year):
        raise _refused(workbook, f"是 {found} 年的，需要的是 {year} 年的")


def _expect_organ(sheets: Mapping[str, Iterable[Row]], workbook: str, organ: str) -> None:
    found = _told(sheets, words.ORGAN)
    if name_text(found) != name_text(organ):
        raise _refused(
            workbook,
            f"的“{words.ORGAN}”是“{found or '（空）'}”，这次编报的是“{organ}”；"
            f"同一个单位改了名的，请在这份底稿里改成现在的名称",
        )


def _told(sheets: Mapping[str, Iterable[Row]], label: str) -> str:
    """What stands behind a label, "" where it stands nowhere."""
    return next(
        (
            text_of(after)
            for rows in sheets.values()
            for row in rows
            for before, after in pairwise(row)
            if text_of(before) == label
        ),
        "",
    )
