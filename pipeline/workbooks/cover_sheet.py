"""封面: whose workbook it is and how to fill it in; and the hidden sheet that tells a program the same."""

from collections.abc import Iterable

from msgspec.structs import replace

from pipeline.model.form import StatutoryForm
from pipeline.model.number import NumberKind
from pipeline.model.place import a1
from pipeline.workbooks.entries import whole_number, worded
from pipeline.workbooks.filling import Filling
from pipeline.workbooks.layout import Book, Page
from pipeline.workbooks.looks import FACT, HEAD, INPUT, PROSE, REMARK, TITLE

COVER = "封面"
HIDDEN = "_make_report"

_FIRST = 3
_WIDTHS = (16, 46, 40)
_VERSION = replace(INPUT, horizontal="left", indent=1)
_HINT = replace(REMARK, indent=1)
_SIGNED = replace(PROSE, vertical="center")
_NOTES = (
    "填报说明",
    "1. 只填浅黄色的格。灰色的格是公式，会自动算出；其余的格已锁定，没有密码。表名、行名、列名请不要改。",
    "2. 没有发生的填 0，不要空着，也不要填“/”“-”“无”。空格不会当作 0。",
    "3. 件数、项数只填阿拉伯数字，不带单位。{kinds}",
    "4. 每张表下面有一行核对结果：红字说明还差什么，变成绿字“勾稽关系全部相符”再报。",
    "5. “上年结转”已填有数的，取自上年底稿；与实际不符请先和汇总单位联系，不要自行改平。",
    "6. 改过以后再报的，请把“报送次数”加 1，文件名可以不变。",
    "7. 存成 .xlsx、.xls、.et、.ods 都可以，不要设打开密码。",
)


_KIND_NOTES = {
    NumberKind.CHANGE: "增减数填正数或负数。",
    NumberKind.YUAN: "采购金额写明单位，例如 31.17亿元。",
    NumberKind.WAN: "收费金额以万元为单位填数，可带小数。",
}


def add_cover(book: Book, filling: Filling) -> None:
    """The first sheet: labels in column A, what they say in column B."""
    page = book.page(COVER, _WIDTHS)
    agency, cover = filling.agency, filling.cover
    page.text(1, 1, f"{filling.year}年政府信息公开工作年度报告　报送表", TITLE, columns=3)
    page.height(1, 36)
    given = (
        ("单位名称", agency.name, "已填好，请核对"),
        ("单位编码", agency.code, "已填好"),
        ("年度", str(filling.year), "已填好"),
        ("版本", filling.form.edition, f"表样：{filling.form.notice}"),
    )
    for row, (label, text, hint) in enumerate(given, start=_FIRST):
        _line(page, row, label, hint)
        page.text(row, 2, text, FACT)
    row = _FIRST + len(given)
    _line(page, row, "报送次数", "第一次报填 1，每重报一次加 1")
    page.number(row, 2, cover.version or 1, _VERSION)
    _accept_version(page, row)
    signed = (("填报人", cover.filled_by), ("审核人", cover.reviewed_by), ("电话", cover.phone))
    for place, (label, text) in enumerate(signed, start=row + 1):
        _line(page, place, label, "请填写")
        page.text(place, 2, text, _SIGNED)
    kinds = "".join(_KIND_NOTES.get(kind, "") for kind in _kinds(filling.form))
    for place, note in enumerate(_NOTES, start=row + len(signed) + 2):
        page.text(place, 1, note.format(kinds=kinds), REMARK, columns=3)
    page.set_up(freeze=a1(_FIRST, 1))
    page.protect()


def _kinds(form: StatutoryForm) -> Iterable[NumberKind]:
    """The kinds of number the form asks for, in its order."""
    return dict.fromkeys(cell.kind for cell in form.cells.values())


def _line(page: Page, row: int, label: str, hint: str) -> None:
    page.text(row, 1, label, HEAD)
    page.text(row, 3, hint, _HINT)
    page.height(row, 24)


def _accept_version(page: Page, row: int) -> None:
    validation = worded(whole_number(1), "报送次数", "第一次报填 1，每重报一次加 1。", "这里只能填 1、2、3……")
    page.sheet.add_data_validation(validation)
    validation.add(a1(row, 2))


def add_hidden(book: Book, filling: Filling) -> None:
    """Edition, year, code and name once more, out of sight, for a program that reads the workbook back."""
    page = book.page(HIDDEN, (12, 40))
    known = (
        ("edition", filling.form.edition),
        ("year", str(filling.year)),
        ("code", filling.agency.code),
        ("name", filling.agency.name),
    )
    for row, (key, text) in enumerate(known, start=1):
        page.text(row, 1, key, FACT)
        page.text(row, 2, text, FACT)
    page.sheet.sheet_state = "veryHidden"
    page.protect()
