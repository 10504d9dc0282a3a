"""What may leave the house, and every reason why it may not."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from kit.desk import make_report
from kit.last_year import last_year
from kit.office import AGENCIES, NARRATIVE, SETTINGS, TODAY
from kit.post import digest, put_slips
from pipeline.clearance import cleared_blanks, cleared_report, cleared_slips
from pipeline.errors import ExitCode, OperatorError
from pipeline.workbooks.roster import read_roster
from pipeline.workspace import Workspace

_, BUREAU, DISTRICT = AGENCIES


def workspace_of(office):
    return Workspace.at(office.root, None)


def roster_of(office):
    file = workspace_of(office).roster()
    return read_roster(file.content, file.path)


def cleared(office, **with_):
    return cleared_report(workspace_of(office), **{"today": TODAY, "with_warnings": False, **with_})


def held(office, said, **with_):
    with pytest.raises(OperatorError, match=said) as stopped:
        cleared(office, **with_)
    assert stopped.value.code is ExitCode.UNDELIVERED
    assert "一封也没有发" in stopped.value.message


@pytest.fixture
def built(built_office):
    return built_office


def retold(office, name, change):
    path = office.outputs / name
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def test_the_word_and_pdf_of_a_final_report_may_leave(built):
    parcel = cleared(built)
    assert [file.name.rpartition(".")[2] for file in parcel.files] == ["docx", "pdf"]
    assert parcel.files[0].content == next(built.outputs.glob("*.docx")).read_bytes()


def test_the_occasion_is_the_same_after_a_second_build_and_another_after_a_changed_figure(built):
    before = cleared(built)
    make_report("-q", "-w", built.root)
    assert cleared(built).occasion == before.occasion
    built.submit(DISTRICT, texts={1: "（一）主动公开\n按时公开。", 5: "不够。", 6: "无。"})
    make_report("-q", "-w", built.root)
    assert cleared(built).occasion != before.occasion


def test_nothing_leaves_before_there_is_a_report(office):
    held(office, "还没有生成报告")


def test_nothing_leaves_of_a_draft_or_a_blocked_run(built):
    built.submit(BUREAU, {"requests.received.business": "若干"})
    assert make_report("build", "-q", "-w", built.root).code == 1
    held(built, "没有出正式报告")
    make_report("build", "--draft", "-q", "-w", built.root)
    held(built, "没有出正式报告", with_warnings=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.update(status="blocked", exit_code=6),
        lambda record: record["verified"].update(pdf=record["verified"]["cells"] - 1),
        lambda record: record["verified"].update(cells=0, docx=0, pdf=0),
        lambda record: record["verified"].update(passages=0),
        lambda record: record.pop("verified"),
    ],
)
def test_nothing_leaves_that_was_not_proved(built, change):
    retold(built, "run.json", change)
    held(built, "回读核对不符")


def change_roster(office):
    (office.inputs / "roster.xlsx").write_bytes((office.inputs / "roster.xlsx").read_bytes() + b" ")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda office: office.submit(BUREAU, texts={6: "有。"}), "市教育局.xlsx"),
        (lambda office: office.submit(BUREAU, name="又一份.xlsx"), "又一份.xlsx"),
        (lambda office: (office.submissions / "市教育局.xlsx").unlink(), "市教育局.xlsx"),
        (change_roster, "roster.xlsx"),
        (lambda office: office.write("narrative.md", "改过"), "narrative.md"),
        (lambda office: office.write("accepted.toml", ""), "accepted.toml"),
        (lambda office: (office.inputs / "narrative.md").unlink(), "narrative.md"),
    ],
)
def test_nothing_leaves_that_rests_on_what_has_changed_since(built, change, name):
    change(built)
    held(built, f"{name} 在生成报告之后改过", with_warnings=True)


def test_a_warning_holds_the_report_until_a_person_stands_by_it(built):
    built.write("narrative.md", NARRATIVE.replace("公开内容还不够丰富，下一步将继续改进。", ""))
    assert make_report("-q", "-w", built.root).code == 0
    held(built, "1 处待核的问题还没有人确认")
    assert cleared(built, with_warnings=True).files
    built.write("accepted.toml", '[[accept]]\ncode = "section-empty"\nreason = "无问题"\nby = "张三"\n')
    make_report("-q", "-w", built.root)
    assert cleared(built).files


def test_an_acceptance_that_ran_out_since_the_report_was_made_holds_it(built):
    """Accepted until tomorrow: it may be sent tomorrow, and the day after nobody stands by it any more."""
    built.write("narrative.md", NARRATIVE.replace("公开内容还不够丰富，下一步将继续改进。", ""))
    day = datetime.now(UTC).astimezone().date() + timedelta(days=1)
    built.write(
        "accepted.toml",
        f'[[accept]]\ncode = "section-empty"\nreason = "无问题"\nby = "张三"\nuntil = {day}\n',
    )
    make_report("-q", "-w", built.root)
    assert cleared(built, today=day).files
    held(
        built,
        f"对 section-empty的确认只到 {day}，现在过期了，请再运行一次 make-report build",
        today=day + timedelta(days=1),
        with_warnings=True,
    )


def test_findings_of_another_run_are_not_believed(built):
    (built.outputs / "findings.json").write_text(
        '[{"severity": "warning", "accepted": true}]', encoding="utf-8"
    )
    held(built, "不是同一次生成的")
    (built.outputs / "findings.json").write_text("x", encoding="utf-8")
    held(built, "findings.json 读不出来")
    (built.outputs / "findings.json").unlink()
    held(built, "findings.json 读不出来")


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_file_that_is_not_what_was_proved_does_not_leave(built, ending):
    path = next(built.outputs.glob(f"*.{ending}"))
    path.write_bytes(path.read_bytes() + b" ")
    held(built, f"{ending} 在生成之后改过")
    path.unlink()
    held(built, "读不出来")


def test_a_record_without_the_report_s_files_clears_nothing(built):
    retold(built, "run.json", lambda record: record.update(renditions=[]))
    held(built, "没有记下")


def test_each_agency_s_slips_are_its_own(office):
    put_slips(
        office,
        ("市教育局退回单.docx", "02", b"a", digest(b"a")),
        ("市教育局（标注）.xlsx", "02", b"b", digest(b"b")),
        ("海拉尔区人民政府退回单.docx", "03", b"c", digest(b"c")),
    )
    parcels = cleared_slips(workspace_of(office), roster_of(office))
    assert {code: [file.name for file in parcel.files] for code, parcel in parcels.ready.items()} == {
        "02": ["市教育局退回单.docx", "市教育局（标注）.xlsx"],
        "03": ["海拉尔区人民政府退回单.docx"],
    }
    assert parcels.held == {}


def test_slips_and_reminders_can_be_told_apart(office):
    put_slips(
        office,
        ("市教育局退回单.docx", "02", b"a", digest(b"a")),
        ("市教育局（标注）.xlsx", "02", b"b", digest(b"b")),
        ("海拉尔区催报单.docx", "03", b"c", digest(b"c")),
    )
    workspace = Workspace.at(office.root, None)
    file = workspace.roster()
    roster = read_roster(file.content, file.path)
    named = {
        part: {code: len(one.files) for code, one in cleared_slips(workspace, roster, part).ready.items()}
        for part in ("", "退回单", "催报单")
    }
    assert named == {"": {"02": 2, "03": 1}, "退回单": {"02": 2}, "催报单": {"03": 1}}


def test_an_altered_slip_holds_all_of_that_agency_s_and_nobody_else_s(office):
    put_slips(
        office,
        ("市教育局退回单.docx", "02", b"a", digest(b"a")),
        ("市教育局（标注）.xlsx", "02", b"altered", digest(b"b")),
        ("海拉尔区人民政府退回单.docx", "03", b"c", digest(b"c")),
    )
    parcels = cleared_slips(workspace_of(office), roster_of(office))
    assert set(parcels.ready) == {"03"}
    assert "市教育局（标注）.xlsx 在生成之后改过" in parcels.held["02"]


def test_no_slip_leaves_about_a_workbook_that_has_been_sent_in_anew(office):
    put_slips(office, ("市教育局退回单.docx", "02", b"a", digest(b"a")))
    office.submit(BUREAU, texts={6: "有。"})
    with pytest.raises(OperatorError, match=r"市教育局\.xlsx 在写退回单之后改过"):
        cleared_slips(workspace_of(office), roster_of(office))


@pytest.mark.parametrize("agency", ["", "99"])
def test_a_slip_that_does_not_say_whose_it_is_goes_to_nobody(office, agency):
    put_slips(
        office, ("市教育局退回单.docx", "02", b"a", digest(b"a")), ("谁的.docx", agency, b"b", digest(b"b"))
    )
    with pytest.raises(OperatorError, match=r"没有写明 .*谁的.docx 是哪个单位的"):
        cleared_slips(workspace_of(office), roster_of(office))


def test_without_slips_or_blanks_one_is_told_what_to_run(office, templates):
    with pytest.raises(OperatorError, match="make-report check"):
        cleared_slips(workspace_of(office), roster_of(office))
    with pytest.raises(OperatorError, match="make-report blank"):
        cleared_blanks(workspace_of(office), templates)


def test_each_agency_s_blank_is_its_own_and_an_altered_one_stays(office, templates):
    make_report("blank", "-q", "-w", office.root)
    parcels = cleared_blanks(workspace_of(office), templates)
    assert {code: parcel.files[0].name for code, parcel in parcels.ready.items()} == {
        agency.code: f"{agency.code}{agency.name}2019年政府信息公开数据表.xlsx" for agency in AGENCIES
    }
    path = office.outputs / "空白表" / parcels.ready["02"].files[0].name
    path.write_bytes(path.read_bytes() + b" ")
    again = cleared_blanks(workspace_of(office), templates)
    assert set(again.ready) == {"01", "03"}
    assert "改过" in again.held["02"]


def put_last_year(office, **carried):
    """Last year's ledger; what the bureau carried forward then, by applicant, where it is not as it should be."""
    changed = {f"requests.carried_forward.{one}": number for one, number in carried.items()}
    (office.inputs / "previous.xlsx").write_bytes(last_year(office, {BUREAU.name: changed}))


