"""One file of last year's ledger: a small ledger itself, the main file of a divided one, or a part."""

import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from python_calamine import CalamineWorkbook

from pipeline.errors import ExitCode, OperatorError
from pipeline.workbooks import ledger_words as words
from pipeline.workbooks.bounds import LEDGER
from pipeline.workbooks.guard import guard
from pipeline.workbooks.label import name_text
from pipeline.workbooks.previous_sheet import LedgerPage, Row, read_page, text_of
from pipeline.workbooks.previous_sums import prove_pages
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sheet import failures_as_refusals

_TOLD = (words.YEAR, words.ORGAN, words.PARTS, words.PART)


class LedgerFile(Struct, frozen=True):
    """A file that is proved against itself; ``parts`` is how many others belong to it, 0 for none.

    ``place`` is which of how many parts it is, None where it is none.
    """

    workbook: str
    pages: Sequence[LedgerPage]
    parts: int
    place: tuple[int, int] | None

    def refused(self, reason: str) -> OperatorError:
        """The error that says why the file cannot be used, and what to do."""
        return refused(self.workbook, reason)


def refused(workbook: str, reason: str) -> OperatorError:
    """The error that says why a ledger's file cannot be used, and what to do."""
    return OperatorError(
        ExitCode.INPUT,
        f"上年底稿 {workbook} {reason}。请换成上年的汇总底稿；没有上年底稿的，把这个文件移走，"
        "跨年的核对就略过。",
    )


def read_file(content: bytes, workbook: str, year: int, organ: str) -> LedgerFile:
    """A ledger's file of ``year``; OperatorError (input) where it is none, or contradicts itself."""
    sheets = _sheets(content, workbook)
    told = _told(sheets)
    _expect_year(told.get(words.YEAR, ""), workbook, year)
    read = (read_page(workbook, name, rows) for name, rows in sheets.items())
    pages = [page for page in read if page]
    if not pages:
        raise refused(workbook, "里没有地址行，不是本程序写的汇总底稿")
    _expect_organ(told.get(words.ORGAN, ""), workbook, organ)
    prove_pages(pages)
    parts, place = told.get(words.PARTS, ""), told.get(words.PART, "")
    file = LedgerFile(
        workbook, pages, words.count_of_parts(parts) or 0, words.place_of_part(place) if place else None
    )
    if (parts and not file.parts) or (place and not file.place):
        raise file.refused(f"写的“{words.PARTS if parts else words.PART}”是“{parts or place}”，看不懂")
    return file


def _sheets(content: bytes, workbook: str) -> dict[str, Sequence[Row]]:
    try:
        with failures_as_refusals():
            book = CalamineWorkbook.from_filelike(io.BytesIO(guard(content, bounds=LEDGER).content))
            return {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in book.sheet_names
            }
    except RefusalError as error:
        why = (
            f"太大：工作簿{error.args[1]}，最多 {error.args[2]}"
            if error.args[0] == "workbook-too-large"
            else ("打不开：不是 Excel 工作簿，或者已损坏，或者设了打开密码")
        )
        raise refused(workbook, why) from error


def _told(sheets: Mapping[str, Iterable[Row]]) -> dict[str, str]:
    """What stands behind each label of interest, where it stands first."""
    found: dict[str, str] = {}
    for rows in sheets.values():
        for row in rows:
            for before, after in pairwise(row):
                if isinstance(before, str) and (label := before.strip()) in _TOLD:
                    found.setdefault(label, text_of(after))
    return found


def _expect_year(found: str, workbook: str, year: int) -> None:
    if not found:
        raise refused(workbook, "里没有写明年度，不是本程序写的汇总底稿")
    if found.removesuffix("年") != str(year):
        raise refused(workbook, f"是 {found} 年的，需要的是 {year} 年的")


def _expect_organ(found: str, workbook: str, organ: str) -> None:
    if name_text(found) != name_text(organ):
        raise refused(
            workbook,
            f"的“{words.ORGAN}”是“{found or '（空）'}”，这次编报的是“{organ}”；"
            f"同一个单位改了名的，请在这份底稿里改成现在的名称",
        )
