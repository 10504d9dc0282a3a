"""A year's inputs are gathered: law, settings, roster, last year, arrivals."""

import shutil

import pytest

from kit.office import AGENCIES, open_office
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.model.finding import Severity
from pipeline.workspace import Workspace


def inputs(office, templates, year=None):
    return load_inputs(Workspace.at(office.root, year), templates)


def test_the_edition_follows_the_year(office, office_2021, templates):
    assert inputs(office_2021, templates).form.edition == "2021"


def test_an_office_s_weights_are_taken(office, templates):
    office.write("report.toml", 'organ = "某市"\n[rules]\nitems-continuity = "off"\n')
    assert inputs(office, templates).catalogue.kinds["items-continuity"].severity is Severity.OFF


def test_a_weight_for_an_unknown_code_is_refused(office, templates):
    office.write("report.toml", 'organ = "某市"\n[rules]\nrow-totals = "off"\n')
    with pytest.raises(OperatorError, match="row-totals") as refused:
        inputs(office, templates)
    assert refused.value.code is ExitCode.INPUT


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('regulations_by = ["99"]', "“99”名册里没有"),
        ('[use]\n"99" = "市教育局.xlsx"', "“99”名册里没有"),
        ('[use]\n"02" = "没有这份.xlsx"', "“没有这份.xlsx”"),
        ('[exclude]\n"没有这份.xlsx" = "作废"', "exclude.*“没有这份.xlsx”，submissions 文件夹里没有"),
        ('[use]\n"02" = "市教育局.xlsx"\n[exclude]\n"submissions/市教育局.xlsx" = "作废"', "请删去其中一处"),
        ('[rules]\nrow-totals = "off"', "“row-totals”"),
        ('[rules]\nsums-incomplete = "off"', "不能改 sums-incomplete"),
    ],
)
def test_a_setting_that_would_do_nothing_is_refused(office, templates, line, said):
    office.write("report.toml", f'organ = "某市"\n{line}\n')
    with pytest.raises(OperatorError, match=said):
        inputs(office, templates)


def test_a_name_that_two_workbooks_have_does_not_say_which_is_left_out(office, templates):
    office.submit(AGENCIES[1], name="旧/市教育局.xlsx")
    office.write("report.toml", 'organ = "某市"\n[exclude]\n"市教育局.xlsx" = "作废"\n')
    with pytest.raises(OperatorError, match="对得上的有几份.*请写明文件夹"):
        inputs(office, templates)
    office.write("report.toml", 'organ = "某市"\n[exclude]\n"旧/市教育局.xlsx" = "作废"\n')
    assert inputs(office, templates).awaited.exclude == {"旧/市教育局.xlsx": "作废"}


def test_every_file_the_run_rests_on_is_listed(office, templates):
    roles = [one.role for one in inputs(office, templates).other_files]
    assert roles == ["设置", "名册", "正文"]


def test_without_a_ledger_last_year_is_read_from_its_own_submissions(office, templates, indicators):
    after = open_office(office.root / "next", office.form, indicators, 2020)
    shutil.copytree(office.inputs, after.root / "inputs" / "2019")
    last = inputs(after, templates, 2020).last_year
    assert last.year == 2019
    assert last.workbook == "inputs/2019"
    address = "requests.carried_forward.total"
    own = {agency.code: office.values(agency)[address] for agency in AGENCIES}
    assert {code: figures[address] for code, figures in last.agencies.items()} == own
    assert last.total[address] == sum(own.values())
    assert last.groups["市直机关"][address] == own["01"] + own["02"]


def test_without_anything_of_last_year_there_is_none(office, templates):
    assert inputs(office, templates).last_year.workbook == ""


def test_arrivals_are_read_against_the_year_s_form(office, templates):
    gathered = inputs(office, templates)
    assert [file.path.rsplit("/", 1)[1] for file in gathered.submissions] == sorted(
        f"{a.name}.xlsx" for a in AGENCIES
    )
    assert gathered.asked.year == 2019


