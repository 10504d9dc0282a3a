"""汇总底稿: a sheet a table, the agencies that count, nothing that reaches outside."""

import datetime
import io
import zipfile

import pytest
from msgspec.structs import replace

from kit.offices import consolidated, filled_values, roster_of, submission_of
from kit.opened import opened, texts
from pipeline.model.consolidation import Consolidation
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Submission
from pipeline.workbooks.layout import Book
from pipeline.workbooks.ledger import READING, Volume, agency_list, explain, ledger_workbook

DAY = datetime.date(2021, 3, 1)
Year = tuple[Consolidation, dict[str, Submission], Roster]


@pytest.fixture
def year(form: StatutoryForm, indicators: tuple[Indicator, ...]) -> Year:
    """Six agencies in two groups with their sums."""
    roster = roster_of(6)
    asked = [one for one in indicators if not one.over]
    submissions = {
        agency.code: submission_of(agency, filled_values(form, asked, int(agency.code)))
        for agency in roster.agencies
    }
    return consolidated(roster, submissions, indicators), submissions, roster


def ledger(year: Year, form: StatutoryForm, indicators: tuple[Indicator, ...]) -> bytes:
    return ledger_workbook(*year, form, indicators, organ="某市", year=2020, date=DAY)


def test_one_sheet_a_table_and_one_that_explains(
    year: Year, form: StatutoryForm, indicators: tuple[Indicator, ...]
) -> None:
    book = opened(ledger(year, form, indicators))
    assert book.sheetnames == ["说明", "主动公开", "依申请公开", "复议诉讼", "补充指标"]
    told = "\n".join(texts(book["说明"]))
    assert "某市2020年政府信息公开年报汇总底稿" in told
    assert "应报单位\n6 家\n计入汇总\n6 家\n没有计入\n0 家" in told
    assert "001\n第1单位\n旗市区政府\n计入\n002" in told
    assert form.notice in told


def test_who_is_missing_is_named_and_has_no_row(
    year: Year, form: StatutoryForm, indicators: tuple[Indicator, ...]
) -> None:
    sums, submissions, roster = year
    absent = roster.agencies[-1]
    without = {code: one for code, one in submissions.items() if code != absent.code}
    fewer = replace(sums, counted=roster.agencies[:-1], missing=(absent,))
    book = opened(ledger((fewer, without, roster), form, indicators))
    assert "没有计入\n1 家" in "\n".join(texts(book["说明"]))
    listed = [row for row in book["说明"].iter_rows(values_only=True) if row[3] == "没有计入"]
    assert listed == [(absent.code, absent.name, absent.group, "没有计入")]
    assert absent.code not in texts(book["主动公开"])


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_the_list_names_every_agency_and_each_row_holds_its_text(
    form: StatutoryForm, indicators: tuple[Indicator, ...], count: int
) -> None:
    volume = Volume.of(form, indicators, organ="某市", year=2020, date=DAY)
    names = ("=1+1", " <甲>&", "长" * 200, "换\n行", "", "\x00坏", "末")
    listed = agency_list([Agency(str(at), name, "组") for at, name in enumerate(names[:count])], ())
    book = Book()
    explain(book.page("说明", (16, 46, 20, 34)), volume, (), READING, listed)
    sheet = opened(book.saved("", DAY))["说明"]
    told = [*sheet.values][-count - 1 :]
    assert [line[0] for line in told] == ["编码", *map(str, range(count))]
    assert [line[1] or "" for line in told][1:] == [name.replace("\x00", "") for name in names[:count]]
    last = sheet.max_row
    looks = {cell.number_format for row in sheet.iter_rows(last - count + 1, last) for cell in row[:4]}
    assert looks == ({"@"} if count else set())
    heights = [sheet.row_dimensions[sheet.max_row - at].height for at in range(count)]
    assert (max(heights, default=0) > 100) == (count == 7), "the long name has room"


def test_hostile_names_stay_text(year: Year, form: StatutoryForm, indicators: tuple[Indicator, ...]) -> None:
    sums, submissions, _ = year
    hostile = Agency("=1+1", '=HYPERLINK("http://x")', "@组")
    held = {"=1+1": replace(submissions["001"], workbook="=cmd.xlsx")}
    book = opened(ledger((replace(sums, counted=(hostile,)), held, Roster((hostile,))), form, indicators))
    row = book["主动公开"][7]
    assert [cell.value for cell in row[:4]] == ["=1+1", hostile.name, "@组", "=cmd.xlsx"]
    assert {cell.data_type for cell in row[:4]} == {"s"}


def test_nothing_links_outside_and_two_calls_agree(
    year: Year, form: StatutoryForm, indicators: tuple[Indicator, ...]
) -> None:
    content = ledger(year, form, indicators)
    package = zipfile.ZipFile(io.BytesIO(content))
    assert not [name for name in package.namelist() if "external" in name.lower() or "vba" in name]
    assert "[" not in "".join(
        str(cell.value)
        for sheet in opened(content)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    )
    assert content == ledger(year, form, indicators)
