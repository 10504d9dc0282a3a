"""The cells a clerk fills in: what each kind accepts, what the screen says beside it, and its first value."""

from decimal import Decimal

from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.model.number import NumberKind
from pipeline.model.place import a1
from pipeline.workbooks.filling import typed
from pipeline.workbooks.layout import Page
from pipeline.workbooks.looks import INPUT, printed_as

_LARGEST = 999_999_999_999
"""No count of an agency comes near; a number above it is a slip of the hand."""

_WORDS = {
    NumberKind.COUNT: ("整数", "填整数；没有发生填 0。", "这里只能填 0 或正整数，不带单位和其他文字。"),
    NumberKind.CHANGE: (
        "增减数",
        "增加填正数，减少填负数，例如 12、-13（显示为增12、减13）；没有增减填 0。",
        "这里只能填整数：增加填正数，减少填负数。",
    ),
    NumberKind.YUAN: (
        "金额，写明单位",
        "写明单位，例如 31.17亿元、25.1万元、80618元；没有发生填 0元。",
        "金额要写明单位，以“元”字结尾，例如 31.17亿元、80618元。",
    ),
    NumberKind.WAN: (
        "金额（万元）",
        "以万元为单位，可带小数；没有发生填 0。",
        "这里只能填 0 或正数，单位是万元。",
    ),
    NumberKind.DECIMAL: ("数", "填数，可带小数，不写百分号。", "这里只能填 0 或正数，不写百分号。"),
}


class Entries:
    """The input cells of one page, with one validation a kind."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._validations: dict[NumberKind, DataValidation] = {}

    def add(
        self, row: int, column: int, kind: NumberKind, value: Decimal | None, *, columns: int = 1
    ) -> None:
        """An input cell, empty or with its value."""
        look = printed_as(INPUT, kind)
        entry = None if value is None else typed(kind, value)
        if entry is None:
            self._page.empty(row, column, look, columns=columns)
        elif isinstance(entry, str):
            self._page.text(row, column, entry, look, columns=columns)
        else:
            self._page.number(row, column, entry, look, columns=columns)
        self._validate(a1(row, column), kind)

    def _validate(self, name: str, kind: NumberKind) -> None:
        if kind not in self._validations:
            self._validations[kind] = _validation(kind, name)
            self._page.sheet.add_data_validation(self._validations[kind])
        # Not .add(): it looks first whether any of the cells before is the same.
        self._validations[kind].sqref.ranges.add(CellRange(name))


def whole_number(least: int) -> DataValidation:
    """A validation for whole numbers from ``least`` up."""
    return DataValidation(type="whole", operator="between", formula1=str(least), formula2=str(_LARGEST))


def _validation(kind: NumberKind, first: str) -> DataValidation:
    """What a kind accepts. ``first`` is the first cell it is for: a formula of a validation starts there."""
    if kind is NumberKind.YUAN:
        # Only the last character: the unit itself is read, and refused if need be, when the workbook is read.
        validation = DataValidation(type="custom", formula1=f'RIGHT({first},1)="元"')
    elif kind in (NumberKind.WAN, NumberKind.DECIMAL):
        validation = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
    else:
        validation = whole_number(0 if kind is NumberKind.COUNT else -_LARGEST)
    title, prompt, refusal = _WORDS[kind]
    return worded(validation, title, prompt, refusal)


def worded(validation: DataValidation, title: str, prompt: str, refusal: str) -> DataValidation:
    """The validation with what the screen says when the cell is chosen, and when an entry is refused."""
    validation.allow_blank = True
    validation.showInputMessage = validation.showErrorMessage = True
    validation.promptTitle = title
    validation.prompt = prompt
    validation.errorTitle = "填得不对"
    validation.error = refusal
    return validation
