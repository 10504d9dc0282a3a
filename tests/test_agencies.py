"""Whose own report can be made, whose cannot and why; one bad agency never stops the rest."""

import datetime
import multiprocessing
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.office import AGENCIES, TEXTS
from pipeline.agencies import made, outcome, planned, report_stems
from pipeline.agency import AgencyReport
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import Failure
from pipeline.filenames import legal_name
from pipeline.gather import load_inputs
from pipeline.inquire import agencies_named
from pipeline.model.roster import Agency
from pipeline.renditions import Proved
from pipeline.run import examine
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)
OFFICE, BUREAU, DISTRICT = AGENCIES


def plan(office, templates, *names):
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    return planned(examine(inputs, DAY), agencies_named(names, inputs))


def reasons(found):
    return {one.agency.name: one.reason for one in found.unmade}


def outcomes(found, templates, jobs=1):
    results = made(found, templates, jobs)
    return [
        outcome(agency, result, found.examination)
        for agency, result in zip(found.ready.agencies, results, strict=True)
    ]


def test_all_agencies_in_order_are_ready_in_the_rosters_order(office, templates):
    found = plan(office, templates)
    assert (found.ready.agencies, found.unmade, found.whole) == (AGENCIES, (), True)


def test_some_are_chosen_by_name_alias_or_code_each_once(office, templates):
    found = plan(office, templates, "海拉尔区", "01", "市政府办")
    assert (found.ready.agencies, found.whole) == ((OFFICE, DISTRICT), False)


def test_a_name_that_is_not_in_the_roster_is_answered_with_the_nearest(office, templates):
    with pytest.raises(OperatorError, match="市教育局") as refused:
        plan(office, templates, "市教育")
    assert refused.value.code is ExitCode.USAGE


def test_an_agency_with_an_error_of_its_own_waits_and_the_others_do_not(office, templates):
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    found = plan(office, templates)
    assert found.ready.agencies == (OFFICE, DISTRICT)
    assert reasons(found) == {"市教育局": "有 1 处错误（disputes-total）"}


def test_an_error_a_person_stands_by_does_not_hold_its_agency_back(office, templates):
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    office.write(
        "accepted.toml",
        '[[accept]]\ncode = "disputes-total"\nreason = "已核实"\nby = "张三"\nagency = "市教育局"\n',
    )
    assert plan(office, templates).unmade == ()


def test_a_lightened_error_does_not_fill_a_gap(office, templates):
    office.submit(BUREAU, {"requests.received.business": ""})
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + '[rules]\ncell-blank = "notice"\nrow-total = "notice"\n')
    words = reasons(plan(office, templates))["市教育局"]
    assert words.startswith("有 1 个数没有：")


def test_who_sent_nothing_and_whose_workbook_cannot_count_are_told_apart(office, templates):
    (office.submissions / f"{OFFICE.name}.xlsx").unlink()
    office.submit(BUREAU, cover={"单位名称": BUREAU.name, "单位编码": "02", "年度": 2018})
    found = plan(office, templates)
    assert reasons(found) == {"市政府办公室": "没有报送", "市教育局": "报来的工作簿不能用"}
    assert {one.code for one in found.unmade} == {ExitCode.FINDINGS}


def test_an_agency_that_is_excused_is_listed_and_no_failure(office, templates):
    (office.submissions / f"{OFFICE.name}.xlsx").unlink()
    office.write(
        "accepted.toml",
        '[[accept]]\ncode = "agency-missing"\nreason = "已撤销"\nby = "张三"\nagency = "市政府办公室"\n',
    )
    (one,) = plan(office, templates).unmade
    assert (one.reason, one.code) == ("没有报送（已确认）", ExitCode.OK)


def test_a_mistake_in_the_organs_narrative_is_no_matter_of_the_agencies(office, templates):
    office.write("narrative.md", "{{ requests.recieved.total }}")
    assert plan(office, templates).unmade == ()


def test_a_character_no_face_has_costs_one_report(office, templates):
    office.submit(BUREAU, texts={**TEXTS, 6: "联系人：王\U0002a6a5。"})
    ended = outcomes(plan(office, templates), templates)
    assert [isinstance(one, Proved) for one in ended] == [True, False, True]
    assert (ended[1].agency, ended[1].code) == (BUREAU, ExitCode.FINDINGS)
    assert "glyph-missing" in ended[1].reason


