"""Workbooks as they arrive: moved, stacked, retyped, spoiled. Read, or told exactly what is wrong."""

import datetime
import io
import random
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kit.soffice import saved_anew
from kit.workbook import consistent_values, filled, full, indicator_values, typed
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.roster import Agency
from pipeline.workbooks.asked import Asked
from pipeline.workbooks.blank import blank_workbook, filled_workbook
from pipeline.workbooks.read import read_submission

YEARS = {"2019": 2020, "2021": 2022}
WORKBOOK = "inputs/2020/submissions/满洲里.xlsx"
AGENCY = Agency("150781", "满洲里市", "旗市区政府")
DAY = datetime.date(2021, 1, 4)


@pytest.fixture(scope="session")
def every_form(forms) -> tuple[StatutoryForm, ...]:
    return tuple(forms.values())


@pytest.fixture
def asked(form, every_form, indicators, catalogue) -> Asked:
    return Asked(YEARS[form.edition], form, every_form, indicators, catalogue)


@pytest.fixture
def laid(asked):
    return full(asked.form, asked.year, asked.indicators)


def read(laid, asked):
    return read_submission(laid if isinstance(laid, bytes) else laid.content(), WORKBOOK, asked)


def told(findings):
    return [(finding.code, finding.sheet, finding.cell) for finding in findings]


def wrong_values(submission, asked, values=None):
    expected = values or consistent_values(asked.form)
    return {address: value for address, value in expected.items() if submission.value(address) != value}


def test_a_careful_clerks_workbook_reads_without_a_finding(asked, laid):
    submission, findings = read(laid, asked)
    assert findings == ()
    assert wrong_values(submission, asked) == {}
    assert list(submission.cells)[: len(asked.form.cells)] == list(asked.form.cells)
    assert (submission.cover.agency, submission.cover.code, submission.cover.year) == (
        "满洲里市",
        "150781",
        asked.year,
    )
    assert submission.texts == {1: "全年主动公开信息。"}
    for identity, number in indicator_values(asked.indicators).items():
        assert submission.value(f"indicators.{identity}") == number
    assert "indicators.non_text_share" not in submission.cells


def test_every_figure_knows_its_sheet_cell_and_typed_text(asked, laid):
    submission, _ = read(laid, asked)
    for address, (sheet, a1) in laid.places.items():
        cell = submission.cells[address]
        assert (cell.place.workbook, cell.place.sheet, cell.place.a1) == (WORKBOOK, sheet, a1)
        assert cell.raw == str(laid.cell(address).value)


