"""补充指标 asks for every indicator that is typed; 文字材料 has a place for each section."""

import datetime

from openpyxl.worksheet.worksheet import Worksheet

from kit.opened import opened, texts
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.roster import Agency
from pipeline.model.submission import Cover
from pipeline.workbooks.extra_sheets import add_indicators, add_texts
from pipeline.workbooks.filling import Filling
from pipeline.workbooks.layout import Book


def sheets(form: StatutoryForm, indicators: tuple[Indicator, ...]) -> tuple[Worksheet, Worksheet]:
    filling = Filling(Agency("01", "市教育局", ""), 2020, form, indicators, {}, {6: "=1+1"}, Cover())
    made = Book()
    add_indicators(made, filling)
    add_texts(made, filling)
    indicator_sheet, text_sheet = opened(made.saved("", datetime.date(2021, 1, 4))).worksheets
    return indicator_sheet, text_sheet


def test_every_indicator_but_a_ratio_is_asked(form: StatutoryForm, indicators: tuple[Indicator, ...]) -> None:
    sheet, _ = sheets(form, indicators)
    assert [sheet.cell(3, column).value for column in (1, 2, 3)] == ["指标", "单位", "数量"]
    rows = [row for row in sheet.iter_rows(min_row=4, max_col=2, values_only=True) if row[1]]
    assert rows == [(one.label, one.unit) for one in indicators if not one.over]


def test_a_total_of_indicators_is_a_locked_formula(
    form: StatutoryForm, indicators: tuple[Indicator, ...]
) -> None:
    sheet, _ = sheets(form, indicators)
    total = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "政务新媒体账号数量")
    assert total[2].value == f"=SUM(C{total[2].row + 1}:C{total[2].row + 4})"
    assert total[2].protection.locked


def test_an_indicator_that_may_stay_empty_is_not_counted_as_missing(
    form: StatutoryForm, indicators: tuple[Indicator, ...]
) -> None:
    sheet, _ = sheets(form, indicators)
    line = next(text for text in texts(sheet) if text.startswith("=IF("))
    needed = sum(one.required and not one.parts and not one.over for one in indicators)
    assert f"({needed}-COUNTA(" in line


def test_no_indicators_no_check_line(form: StatutoryForm) -> None:
    sheet, _ = sheets(form, ())
    assert not [text for text in texts(sheet) if text.startswith("=")]


def test_each_section_has_an_open_place_for_text(form: StatutoryForm) -> None:
    _, sheet = sheets(form, ())
    titles = [sheet.cell(row, 1).value for row in range(4, 10)]
    assert titles == list(form.sections)
    assert not any(sheet.cell(row, 2).protection.locked for row in range(4, 10))
    assert (sheet["B9"].value, sheet["B9"].data_type) == ("=1+1", "s")
