"""Read last year's ledger (汇总底稿) back: every agency's figures and the program's own sums.

Found by the line of addresses, so that sheets may be renamed, moved or saved anew in another format. Formulas
are not read: what the program wrote as its own sums is what counts, once it is proved against the agencies.
"""

from collections.abc import Iterable

from pipeline.model.consolidation import LastYear
from pipeline.workbooks.previous_file import LedgerFile, read_file
from pipeline.workbooks.previous_parts import Gathered, gather_parts

Parts = Iterable[tuple[str, bytes]]
"""The files of a divided ledger's parts: each one's name in messages, and its bytes."""


def read_ledger(content: bytes, workbook: str, year: int, *, organ: str, parts: Parts = ()) -> LastYear:
    """The figures of ``year`` from a ledger's bytes; ``workbook`` is its name in messages and in the result.

    ``parts`` are what lies in its folder, looked through once; none are needed where the ledger is one file.
    OperatorError (input) where a file is no ledger, is another year's or not ``organ``'s, holds a word where
    a figure belongs, contradicts itself or another (see :mod:`pipeline.workbooks.previous_sums` and
    :mod:`pipeline.workbooks.previous_parts`), or lacks. An empty cell is no figure and is left out.
    """
    main = read_file(content, workbook, year, organ)
    if main.place:
        raise main.refused(f"只是第{main.place[0]}册，要的是不带册号的那份“汇总底稿.xlsx”")
    files = (read_file(each, name, year, organ) for name, each in parts)
    found = gather_parts(main, files) if main.parts else _alone(main, files)
    total = found.sums.pop("", {})
    return LastYear(year, workbook, found.agencies, total, found.sums, found.names, grouping=found.grouping)


def _alone(main: LedgerFile, files: Iterable[LedgerFile]) -> Gathered:
    for file in files:
        raise main.refused(f"没有分册，用不着 {file.workbook}：两样是不同的底稿，只能留一样")
    found = Gathered()
    found.add(main)
    found.add_sums(main, whole=True)
    return found