ODD = {
    "sheets renamed": {"names": {"proactive": "Sheet1", "requests": "Sheet2", "disputes": "Sheet3"}},
    "moved": {"offset": (7, 4)},
    "stacked": {"stacked": True, "offset": (2, 1)},
    "rows inserted": {"row_gaps": (1, 2, 3, 5)},
    "columns inserted": {"column_gaps": (1, 3)},
    "nothing merged": {"merged": False},
    "no titles": {"titled": False, "stacked": True},
    "white space": {"spoken": lambda label: "\u3000".join(label) + " \n"},
    "half width": {"spoken": lambda label: label.replace("（", "(").replace("）", ")").replace("、", ",")},
    "full width": {"spoken": lambda label: label.replace("1.", "１．").replace("2.", "2、")},
    "no numbers": {"spoken": lambda label: label.removeprefix("1.").removeprefix("（一）")},
    "starred": {"spoken": lambda label: f"*{label}："},
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_tables_are_found_by_label_wherever_and_however_they_stand(asked, odd):
    submission, findings = read(full(asked.form, asked.year, asked.indicators, **odd), asked)
    assert findings == ()
    assert wrong_values(submission, asked) == {}


@settings(max_examples=30, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(seed=st.integers(0, 2**32), edition=st.sampled_from(["2019", "2021"]))
def test_every_input_is_read_back_whatever_the_placement(seed, edition, forms, indicators, catalogue):
    form = forms[edition]
    asked = Asked(YEARS[edition], form, tuple(forms.values()), indicators, catalogue)
    chance = random.Random(seed)
    values = {address: Decimal(chance.randrange(10**6)) for address in form.inputs}
    odd = {
        "offset": (chance.randrange(12), chance.randrange(8)),
        "stacked": chance.random() < 0.5,
        "merged": chance.random() < 0.5,
        "titled": chance.random() < 0.5,
        "row_gaps": chance.sample(range(1, 20), chance.randrange(3)),
        "column_gaps": chance.sample(range(1, 8), chance.randrange(2)),
        "names": dict(zip(("proactive", "requests", "disputes"), chance.sample("甲乙丙", 3), strict=True)),
        "spoken": lambda label: _retyped(chance, label),
    }
    submission, findings = read(
        filled(form, typed(form, values), **odd, figures=indicator_values(indicators), indicators=indicators),
        asked,
    )
    assert findings == ()
    assert wrong_values(submission, asked, values) == {}
    totals = {address: identity.right for address, identity in form.computed.items()}
    for address, terms in totals.items():
        assert submission.value(address) == sum(submission.value(term.address) for term in terms)
        assert submission.cells[address].reading == "按公式计算"


def _retyped(chance: random.Random, label: str) -> str:
    wide = {ord("1"): "１", ord("."): "．", ord("、"): "，", ord("（"): "(", ord("/"): "／"}
    label = label.translate(wide) if chance.random() < 0.5 else label
    at = chance.randrange(len(label))
    return label[:at] + chance.choice(["", " ", "\u3000", "\n"]) + label[at:]


JUNK = (
    "",
    "/",
    "约30",
    "增12",
    5,
    -1,
    3.5,
    "#REF!",
    "=1+1",
    True,
    DAY,
    "小计",
    "1.",
    "（单位：万元）",
    "万元",
)


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(seed=st.integers(0, 2**32), edition=st.sampled_from(["2019", "2021"]))
def test_nothing_a_file_contains_stops_the_reader(seed, edition, forms, indicators, catalogue):
    form = forms[edition]
    asked = Asked(YEARS[edition], form, tuple(forms.values()), indicators, catalogue)
    laid = full(form, asked.year, indicators, merged=False, column_gaps=(1, 2))
    chance = random.Random(seed)
    labels = [cell.value for sheet in laid.book for row in sheet.iter_rows() for cell in row if cell.value]
    for sheet in laid.book:
        for _ in range(chance.choice((1, 5, 60))):
            cell = sheet.cell(chance.randrange(1, 30), chance.randrange(1, 14))
            cell.value = chance.choice((*JUNK, *chance.sample(labels, 9)))
        row, column = chance.randrange(1, 20), chance.randrange(1, 9)
        sheet.merge_cells(None, row, column, row + chance.randrange(4), column + chance.randrange(4))
    submission, findings = read(laid, asked)
    assert submission is not None
    if submission.cells:
        assert submission.cells.keys() >= form.cells.keys()
        unread = [address for address in form.inputs if submission.value(address) is None]
        assert bool(unread) <= bool(findings)


def test_a_subtotal_column_of_their_own_is_left_out_and_said(asked, laid):
    sheet = laid.book["依申请公开"]
    sheet.insert_cols(9)
    sheet.merged_cells.ranges = set()
    sheet.cell(4, 9, "小计")
    sheet.cell(6, 9, 99)
    laid.places = {
        address: (name, a1.replace("I", "J") if name == sheet.title and a1[0] == "I" else a1)
        for address, (name, a1) in laid.places.items()
    }
    submission, findings = read(laid, asked)
    assert told(findings) == [("column-ignored", "依申请公开", "I4")]
    assert "小计" in findings[0].message
    totals = {address for address in asked.form.cells if address.endswith(".total")}
    assert not wrong_values(submission, asked).keys() - totals


def test_hidden_rows_are_read_like_others(asked, laid):
    laid.book["依申请公开"].row_dimensions[8].hidden = True
    submission, findings = read(laid, asked)
    assert findings == ()
    assert wrong_values(submission, asked) == {}


SPOILED = [
    (None, "cell-blank", ""),
    ("/", "cell-not-applicable", "/"),
    ("无", "cell-not-applicable", "无"),
    ("2000万", "cell-not-a-number", "2000万"),
    ("约30", "cell-not-a-number", "约30"),
    (-3, "cell-negative", "-3"),
    (3.5, "cell-not-whole", "3.5"),
    (datetime.date(2020, 5, 1), "cell-not-a-number", "2020-05-01"),
    (True, "cell-not-a-number", "TRUE"),
    ("=1+1", "cell-formula-without-value", ""),
    ("#REF!", "cell-error-value", "#REF!"),
]


@pytest.mark.parametrize(("content", "code", "found"), SPOILED)
@pytest.mark.parametrize(
    "address", ["requests.received.business", "disputes.litigation_after.pending", "proactive.rules.made"]
)
def test_a_doubtful_cell_is_one_finding_at_its_place(asked, laid, address, content, code, found):
    laid.cell(address).value = content
    submission, findings = read(laid, asked)
    assert told(findings) == [(code, *laid.places[address])]
    assert (findings[0].address, findings[0].found, findings[0].year) == (address, found, asked.year)
    assert asked.form.cells[address].words in findings[0].message
    assert (findings[0].workbook, findings[0].agency) == (WORKBOOK, "")
    assert submission.value(address) is None


def test_a_total_without_number_is_recomputed_and_one_with_a_number_is_kept(asked, laid):
    kept, blank, formula = (f"requests.{row}.total" for row in ("received", "partial", "carried_forward"))
    laid.cell(kept).value = 7
    laid.cell(blank).value = None
    laid.cell(formula).value = "=SUM(A1:A2)"
    submission, findings = read(laid, asked)
    assert findings == ()
    assert submission.cells[kept].value == 7
    for address in (blank, formula):
        cell = submission.cells[address]
        assert (cell.value, cell.reading, cell.raw) == (
            consistent_values(asked.form)[address],
            "按公式计算",
            "",
        )
        assert cell.place.a1 == laid.places[address][1]


def test_a_total_is_not_called_wrong_because_its_addend_could_not_be_read(asked, laid):
    laid.cell("requests.received.business").value = "约30"
    laid.cell("requests.received.total").value = None
    submission, findings = read(laid, asked)
    assert [finding.code for finding in findings] == ["cell-not-a-number"]
    assert submission.value("requests.received.total") is None


def test_an_error_in_a_total_is_a_finding(asked, laid):
    laid.cell("disputes.reconsideration.total").value = "#DIV/0!"
    _, findings = read(laid, asked)
    assert told(findings) == [("cell-error-value", *laid.places["disputes.reconsideration.total"])]


@pytest.mark.parametrize(
    ("table", "words"), [("proactive", "主动公开"), ("requests", "依申请公开"), ("disputes", "复议诉讼")]
)
def test_a_missing_table_is_one_finding(asked, laid, table, words):
    del laid.book[words]
    submission, findings = read(laid, asked)
    assert [finding.code for finding in findings] == ["table-missing"]
    assert words in findings[0].message
    own = [address for address in asked.form.cells if address.startswith(f"{table}.")]
    assert all(submission.cells[address].value is None for address in own)
    assert not wrong_values(submission, asked).keys() - set(own)


def test_a_missing_row_and_a_missing_column_are_named_once_each(asked, laid):
    sheet = laid.book["依申请公开"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in ("1.属于国家秘密", "科研机构"):
                cell.value = "×××"
    submission, findings = read(laid, asked)
    assert [(finding.code, finding.sheet) for finding in findings if finding.code == "label-missing"] == [
        ("label-missing", "依申请公开")
    ] * 2
    assert "1.属于国家秘密" in findings[0].message
    assert "科研机构" in findings[1].message
    missing = wrong_values(submission, asked)
    assert all("withheld_state_secret" in address or ".research" in address for address in missing)
    assert submission.value("requests.withheld_state_secret.business") is None


def test_two_copies_that_disagree_are_not_chosen_between(asked, laid):
    copy = laid.book.copy_worksheet(laid.book["依申请公开"])
    copy["E8"] = 999
    submission, findings = read(laid, asked)
    assert [finding.code for finding in findings] == ["table-twice"]
    assert "E8" in findings[0].message
    assert all(
        submission.value(address) is None for address in asked.form.cells if address.startswith("requests.")
    )
    assert submission.value("disputes.reconsideration.upheld") is not None


def test_an_identical_copy_and_an_empty_one_do_no_harm(asked, laid):
    laid.book.copy_worksheet(laid.book["主动公开"])
    blank = filled(asked.form, {})
    for name in ("依申请公开", "复议诉讼"):
        sheet = laid.book.create_sheet(f"{name}（空表）", 0)
        for row in blank.book[name].iter_rows():
            for cell in row:
                sheet[cell.coordinate] = cell.value
    submission, findings = read(laid, asked)
    assert findings == ()
    assert wrong_values(submission, asked) == {}


def test_another_years_workbook_is_only_that(asked):
    cover = {"单位名称": "满洲里市", "年度": f"{asked.year - 1}年度", "版本": asked.form.edition}
    laid = full(asked.form, asked.year, asked.indicators, cover=cover)
    submission, findings = read(laid, asked)
    assert [(one.code, one.found, one.expected) for one in findings] == [
        ("wrong-year", str(asked.year - 1), str(asked.year))
    ]
    assert submission.cells == {}
    assert submission.cover.year == asked.year - 1


@pytest.mark.parametrize("declared", [True, False])
def test_another_editions_workbook_is_only_that(asked, every_form, declared):
    other = next(form for form in every_form if form.edition != asked.form.edition)
    cover = {"单位名称": "满洲里市", "年度": asked.year} | (
        {"版本": f"{other.edition}版"} if declared else {}
    )
    submission, findings = read(full(other, asked.year, asked.indicators, cover=cover), asked)
    assert [(one.code, one.found, one.expected) for one in findings] == [
        ("wrong-edition", other.edition, asked.form.edition)
    ]
    assert submission.cells == {}


def test_without_a_cover_the_figures_are_read_all_the_same(asked):
    submission, findings = read(full(asked.form, asked.year, asked.indicators, cover=None, texts=None), asked)
    assert findings == ()
    assert (submission.cover.agency, submission.cover.year, submission.texts) == ("", None, {})


def test_a_workbook_without_indicators_says_so_once(asked):
    submission, findings = read(full(asked.form, asked.year, asked.indicators, figures=None), asked)
    assert [one.code for one in findings] == ["table-missing"]
    assert "补充指标" in findings[0].message
    assert submission.cells["indicators.trainings"].value is None


def test_the_amount_takes_its_unit_from_the_text_or_the_label_and_never_guesses(forms, indicators, catalogue):
    form = forms["2019"]
    asked = Asked(2020, form, (form,), indicators, catalogue)
    address = "proactive.procurement.amount"
    laid = full(form, 2020, indicators)
    laid.cell(address).value = "31.17亿元"
    cell = read(laid, asked)[0].cells[address]
    assert (cell.raw, cell.value, cell.reading) == ("31.17亿元", Decimal(3117000000), "按“亿元”换算成元")
    laid.cell(address).value = 15000000
    assert [one.code for one in read(laid, asked)[1]] == ["cell-unit-missing"]
    sheet = laid.book["主动公开"]
    heading = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "采购总金额")
    heading.value = "采购总金额（单位：万元）"
    submission, findings = read(laid, asked)
    assert (findings, submission.value(address)) == ((), Decimal(150000000000))
    heading.value = "采购总金额"
    sheet.cell(laid.cell(address).row, 6, "元")
    submission, findings = read(laid, asked)
    assert (findings, submission.value(address)) == ((), Decimal(15000000))


def test_the_fee_is_in_ten_thousand_and_keeps_its_digits(forms, indicators, catalogue):
    form = forms["2021"]
    asked = Asked(2022, form, (form,), indicators, catalogue)
    laid = full(form, 2022, indicators)
    for typed_text, value in (("18.8710", "18.8710"), (0.092, "0.092"), ("30000元", "3")):
        laid.cell("proactive.fees.amount").value = typed_text
        submission, findings = read(laid, asked)
        assert (findings, str(submission.value("proactive.fees.amount"))) == ((), value)


def test_a_merged_figure_counts_once_and_a_rival_beside_it_is_doubted(forms, indicators, catalogue):
    form = forms["2019"]
    asked = Asked(2020, form, (form,), indicators, catalogue)
    laid = full(form, 2020, indicators)
    sheet = laid.book["主动公开"]
    assert "C4:D4" in {str(area) for area in sheet.merged_cells.ranges}
    sheet.unmerge_cells("C4:D4")
    sheet["D4"] = sheet["C4"].value
    sheet["C4"] = None
    submission, findings = read(laid, asked)
    assert (findings, submission.cells["proactive.rules.published"].place.a1) == ((), "D4")
    sheet["C4"] = 5
    submission, findings = read(laid, asked)
    assert told(findings) == [("cell-twice", "主动公开", "C4")]
    assert submission.value("proactive.rules.published") is None


def test_a_row_written_twice_is_doubted(asked, laid):
    sheet = laid.book["依申请公开"]
    last = sheet.max_row + 1
    sheet.cell(last, 1, "四、结转下年度继续办理")
    sheet.cell(last, 4, 88)
    submission, findings = read(laid, asked)
    assert {finding.code for finding in findings} == {"cell-twice"}
    doubted = {address for address in asked.form.cells if address.startswith("requests.carried_forward.")}
    assert {finding.address for finding in findings} == doubted
    assert wrong_values(submission, asked).keys() == doubted


def test_a_macro_workbook_is_read_for_its_values(asked, laid):
    submission, findings = read(with_part(laid.content(), "xl/vbaProject.bin", b"macros"), asked)
    assert [one.code for one in findings] == ["macros-ignored"]
    assert wrong_values(submission, asked) == {}


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(name, part)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "not-a-workbook"), (b"PK\x03\x04 cut", "workbook-unreadable")]
)
def test_a_file_that_cannot_be_read_is_one_finding_and_no_submission(asked, content, code):
    submission, findings = read(content, asked)
    assert submission is None
    assert [(one.code, one.workbook, one.year) for one in findings] == [(code, WORKBOOK, asked.year)]


