"""A year's night, step by step: what each rests on, what is passed over, what a failure leaves to the others."""

import datetime
import os
from itertools import chain, repeat
from unittest import mock

import pytest
from msgspec.structs import replace

from kit.office import AGENCIES
from kit.post import NOW
from pipeline.errors import ExitCode, OperatorError
from pipeline.mailroom import Mailroom
from pipeline.nightly import Night, steps
from pipeline.run import examine
from pipeline.step import AGENCIES as REPORTS
from pipeline.step import BUILD, MAIL, STEPS, VERIFY, Ended
from pipeline.workspace import Workspace

_, BUREAU, _ = AGENCIES


@pytest.fixture
def night(office, templates):
    clocks = (lambda: NOW, lambda: 0.0, lambda seconds: None)
    return Night(Mailroom(Workspace.at(office.root, None), templates, False, os.environ, *clocks), (), 1)


def test_the_four_steps_in_order_with_what_each_says(night):
    ended = list(steps(night, {}))
    assert [one.step for one in ended] == list(STEPS)
    assert all(one.code is ExitCode.OK and one.settled and one.lines for one in ended)


def test_with_errors_nothing_is_read_back_and_agencies_without_errors_still_get_their_reports(office, night):
    office.submit(BUREAU, {next(iter(office.form.cells)): "很多"})
    codes = {one.step: one.code for one in steps(night, {})}
    assert codes == {
        BUILD: ExitCode.FINDINGS,
        VERIFY: ExitCode.OK,
        REPORTS: ExitCode.FINDINGS,
        MAIL: ExitCode.OK,
    }
    assert len(list((office.outputs / "分单位报告").glob("*.pdf"))) == 2


def test_steps_that_were_done_are_passed_over(night):
    done = {BUILD: Ended(BUILD, ExitCode.FINDINGS, ("昨天",), settled=True)}
    ended = list(steps(night, done))
    assert [one.step for one in ended] == [VERIFY, REPORTS, MAIL]
    assert ended[0].lines == ("正式报告或退回单没有出全，不回读，也不发报告。",)


def test_the_files_a_night_printed_are_held_against_what_it_proved_and_told_of_as_ever(office, night):
    """The page and the PDF were read back when they were printed: of the same bytes that is said once more."""
    run = steps(night, {})
    build = next(run)
    with mock.patch("pipeline.verify.pdf.read_pdf") as pdf, mock.patch("pipeline.verify.web.read_web") as web:
        verify = next(run)
    assert not pdf.called
    assert not web.called
    read_anew = next(steps(night, {BUILD: build}))
    assert (verify.step, verify.code, verify.lines) == (VERIFY, ExitCode.OK, read_anew.lines)
    assert len(verify.lines) == 4


@pytest.mark.parametrize("ending", ["年度报告.docx", "年度报告.html", "（网页粘贴用）.html"])
def test_a_file_of_another_s_content_is_found_out_though_the_night_printed_it(office, night, ending):
    """Somebody saves into the report's place while the night goes on; bytes it has proved under another name
    are no proof either."""
    run = steps(night, {})
    next(run)
    (path,) = office.outputs.glob(f"*{ending}")
    path.write_bytes(next(office.outputs.glob("*报告.pdf")).read_bytes())
    verify = next(run)
    assert (verify.code, verify.settled) != (ExitCode.OK, True)
    assert verify.code is not ExitCode.BUG


def test_a_number_that_is_another_on_the_page_is_found_out_though_the_night_printed_it(office, night):
    run = steps(night, {})
    next(run)
    (path,) = office.outputs.glob("*年度报告.html")
    page = path.read_bytes()
    path.write_bytes(page.replace(b">6<", b">7<", 1))
    assert path.read_bytes() != page
    verify = next(run)
    assert (verify.code, verify.settled) == (ExitCode.UNVERIFIED, False)


