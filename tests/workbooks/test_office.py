"""In LibreOffice, as in an office: totals and check lines come alive, and what is saved anew reads back."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from kit.offices import consolidated, filled_values, roster_of, submission_of
from kit.opened import below, shown
from kit.soffice import saved_anew
from pipeline.model.finding import Catalogue
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.workbooks.asked import Asked
from pipeline.workbooks.blank import blank_workbook, filled_workbook
from pipeline.workbooks.formulas import BALANCED, COMPLETE
from pipeline.workbooks.ledger import ledger_workbook
from pipeline.workbooks.previous import read_ledger
from pipeline.workbooks.read import read_submission
from pipeline.workbooks.statutory import TOP

pytestmark = pytest.mark.office

DAY = datetime.date(2021, 3, 1)
ROSTER = roster_of(6)
Sheets = dict[str, list[list[Any]]]


class Office:
    """Every file of these tests, recalculated by LibreOffice: as .xlsx, and some as .xls and .ods."""

    def __init__(
        self, folder: Any, forms: Mapping[str, StatutoryForm], indicators: tuple[Indicator, ...]
    ) -> None:
        self.indicators = indicators
        files: dict[str, bytes] = {}
        for edition, form in forms.items():
            files |= {f"{name}{edition}": content for name, content in self._files(form).items()}
        self.xlsx = saved_anew(folder, files, "xlsx")
        sent = {name: content for name, content in files.items() if name.startswith(("ledger", "right"))}
        self.xls = saved_anew(folder, sent, "xls")
        self.ods = saved_anew(folder, sent, "ods")

    def _files(self, form: StatutoryForm) -> dict[str, bytes]:
        agency = ROSTER.agencies[0]
        right = filled_values(form, self.indicators)
        wrong = right | {"requests.received.business": right["requests.received.business"] + 1}
        del wrong["disputes.reconsideration.upheld"]

        def filled(values: Mapping[str, Decimal]) -> bytes:
            return filled_workbook(agency, 2020, form, self.indicators, values=values, texts={}, date=DAY)

        return {
            "blank": blank_workbook(agency, 2020, form, self.indicators, brought_forward={}, date=DAY),
            "right": filled(right),
            "wrong": filled(wrong),
            "ledger": self.ledger(form),
            "nation": self.ledger_of_more_groups_than_a_sum_takes(form),
        }

    def sums(self, form: StatutoryForm) -> tuple[Any, Any]:
        """The consolidation of six agencies, and their submissions."""
        asked = [one for one in self.indicators if not one.over]
        submissions = {
            agency.code: submission_of(agency, filled_values(form, asked, int(agency.code)))
            for agency in ROSTER.agencies
        }
        return consolidated(ROSTER, submissions, self.indicators), submissions

    def ledger(self, form: StatutoryForm) -> bytes:
        sums, submissions = self.sums(form)
        return ledger_workbook(
            sums, submissions, ROSTER, form, self.indicators, organ="某市", year=2020, date=DAY
        )

    def ledger_of_more_groups_than_a_sum_takes(self, form: StatutoryForm) -> bytes:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pipeline.workbooks.ledger_sheet._MOST_AREAS", 1)
            return self.ledger(form)

    def sheets(self, name: str, form: StatutoryForm) -> Sheets:
        """A recalculated file's sheets."""
        return shown(self.xlsx[f"{name}{form.edition}"])


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory,
    forms: dict[str, StatutoryForm],
    indicators: tuple[Indicator, ...],
) -> Office:
    return Office(tmp_path_factory.mktemp("office"), forms, indicators)


def lines(sheets: Sheets, form: StatutoryForm) -> dict[str, list[str]]:
    """The check lines of each statutory sheet."""
    return {table.alias: below(sheets[table.alias], table.grid.rows) for table in form.tables}


def test_totals_are_worked_out(office: Office, form: StatutoryForm) -> None:
    values = filled_values(form, office.indicators)
    sheets = office.sheets("right", form)
    for table in form.tables:
        for cell in table.grid.cells:
            if cell.address in form.computed:
                found = sheets[table.alias][TOP - 1 + cell.row][cell.column]
                assert found == values[cell.address], cell.address


def test_a_workbook_that_balances_says_so(office: Office, form: StatutoryForm) -> None:
    sheets = office.sheets("right", form)
    assert lines(sheets, form) == {table.alias: [BALANCED] for table in form.tables}
    assert sheets["补充指标"][-1][0] == COMPLETE


def test_a_wrong_entry_is_told_in_words(office: Office, form: StatutoryForm) -> None:
    values = filled_values(form, office.indicators)
    received, brought, outcome, carried = (
        values[f"requests.{row}.business"]
        for row in ("received", "brought_forward", "outcome_total", "carried_forward")
    )
    breach = (
        f"商业企业这一列：新收＋上年结转＝{received + 1 + brought}，"
        f"办理总计＋结转下年＝{outcome + carried}，不相等"
    )
    found = lines(office.sheets("wrong", form), form)
    assert found["依申请公开"] == [
        "有 1 处不相符，见下面各行。",
        breach,
    ]
    assert found["复议诉讼"] == ["尚有 1 格未填，没有发生的填 0。"]
    assert found["主动公开"] == [BALANCED]


def test_an_empty_workbook_says_how_much_is_to_be_filled(office: Office, form: StatutoryForm) -> None:
    found = lines(office.sheets("blank", form), form)
    for table in form.tables:
        count = sum(cell.address in form.inputs for cell in table.cells)
        assert found[table.alias] == [f"尚有 {count} 格未填，没有发生的填 0。"]


@pytest.mark.parametrize("ledger", ["ledger", "nation"])
def test_the_ledgers_formulas_give_the_programs_own_sums(
    office: Office, form: StatutoryForm, ledger: str
) -> None:
    for name, rows in office.sheets(ledger, form).items():
        if name == "说明":
            continue
        differences = [row for row in rows if row[1] == "相差"]
        assert len(differences) == 3
        for row in differences:
            assert {value for value in row[4:] if value != ""} == {0}
        live = next(row for row in rows if row[1] == "合计（公式）")
        ours = next(row for row in rows if row[1] == "合计（程序）")
        assert [round(value, 6) if value != "" else "" for value in live[4:]] == [
            round(value, 6) if value != "" else "" for value in ours[4:]
        ]


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_a_filled_workbook_saved_anew_reads_back_without_a_finding(
    office: Office,
    form: StatutoryForm,
    forms: dict[str, StatutoryForm],
    catalogue: Catalogue,
    extension: str,
) -> None:
    asked = Asked(2020, form, tuple(forms.values()), office.indicators, catalogue)
    content = getattr(office, extension)[f"right{form.edition}"]
    submission, findings = read_submission(content, f"报送件.{extension}", asked)
    assert findings == ()
    assert submission is not None
    expected = filled_values(form, [one for one in office.indicators if not one.over])
    read = {address: cell.value for address, cell in submission.cells.items() if cell.value is not None}
    assert read == expected


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_a_ledger_saved_anew_reads_back(office: Office, form: StatutoryForm, extension: str) -> None:
    sums, submissions = office.sums(form)
    content = getattr(office, extension)[f"ledger{form.edition}"]
    last = read_ledger(content, f"previous.{extension}", 2020, organ="某市")
    assert last.total == {address: figure.value for address, figure in sums.figures.items()}
    assert set(last.groups) == set(sums.groups)
    assert last.agencies == {
        code: {address: cell.value for address, cell in one.cells.items()}
        for code, one in submissions.items()
    }
