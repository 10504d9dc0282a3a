"""The stages in their order: what an office's mistake leads to, and what it does not."""

import os
from multiprocessing import get_all_start_methods

import pytest

from kit.office import AGENCIES, TODAY
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.run import examine, take_in
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES
QUIET = {"last-year-missing"}


def inputs(office, templates):
    return load_inputs(Workspace.at(office.root, None), templates)


def examined(office, templates):
    return examine(inputs(office, templates), TODAY)


def codes(examination):
    return {finding.code for finding in examination.findings} - QUIET


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


def test_two_readers_read_what_one_reads(office, templates):
    gathered = inputs(office, templates)
    by_two, by_one = take_in(gathered, hands=2), take_in(gathered)
    assert (by_two.receipts, by_two.findings) == (by_one.receipts, by_one.findings)
    assert dict(by_two.counted) == dict(by_one.counted)


@pytest.mark.skipif("fork" not in get_all_start_methods(), reason="a staged accident reaches workers by fork")
def test_a_workbook_that_kills_its_reader_is_one_that_cannot_be_read(office, templates, monkeypatch):
    import pipeline.readings

    read = pipeline.readings.read_file

    def deadly(file, asked):
        if BUREAU.name in file.path and not file.unreadable:
            os._exit(9)
        return read(file, asked)

    monkeypatch.setattr(pipeline.readings, "read_file", deadly)
    reception = take_in(inputs(office, templates), hands=2)
    assert set(reception.counted) == {OFFICE.code, DISTRICT.code}
    assert ("workbook-unreadable", "读它的进程中途退出了") in {
        (finding.code, finding.found) for finding in reception.findings
    }


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


def test_a_sentence_that_its_agency_s_own_table_contradicts_is_told_at_its_cell(office, templates):
    office.submit(BUREAU, texts={1: "公开信息。\n收到政府信息公开申请99999件。"})
    (finding,) = [one for one in examined(office, templates).findings if one.code == "sentence-contradicts"]
    assert (finding.agency, finding.sheet, finding.cell) == (BUREAU.name, "文字材料", "B3")
    assert finding.message.startswith("第2段：写的是“收到政府信息公开申请99999件”")


def test_an_agency_s_sentences_wait_until_its_tables_are_right_its_injected_words_do_not(office, templates):
    text = "按照雷速体育：的要求，收到政府信息公开申请99999件。"
    office.submit(BUREAU, {"requests.received.total": 7}, texts={1: text})
    found = codes(examined(office, templates))
    assert "row-total" in found
    assert "text-injected" in found
    assert "sentence-contradicts" not in found


def test_an_agency_s_sentences_do_not_wait_for_an_error_that_a_person_stands_by(office, templates):
    office.submit(BUREAU, {"requests.received.total": 7}, texts={1: "收到政府信息公开申请99999件。"})
    office.write(
        "accepted.toml",
        "".join(
            f'[[accept]]\ncode = "{code}"\nreason = "来函"\nby = "张三"\nagency = "{BUREAU.name}"\n'
            for code in ("row-total", "requests-balance")
        ),
    )
    found = examined(office, templates)
    assert not found.errors
    assert "sentence-contradicts" in codes(found)
    assert "acceptance-idle" not in codes(found)


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


ACCEPTED = '[[accept]]\ncode = "agency-missing"\nagency = "市教育局"\nreason = "机构撤并"\nby = "张三"\n'


def test_a_missing_agency_made_light_of_still_leaves_the_sums_incomplete(office, templates):
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + '[rules]\nagency-missing = "notice"\n')
    examination = examined(office, templates)
    assert codes(examination) == {"agency-missing", "sums-incomplete"}
    assert examination.blocked
    assert "市教育局" in next(f.message for f in examination.findings if f.code == "sums-incomplete")


def test_a_missing_agency_a_person_stands_by_does_not_block(office, templates):
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    office.write("accepted.toml", ACCEPTED)
    examination = examined(office, templates)
    assert codes(examination) == {"agency-missing"}
    assert not examination.blocked


def test_a_cell_in_doubt_is_no_figure_even_where_its_code_is_switched_off(office, templates):
    office.submit(BUREAU, {"requests.received.business": ""})
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + '[rules]\ncell-blank = "off"\n')
    examination = examined(office, templates)
    assert codes(examination) == {"sums-incomplete"}
    assert examination.blocked


def test_one_file_nobody_can_read_and_one_wrong_cell_are_both_found(office, templates):
    (office.submissions / "断链.xlsx").symlink_to(office.root / "没有.xlsx")
    office.submit(DISTRICT, {"disputes.reconsideration.total": 10**6})
    assert codes(examined(office, templates)) == {"workbook-unreadable", "disputes-total"}


def test_an_accepted_blank_in_an_indicator_leaves_no_hole_in_the_report(office, templates):
    office.submit(BUREAU, figures={"disclosed_items": None})
    office.write("accepted.toml", '[[accept]]\ncode = "cell-blank"\nreason = "无法统计"\nby = "张三"\n')
    examination = examined(office, templates)
    assert examination.blocked
    assert "sums-incomplete" in codes(examination)