def test_a_warning_made_an_error_holds_the_report_back(office, templates):
    office.submit(BUREAU, texts={})
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + '[rules]\nsection-empty = "error"\n')
    ended = outcomes(plan(office, templates), templates)
    assert ended[1].reason == "有 1 处错误（section-empty）"


def stage(monkeypatch, accident):
    """Let printing the bureau's Word file end in an accident."""
    import pipeline.agency

    render = pipeline.agency.render_word

    def staged(document):
        if document.organ == BUREAU.name:
            accident()
        return render(document)

    monkeypatch.setattr(pipeline.agency, "render_word", staged)


def bug():
    raise ZeroDivisionError("x")


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="a staged accident reaches workers by fork"))])  # fmt: skip
def test_a_bug_over_one_agency_costs_that_report_and_keeps_its_traceback(
    office, templates, monkeypatch, jobs
):
    stage(monkeypatch, bug)
    ended = outcomes(plan(office, templates), templates, jobs)
    assert [isinstance(one, Proved) for one in ended] == [True, False, True]
    assert (ended[1].code, "ZeroDivisionError" in ended[1].traceback) == (ExitCode.BUG, True)
    assert "不是报送件的问题" in ended[1].reason


@pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="a staged accident reaches workers by fork"
)
def test_a_worker_that_dies_over_one_agency_costs_that_report(office, templates, monkeypatch):
    stage(monkeypatch, lambda: os._exit(9))
    ended = outcomes(plan(office, templates), templates, jobs=2)
    assert [isinstance(one, Proved) for one in ended] == [True, False, True]
    assert ended[1].code is ExitCode.WORKER


def test_a_report_that_reads_back_otherwise_is_not_used(office, templates, catalogue):
    found = plan(office, templates)
    differing = catalogue.finding("readback-cell", year=2019, table="表", words="格")
    proved = Proved((), 285, 10, (284, 285), (10, 10), (differing,))
    ended = outcome(BUREAU, AgencyReport(proved, ()), found.examination)
    assert ended.code is ExitCode.UNVERIFIED


def test_a_failure_with_a_sentence_keeps_it(office, templates):
    found = plan(office, templates)
    ended = outcome(BUREAU, Failure(ExitCode.WORKER, "进程退出了。"), found.examination)
    assert (ended.reason, ended.code, ended.traceback) == ("进程退出了。", ExitCode.WORKER, "")


def agencies(*names):
    return [Agency(f"{number:02}", name, "市直机关") for number, name in enumerate(names, 1)]


def test_names_that_a_file_cannot_tell_apart_get_their_codes():
    stems = report_stems(agencies("甲/乙局", "甲:乙局", "丙局", "DNA中心", "dna中心"), 2020)
    assert [stem.removesuffix("2020年政府信息公开工作年度报告") for stem in stems.values()] == [
        "分单位报告/01甲_乙局", "分单位报告/02甲_乙局", "分单位报告/丙局", "分单位报告/04DNA中心", "分单位报告/05dna中心",
    ]  # fmt: skip


def test_a_name_is_never_a_path():
    (stem,) = report_stems(agencies("../../市教育局"), 2020).values()
    assert stem.split("/") == ["分单位报告", "_.._市教育局2020年政府信息公开工作年度报告"]


CODES = st.text("01/:", min_size=1, max_size=3)
NAMES = st.text("甲aA/:2 .", min_size=1, max_size=4) | st.just("长" * 80)


@given(st.lists(st.tuples(CODES, NAMES), max_size=8, unique_by=lambda pair: pair[0]))
def test_no_two_agencies_ever_share_a_file(pairs):
    stems = report_stems([Agency(code, name, "") for code, name in pairs], 2020)
    assert set(stems) == {code for code, _ in pairs}
    assert len({stem.casefold() for stem in stems.values()}) == len(pairs)
    for stem in stems.values():
        folder, name = stem.split("/")
        assert (folder, legal_name(name)[:60]) == ("分单位报告", name[:60])
        assert len(f"{name}（改动备份99）.docx".encode()) <= 255