def test_last_year_s_submissions_with_a_gap_give_no_sums_to_compare_with(office, templates, indicators):
    after = open_office(office.root / "next", office.form, indicators, 2020)
    shutil.copytree(office.inputs, after.root / "inputs" / "2019")
    (after.root / "inputs" / "2019" / "submissions" / f"{AGENCIES[1].name}.xlsx").unlink()
    last = inputs(after, templates, 2020).last_year
    assert (last.total, last.groups) == ({}, {})
    assert "缺 1 家" in last.doubt
    assert set(last.agencies) == {"01", "03"}


def test_whom_the_office_excused_last_year_is_still_missing_from_last_year_s_sums(
    office, templates, indicators
):
    """What was published without it stands in previous.xlsx; the workbooks alone do not say so."""
    after = open_office(office.root / "next", office.form, indicators, 2020)
    office.write(
        "accepted.toml",
        '[[accept]]\ncode = "agency-missing"\nagency = "市教育局"\nreason = "撤销"\nby = "张三"\n',
    )
    shutil.copytree(office.inputs, after.root / "inputs" / "2019")
    (after.root / "inputs" / "2019" / "submissions" / f"{AGENCIES[1].name}.xlsx").unlink()
    assert "缺 1 家" in inputs(after, templates, 2020).last_year.doubt


def test_an_acceptance_of_an_unknown_code_is_refused(office, templates):
    office.write("accepted.toml", '[[accept]]\ncode = "row-totals"\nreason = "无"\nby = "张三"\n')
    with pytest.raises(OperatorError, match="row-totals"):
        inputs(office, templates)


@pytest.mark.parametrize("code", ["sums-incomplete", "wrong-year", "readback-cell", "acceptance-expired"])
def test_what_nobody_can_stand_by_is_refused(office, templates, catalogue, code):
    office.write("accepted.toml", f'[[accept]]\ncode = "{code}"\nreason = "无"\nby = "张三"\n')
    with pytest.raises(OperatorError, match="不能靠人工确认放过") as refused:
        inputs(office, templates)
    assert refused.value.code is ExitCode.INPUT
    assert catalogue.kinds[code].remedy in refused.value.message


def test_a_county_group_must_be_one_of_the_roster_s(office, templates):
    office.write("report.toml", 'organ = "某市"\ncounty_groups = ["旗市区"]\n')
    with pytest.raises(
        OperatorError, match="“旗市区”名册里没有；名册里的分组是：市直机关、旗市区政府"
    ) as refused:
        inputs(office, templates)
    assert refused.value.code is ExitCode.INPUT
    office.write("report.toml", 'organ = "某市"\ncounty_groups = ["旗市区政府"]\n')
    assert inputs(office, templates).settings.county_groups == ("旗市区政府",)


WEIGHTS = ["error", "warning", "notice", "off"]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_code_takes_every_weight_or_says_why_not(office, templates, catalogue, weight):
    """A year's [rules] reach the catalogue for each code, and a code that must stand refuses in a sentence."""
    free = [code for code, kind in catalogue.kinds.items() if not kind.fixed]
    lines = "\n".join(f'{code} = "{weight}"' for code in free)
    office.write("report.toml", f'organ = "某市"\n[rules]\n{lines}\n')
    weighed = inputs(office, templates).catalogue
    assert {weighed.kinds[code].severity for code in free} == {Severity(weight)}
    fixed = [code for code in catalogue.kinds if code not in free]
    assert {"sums-incomplete", "wrong-year", "narrative-gap", "readback-cell"} <= set(fixed)
    for code in fixed:
        office.write("report.toml", f'organ = "某市"\n[rules]\n{code} = "{weight}"\n')
        with pytest.raises(OperatorError, match=f"不能改 {code}：.*。$") as refused:
            inputs(office, templates)
        assert refused.value.code is ExitCode.INPUT


def test_only_what_keeps_a_report_from_being_final_stands_fast_and_nobody_can_stand_by_it(catalogue):
    fixed = [kind for kind in catalogue.kinds.values() if kind.fixed]
    assert {kind.severity for kind in fixed} == {Severity.ERROR}
    assert [kind.code for kind in fixed if kind.acceptable] == []