def test_our_own_blank_reads_and_asks_for_every_input(asked):
    content = blank_workbook(AGENCY, asked.year, asked.form, asked.indicators, brought_forward={}, date=DAY)
    submission, findings = read(content, asked)
    assert {one.code for one in findings} == {"cell-blank"}
    typed_by_hand = [one for one in asked.indicators if one.required and not one.parts and not one.over]
    assert len(findings) == len(asked.form.inputs) + len(typed_by_hand)
    assert (submission.cover.code, submission.cover.edition) == (AGENCY.code, asked.form.edition)


def whole_values(form, indicators):
    numbers = {f"indicators.{name}": Decimal(number) for name, number in indicator_values(indicators).items()}
    return consistent_values(form) | numbers


@pytest.fixture(scope="session")
def resaved(forms, indicators, tmp_path_factory) -> dict[tuple[str, str], bytes]:
    """Filled blanks of both editions, and one with a broken formula, as LibreOffice saves them."""
    files = {
        f"{name}-{form.edition}": content
        for form in forms.values()
        for name, content in _as_sent(form, indicators).items()
    }
    return {
        (name, extension): content
        for extension in ("xlsx", "xls", "ods")
        for name, content in saved_anew(tmp_path_factory.mktemp("office"), files, extension).items()
    }


