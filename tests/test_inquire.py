"""What an office asks of its year, and the answers."""

import pytest

from kit.office import AGENCIES, TODAY
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.inquire import agencies_named, concerning, explained, named, standings, traced
from pipeline.run import examine, take_in
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES


def inputs(office, templates):
    return load_inputs(Workspace.at(office.root, None), templates)


def refused(call, *arguments, code):
    with pytest.raises(OperatorError) as stopped:
        call(*arguments)
    assert stopped.value.code is code
    return stopped.value.message


def test_agencies_are_named_by_name_alias_or_code_each_once_in_the_rosters_order(office, templates):
    gathered = inputs(office, templates)
    assert agencies_named(["海拉尔区", "02", "市教育局"], gathered) == AGENCIES[1:]
    with pytest.raises(OperatorError, match="相近的有：市教育局"):
        agencies_named(["市教育"], gathered)


def standing(office, templates):
    gathered = inputs(office, templates)
    return standings(gathered, take_in(gathered), TODAY)


def test_who_has_submitted_and_who_has_not(office, templates):
    (office.submissions / f"{OFFICE.name}.xlsx").unlink()
    office.submit(BUREAU, {"requests.received.business": "若干"})
    office.deliver(office.laid(DISTRICT), "旧/海拉尔区.xlsx")
    rows = standing(office, templates)
    assert [(row.agency.name, row.state, len(row.unused)) for row in rows] == [
        (OFFICE.name, "未报", 0),
        (BUREAU.name, "有误", 0),
        (DISTRICT.name, "已报", 1),
    ]
    assert rows[1].errors == 1


def test_an_error_that_a_person_stands_by_is_none_to_wait_for(office, templates):
    office.submit(BUREAU, {"requests.received.business": "若干"})
    office.write(
        "accepted.toml",
        '[[accept]]\ncode = "cell-not-a-number"\nagency = "市教育局"\nreason = "来函"\nby = "张三"\n',
    )
    row = standing(office, templates)[1]
    assert (row.state, row.errors) == ("已报", 0)


def test_a_workbook_of_another_year_is_no_use(office, templates):
    cover = {"单位名称": BUREAU.name, "单位编码": BUREAU.code, "年度": 2018}
    office.submit(BUREAU, cover=cover)
    assert standing(office, templates)[1].state == "不能用"


def test_who_sent_only_what_is_left_out_has_not_submitted(office, templates):
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", f'{settings}\n[exclude]\n"{BUREAU.name}.xlsx" = "数不实"\n')
    row = standing(office, templates)[1]
    assert (row.state, row.workbook) == ("未报", "")
    (unused,) = row.entry()["unused"]
    assert unused["workbook"].endswith(f"{BUREAU.name}.xlsx")
    assert "数不实" in unused["reason"]


def test_before_anything_has_arrived_everyone_is_awaited(office, templates):
    for path in office.submissions.iterdir():
        path.unlink()
    assert [row.state for row in standing(office, templates)] == ["未报"] * 3


def test_the_findings_of_one_agency_by_any_of_its_names(office, templates):
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    office.submit(DISTRICT, {"disputes.reconsideration.total": 10**6})
    examination = examine(inputs(office, templates), TODAY)
    assert len(concerning(examination, ())) == len(examination.findings)
    for name in ("海拉尔区", "03", DISTRICT.name):
        assert [finding.agency for finding in concerning(examination, (name,))] == [DISTRICT.name]
    message = refused(concerning, examination, ("市教育厅",), code=ExitCode.USAGE)
    assert "市教育局" in message


def test_a_figure_is_traced_to_every_agency_s_cell(office, templates):
    found = traced(inputs(office, templates), "requests.received.total")
    assert found.value == str(sum(office.values(agency)["requests.received.total"] for agency in AGENCIES))
    assert [one.agency for one in found.contributions] == list(AGENCIES)
    sheet, cell = office.laid(BUREAU).places["requests.received.total"]
    own = found.entry()["contributions"][1]
    assert (own["workbook"], own["sheet"], own["cell"]) == (
        "inputs/2019/submissions/市教育局.xlsx",
        sheet,
        cell,
    )
    assert own["raw"] == own["value"]
    assert any("表“三、收到和处理" in place for place in found.printed_at)
    assert any(place.startswith("正文第") for place in found.printed_at)


@pytest.mark.parametrize(
    ("name", "agencies"),
    [
        ("依申请公开.新收.总计", 3),
        ("市直机关.requests.received.total", 2),
        ("requests.withheld.total", 24),
        ("indicators.disclosed_items", 3),
        ("indicators.non_text_share", 6),
    ],
)
def test_aliases_groups_subtotals_and_indicators_are_traced_too(office, templates, name, agencies):
    assert len(traced(inputs(office, templates), name).contributions) == agencies


def test_an_unknown_name_is_answered_with_near_ones(office, templates):
    assert "requests.received.total" in refused(
        traced, inputs(office, templates), "requests.recieved.total", code=ExitCode.USAGE
    )


def test_a_figure_in_doubt_has_no_sources_to_show(office, templates):
    office.submit(BUREAU, {"requests.received.business": "若干"})
    message = refused(traced, inputs(office, templates), "requests.received.business", code=ExitCode.INPUT)
    assert "make-report check" in message


def test_names_are_searched_in_every_part(office, templates):
    gathered = inputs(office, templates)
    assert {one.address for one in named(gathered, "结转下年").figures} == {
        f"requests.carried_forward.{column.id}"
        for column in {c.column.id: c.column for c in office.form.tables[1].cells}.values()
    }
    assert named(gathered, "没有这个词").figures == ()


def test_names_can_be_listed_while_the_narrative_is_still_wrong(office, templates):
    office.write("narrative.md", "{{ no.such.name }}")
    assert named(inputs(office, templates), "received").figures


def test_a_code_is_explained_and_an_unknown_one_answered(catalogue):
    assert [kind.code for kind in explained(catalogue, "row-total")] == ["row-total"]
    assert len(explained(catalogue, "")) == len(catalogue.kinds)
    assert "row-total" in refused(explained, catalogue, "row-totals", code=ExitCode.USAGE)


def test_a_group_s_name_lists_that_group_s_figures_and_no_word_lists_what_else_may_be_written(
    office, templates
):
    gathered = inputs(office, templates)
    assert all(one.address.startswith("市直机关.") for one in named(gathered, "市直机关").figures)
    assert all(one.alias.startswith("上年.") for one in named(gathered, "上年").figures)
    assert any("同比" in phrase for phrase, _ in named(gathered, "").phrasings)
    assert named(gathered, "新收").phrasings == ()


def test_while_somebody_is_missing_figures_and_traces_say_so(office, templates):
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    gathered = inputs(office, templates)
    assert named(gathered, "新收").missing == (BUREAU.name,)
    found = traced(gathered, "requests.received.total")
    assert (found.missing, found.printed_at) == ((BUREAU.name,), ())
    assert len(found.contributions) == 2


def test_a_figure_is_traced_while_the_narrative_is_still_wrong(office, templates):
    office.write("narrative.md", "{{ no.such.name }}")
    assert len(traced(inputs(office, templates), "requests.received.total").contributions) == 3