def test_inputs_that_cannot_be_read_stop_each_step_that_needs_them_with_the_same_words(office, night):
    (office.inputs / "roster.xlsx").unlink()
    build, verify, reports, mail = steps(night, {})
    assert build.code is reports.code is ExitCode.INPUT
    assert build.lines == reports.lines
    assert "roster.xlsx" in build.lines[0]
    assert verify.code is mail.code is ExitCode.OK


def test_what_the_disk_refused_is_tried_again_and_what_the_data_say_is_not(night):
    with mock.patch("pipeline.nightly.build", side_effect=OperatorError(ExitCode.OUTPUT, "磁盘已满")):
        build, *_ = steps(night, {})
    assert (build.code, build.settled, build.lines) == (ExitCode.OUTPUT, False, ("磁盘已满",))
    with mock.patch("pipeline.nightly.build", side_effect=OperatorError(ExitCode.TEMPLATE, "正文")):
        build, *_ = steps(night, {})
    assert build.settled


def test_all_steps_speak_of_the_files_as_they_were_at_the_beginning(office, night):
    run = steps(night, {})
    assert next(run).code is ExitCode.OK
    office.submit(BUREAU, {next(iter(office.form.cells)): "很多"})
    assert [one.code for one in run] == [ExitCode.OK] * 3


def test_the_year_is_examined_once_for_all_steps(night):
    with mock.patch("pipeline.nightly.examine", wraps=examine) as examined:
        assert {one.code for one in steps(night, {})} == {ExitCode.OK}
    assert examined.call_count == 1


def test_where_nothing_has_arrived_each_step_that_needs_it_says_so(office, night):
    for path in office.submissions.iterdir():
        path.unlink()
    build, verify, reports, _ = steps(night, {})
    assert build.code is reports.code is ExitCode.INPUT
    assert build.settled
    assert build.lines == reports.lines
    assert "是空的" in build.lines[0]
    assert verify.lines == ("正式报告或退回单没有出全，不回读，也不发报告。",)


def test_a_bug_met_while_examining_is_told_by_each_step_that_needs_it(night):
    done = {BUILD: Ended(BUILD, ExitCode.OK, ("昨天",), settled=True)}
    for passed_over, told in (({}, {BUILD, REPORTS}), (done, {VERIFY, REPORTS})):
        with mock.patch("pipeline.run.consolidate", side_effect=ZeroDivisionError("the bug")):
            ended = list(steps(night, passed_over))
        bugs = [one for one in ended if one.code is ExitCode.BUG]
        assert {one.step for one in bugs} == told
        assert all("the bug" in one.traceback and not one.settled for one in bugs)


def test_what_kept_the_year_from_being_examined_may_be_over_when_the_next_step_asks(night):
    refusal = OperatorError(ExitCode.OUTPUT, "磁盘已满")
    with mock.patch(
        "pipeline.nightly.examine", side_effect=chain([refusal], repeat(mock.DEFAULT)), wraps=examine
    ):
        build, _, reports, _ = steps(night, {})
    assert (build.code, build.settled) == (ExitCode.OUTPUT, False)
    assert reports.code is ExitCode.OK


def test_a_night_past_midnight_speaks_of_the_day_on_which_it_read_the_files(office, night):
    """The bureau sent nothing, and somebody stands by that until this day; at midnight it runs out."""
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    excused = f'''
[[accept]]
code = "agency-missing"
agency = "{BUREAU.name}"
reason = "撤并"
by = "张三"
until = {NOW.date()}
'''
    office.write("accepted.toml", excused)
    clock = {"day": 0}
    room = replace(night.room, now=lambda: NOW + datetime.timedelta(days=clock["day"]))
    run = steps(replace(night, room=room), {})
    build = next(run)
    clock["day"] = 1
    verify, reports, _ = run
    assert [one.code for one in (build, verify, reports)] == [ExitCode.OK] * 3
    next_night = next(steps(replace(night, room=room), {}))
    assert next_night.code is ExitCode.FINDINGS