def _as_sent(form: StatutoryForm, indicators: tuple[Indicator, ...]) -> dict[str, bytes]:
    content = filled_workbook(
        AGENCY, YEARS[form.edition], form, indicators,
        values=whole_values(form, indicators), texts={6: "无。"}, date=DAY,
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["依申请公开"]["D6"] = "=1/0"
    buffer = io.BytesIO()
    book.save(buffer)
    return {"filled": content, "broken": buffer.getvalue()}


@pytest.mark.office
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_a_filled_blank_saved_by_an_office_program_reads_without_a_finding(asked, resaved, extension):
    submission, findings = read(resaved[f"filled-{asked.form.edition}", extension], asked)
    assert findings == ()
    assert wrong_values(submission, asked, whole_values(asked.form, asked.indicators)) == {}
    assert (submission.cover.agency, submission.texts) == ("满洲里市", {6: "无。"})


@pytest.mark.office
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_an_error_value_is_seen_in_every_format(asked, resaved, extension):
    _, findings = read(resaved[f"broken-{asked.form.edition}", extension], asked)
    errors = [one for one in findings if one.code == "cell-error-value"]
    assert [(one.sheet, one.cell, one.found) for one in errors if not one.address.endswith("total")][:1] == [
        ("依申请公开", "D6", "#DIV/0!")
    ]


def test_last_year_s_blank_with_the_year_on_its_cover_changed_is_last_year_s(
    form, forms, indicators, catalogue
):
    year = form.first_year + 1
    content = full(
        form, year, indicators, hidden={"edition": form.edition, "year": year - 1, "code": "150781"}
    ).content()
    submission, (finding,) = read_submission(
        content, "甲.xlsx", Asked(year, form, tuple(forms.values()), indicators, catalogue)
    )
    assert (finding.code, finding.found) == ("wrong-year", str(year - 1))
    assert submission.cells == {}