def test_blanks_go_out_with_what_last_year_s_ledger_says(office, templates):
    put_last_year(office)
    make_report("blank", "-q", "-w", office.root)
    put_last_year(office)
    assert set(cleared_blanks(workspace_of(office), templates).ready) == {"01", "02", "03"}


@pytest.mark.parametrize(
    "change",
    [
        lambda office: put_last_year(office, business=77),
        lambda office: (office.inputs / "previous.xlsx").unlink(),
        lambda office: office.write("report.toml", SETTINGS.format(year=2020) + 'edition = "2021"\n'),
    ],
)
def test_no_blank_goes_out_that_is_not_what_the_year_s_inputs_say_now(office, templates, change):
    put_last_year(office)
    make_report("blank", "-q", "-w", office.root)
    change(office)
    said = r"市.*数据表\.xlsx 的表样或预填的上年结转和现在的对不上：.*请再运行一次 make-report blank"
    with pytest.raises(OperatorError, match=said) as stopped:
        cleared_blanks(workspace_of(office), templates)
    assert stopped.value.code is ExitCode.UNDELIVERED
    make_report("blank", "-q", "-w", office.root)
    assert set(cleared_blanks(workspace_of(office), templates).ready) == {"01", "02", "03"}


@pytest.mark.parametrize("key", ["findings", "inputs"])
@pytest.mark.parametrize("value", [None, 3, "x", [1], []])
def test_a_damaged_record_clears_nothing_and_is_told(built, key, value):
    retold(built, "run.json", lambda record: record.update({key: value}))
    held(built, "请再运行一次 make-report build")


def test_findings_nested_without_end_are_told(built):
    (built.outputs / "findings.json").write_text("[" * 100000, encoding="utf-8")
    held(built, "findings.json 读不出来")


def test_a_damaged_bundle_of_blanks_is_as_good_as_none(office, templates):
    make_report("blank", "-q", "-w", office.root)
    (bundle,) = office.outputs.glob("*.zip")
    whole = bundle.read_bytes()
    for place in range(0, len(whole), 37):
        spoilt = bytearray(whole)
        spoilt[place : place + 37] = bytes(mark ^ 255 for mark in spoilt[place : place + 37])
        bundle.write_bytes(spoilt)
        with pytest.raises(OperatorError, match="还没有空白表"):
            cleared_blanks(workspace_of(office), templates)
