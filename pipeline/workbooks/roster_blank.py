"""The roster's template: one line an agency, as ``init`` writes it and the office edits it."""

import datetime
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model.roster import Agency
from pipeline.workbooks.layout import Book
from pipeline.workbooks.looks import BAND, FACT, REMARK

COLUMNS = {
    "单位编码": 14,
    "单位名称": 34,
    "分组": 16,
    "别名": 34,
    "邮箱": 28,
    "联系人": 12,
    "电话": 18,
    "原名": 30,
    "并入": 30,
}
"""The columns with their widths in characters."""

_SPARE = 60
"""Empty lines, already texts, so that a code typed as 001 stays 001."""
_LINE = replace(FACT, locked=False)
_NOTES = (
    "一行一个单位。单位编码不能重复，定了就不要改：跨年核对靠它。",
    "分组例如 市直机关、旗市区政府，汇总底稿按分组小计。",
    "别名填旧称、简称，几个之间用顿号隔开，认报送件时用。",
    "今年改了名、由几家合并的，在原名里写上一年的名称，用顿号隔开；上年的数跟着过来。",
    "并给别家、不再报的，留着这一行，在并入里写接手的单位；没有变动的，这两列空着。",
)


def roster_workbook(agencies: Sequence[Agency], date: datetime.date) -> bytes:
    """A roster as .xlsx with these agencies and empty lines below; every cell is a text."""
    book = Book()
    page = book.page("名册", [*COLUMNS.values(), 3, 60])
    for column, label in enumerate(COLUMNS, start=1):
        page.text(1, column, label, BAND)
    page.height(1, 26)
    for row, agency in enumerate(agencies, start=2):
        for column, text in enumerate(_line(agency), start=1):
            page.text(row, column, text, _LINE)
    for row in range(2 + len(agencies), 2 + len(agencies) + _SPARE):
        page.height(row, 21)
        for column in range(1, 1 + len(COLUMNS)):
            page.empty(row, column, _LINE)
    for row, note in enumerate(_NOTES, start=1):
        page.text(row, len(COLUMNS) + 2, note, REMARK)
    page.set_up(freeze="C2", landscape=True, pages=0)
    return book.saved("填报单位名册", date)


def _line(agency: Agency) -> tuple[str, ...]:
    return (
        agency.code,
        agency.name,
        agency.group,
        "、".join(agency.aliases),
        agency.email,
        agency.contact,
        agency.phone,
        "、".join(agency.formerly),
        agency.merged_into,
    )
