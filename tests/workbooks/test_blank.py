"""The workbook an agency gets: all sheets, nothing foreign in it, the same bytes twice."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest

from kit.offices import filled_values
from kit.opened import opened, texts
from pipeline.errors import OperatorError
from pipeline.model.finding import Catalogue
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.roster import Agency
from pipeline.model.submission import Cover
from pipeline.workbooks.asked import Asked
from pipeline.workbooks.blank import blank_workbook, brought_forward_from, filled_workbook
from pipeline.workbooks.read import read_submission

AGENCY = Agency("150700-01", "市教育局", "市直机关")
HOSTILE = Agency("=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)")
DAY = datetime.date(2021, 1, 4)

Indicators = tuple[Indicator, ...]


def blank(form: StatutoryForm, indicators: Indicators, agency: Agency = AGENCY) -> bytes:
    known = {"requests.brought_forward.business": Decimal(2)}
    return blank_workbook(agency, 2020, form, indicators, brought_forward=known, date=DAY)


def test_the_sheets_are_those_the_office_knows(form: StatutoryForm, indicators: Indicators) -> None:
    book = opened(blank(form, indicators))
    assert book.sheetnames == [
        "封面",
        "主动公开",
        "依申请公开",
        "复议诉讼",
        "补充指标",
        "文字材料",
        "_make_report",
    ]
    assert book["_make_report"].sheet_state == "veryHidden"
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    assert all(sheet.freeze_panes for sheet in book.worksheets[:-1])


def test_two_calls_give_the_same_bytes(form: StatutoryForm, indicators: Indicators) -> None:
    assert blank(form, indicators) == blank(form, indicators)


def test_there_are_no_macros_and_no_links_to_anything_outside(
    form: StatutoryForm, indicators: Indicators
) -> None:
    package = zipfile.ZipFile(io.BytesIO(blank(form, indicators)))
    names = package.namelist()
    assert not [name for name in names if "vba" in name or "external" in name.lower()]
    links = [package.read(name).decode() for name in names if name.endswith(".rels")]
    assert "TargetMode" not in "".join(links)


def test_a_hostile_agency_stays_text_everywhere(form: StatutoryForm, indicators: Indicators) -> None:
    harmless = opened(blank(form, indicators))
    hostile = opened(blank(form, indicators, HOSTILE))
    for sheet in hostile:
        formulas = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
        expected = harmless[sheet.title]
        assert formulas == {
            cell.coordinate for row in expected.iter_rows() for cell in row if cell.data_type == "f"
        }
    assert hostile["封面"]["B3"].value == HOSTILE.name


def test_last_years_carry_over_is_already_there_and_may_be_changed(
    form: StatutoryForm, indicators: Indicators
) -> None:
    cell = opened(blank(form, indicators))["依申请公开"]["E7"]
    assert (cell.value, cell.protection.locked) == (2, False)


def test_the_carry_over_is_last_years_carried_forward_without_its_total(form: StatutoryForm) -> None:
    last = {"requests.carried_forward.business": Decimal(2), "requests.carried_forward.total": Decimal(2)}
    assert brought_forward_from(form, last) == {"requests.brought_forward.business": Decimal(2)}
    assert brought_forward_from(form, {}) == {}


def test_a_filled_workbook_differs_from_the_blank_in_its_inputs_only(
    form: StatutoryForm, indicators: Indicators
) -> None:
    values = filled_values(form, indicators)
    content = filled_workbook(
        AGENCY, 2020, form, indicators, values=values, texts={2: "新闻发布会开了三次。"}, date=DAY
    )
    empty, full = (
        opened(blank_workbook(AGENCY, 2020, form, indicators, brought_forward={}, date=DAY)),
        opened(content),
    )
    for before, after in zip(empty, full, strict=True):
        for row in after.iter_rows():
            for cell in row:
                if cell.value != before[cell.coordinate].value:
                    assert not cell.protection.locked, f"{after.title} {cell.coordinate}"
    assert "新闻发布会开了三次。" in texts(full["文字材料"])


def test_a_text_too_long_for_the_sheet_is_refused(form: StatutoryForm, indicators: Indicators) -> None:
    with pytest.raises(OperatorError, match="最多放"):
        filled_workbook(AGENCY, 2020, form, indicators, values={}, texts={1: "长" * 40_000}, date=DAY)


def test_a_filled_workbook_reads_back_digit_for_digit_without_a_finding(
    form: StatutoryForm, forms: dict[str, StatutoryForm], indicators: Indicators, catalogue: Catalogue
) -> None:
    values = filled_values(form, [one for one in indicators if not one.over])
    for shift, cell in enumerate(cell for cell in form.cells.values() if cell.kind == "change"):
        values[cell.address] = Decimal(shift - 2)
    year = form.first_year
    content = filled_workbook(
        HOSTILE,
        year,
        form,
        indicators,
        values=values,
        texts={1: "=1+1\n第二段", 6: "收费 0 元。"},
        date=DAY,
        cover=Cover(version=2, filled_by="甲", reviewed_by="乙", phone="0470-1"),
    )
    asked = Asked(year, form, tuple(forms.values()), indicators, catalogue)
    submission, findings = read_submission(content, "市教育局.xlsx", asked)
    assert findings == ()
    assert submission is not None
    read = {address: str(cell.value) for address, cell in submission.cells.items() if cell.value is not None}
    assert read == {address: str(value) for address, value in values.items()}
    assert submission.texts == {1: "=1+1\n第二段", 6: "收费 0 元。"}
    assert submission.cover == Cover(
        HOSTILE.name, "=1+1", year, form.edition, 2, "甲", "乙", "0470-1", made_for="=1+1", made_in=year
    )
