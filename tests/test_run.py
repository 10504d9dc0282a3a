"""The stages in their order: what an office's mistake leads to, and what it does not."""

import pytest

from kit.office import AGENCIES
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.run import blank_for, compose, examine, further_workbooks, report
from pipeline.workbooks.read import read_submission
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES
QUIET = {"last-year-missing"}


def inputs(office, templates):
    return load_inputs(Workspace.at(office.root, None), templates)


def examined(office, templates):
    return examine(inputs(office, templates))


def codes(examination):
    return {finding.code for finding in examination.findings} - QUIET


def test_an_office_in_order_finds_nothing_and_proves_every_cell(form, request, templates):
    office = request.getfixturevalue("office" if form.edition == "2019" else "office_2021")
    examination = examined(office, templates)
    assert codes(examination) == set()
    proved = report(examination, templates)
    assert proved.findings == ()
    assert proved.cells == (proved.printed, proved.printed)
    assert proved.passages == (proved.lines, proved.lines)
    assert {
        cell.address for grid in compose(examination).grids for cell in grid.cells if cell.address
    } == set(form.cells)


def test_nothing_arrived_yet(office, templates):
    for path in office.submissions.iterdir():
        path.unlink()
    with pytest.raises(OperatorError, match="是空的") as refused:
        examined(office, templates)
    assert refused.value.code is ExitCode.INPUT


def test_one_bad_workbook_does_not_stop_the_others(office, templates):
    (office.submissions / f"{BUREAU.name}.xlsx").write_bytes("这不是工作簿".encode())
    office.submit(DISTRICT, {"disputes.reconsideration.total": 10**6})
    examination = examined(office, templates)
    assert examination.blocked
    assert ("disputes-total", DISTRICT.name) in {(f.code, f.agency) for f in examination.findings}
    assert [f.agency for f in examination.findings if f.workbook.endswith("市教育局.xlsx")] == [BUREAU.name]


def test_what_an_agency_broke_is_not_said_again_of_the_sum(office, templates):
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    broken = [f for f in examined(office, templates).findings if f.code == "disputes-total"]
    assert [finding.agency for finding in broken] == [BUREAU.name]
    assert broken[0].cell


def test_a_missing_agency_is_one_finding(office, templates):
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    assert codes(examined(office, templates)) == {"agency-missing"}


def test_without_a_narrative_the_tables_are_still_checked(office, templates):
    (office.inputs / "narrative.md").unlink()
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    assert codes(examined(office, templates)) == {"narrative-missing", "disputes-total"}


def test_a_narrative_that_names_no_figure_stops_the_report_but_not_the_checks(office, templates):
    office.write("narrative.md", "{{ requests.recieved.total }}")
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    examination = examined(office, templates)
    assert examination.stopped.code is ExitCode.TEMPLATE
    assert examination.blocked
    assert codes(examination) == {"disputes-total"}


def test_a_code_switched_off_is_not_heard_of(office, templates):
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + '[rules]\nlast-year-missing = "off"\n')
    assert examined(office, templates).findings == ()


def test_errors_come_first_then_the_roster_s_order(office, templates):
    office.submit(DISTRICT, {"disputes.reconsideration.total": 10**6})
    office.submit(OFFICE, {"disputes.reconsideration.total": 10**6})
    findings = examined(office, templates).findings
    assert [(f.severity.value, f.agency) for f in findings] == [
        ("error", OFFICE.name),
        ("error", DISTRICT.name),
        ("notice", ""),
    ]


def test_a_character_no_face_has_is_named_and_nothing_is_printed(office, templates):
    text = (office.inputs / "narrative.md").read_text(encoding="utf-8")
    office.write("narrative.md", text.replace("无。", "无\U0002a6a5。"))
    proved = report(examined(office, templates), templates)
    assert proved.renditions == ()
    assert [(finding.code, finding.expected) for finding in proved.findings] == [("glyph-missing", "U+2A6A5")]


def test_the_upward_workbook_is_read_back_as_a_submission_without_a_finding(form, request, templates):
    office = request.getfixturevalue("office" if form.edition == "2019" else "office_2021")
    examination = examined(office, templates)
    ledger, upward = further_workbooks(examination)
    assert (ledger.kind, upward.kind) == ("ledger", "upward")
    submission, findings = read_submission(upward.content, upward.name, examination.inputs.asked)
    assert findings == ()
    assert submission.cover.agency == "某某市"
    sums = examination.consolidation.values()
    read = submission.values()
    assert {address: read[address] for address in form.cells} == {
        address: sums[address] for address in form.cells
    }
    assert read["indicators.new_media"] == sums["indicators.new_media"]


def test_a_blank_is_named_by_code_and_agency(office, templates):
    assert (
        blank_for(BUREAU, inputs(office, templates)).name == "空白表/02市教育局2019年政府信息公开数据表.xlsx"
    )
