"""Slips in the folder: from the slip alone it is plain what to change, and the workbook corrected so passes."""

import datetime
import io
import json

import openpyxl
import pytest
from msgspec.structs import replace

from kit.desk import make_report
from kit.last_year import last_year
from kit.office import AGENCIES, SETTINGS
from kit.slips import corrected, printed
from pipeline.build import build, check
from pipeline.clearance import cleared_report
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.run import examine
from pipeline.slips import by_words, copy_names, slip_stems
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)
OFFICE, BUREAU, DISTRICT = AGENCIES
BLANK, WORDS, MINUS = "", "约2000", -5
UNDATED = {"单位名称": BUREAU.name, "单位编码": "02", "年度": "18—19年", "版本": "2019", "报送次数": 1}
"""A cover that has to be asked about and does not keep the report from being final."""


def checked(office, templates, *agencies):
    return check(examine(load_inputs(Workspace.at(office.root, None), templates), DAY), templates, agencies)


def built(office, templates):
    return build(examine(load_inputs(Workspace.at(office.root, None), templates), DAY), templates, dict)


def slip(office, agency=BUREAU, ending="退回单.docx"):
    return office.outputs / "退回单" / f"{agency.name}{ending}"


def names(office):
    folder = office.outputs / "退回单"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def known(office, agency=BUREAU):
    """What stands in the agency's own files: the right value of every cell."""
    laid = office.laid(agency)
    return {place: laid.cell(address).value for address, place in laid.places.items()}


FAULTS = {
    "a wrong total": {"requests.received.total": 99},
    "a wrong total of disputes": {"disputes.reconsideration.total": 7},
    "an addend of a row and a column": {"requests.disclosed.business": 4321},
    "an addend of a row and a balance": {"requests.received.natural_person": 5},
    "two addends in different columns": {
        "requests.disclosed.business": 4321,
        "requests.received.natural_person": 5,
    },
    "what last year carried forward": {"requests.brought_forward.research": 777},
    "blanks": {"requests.received.other": BLANK, "disputes.reconsideration.upheld": BLANK},
    "words for a number": {"requests.received.business": WORDS},
    "below nothing": {"requests.received.business": MINUS},
    "all at once": {
        "requests.received.total": 99,
        "requests.disclosed.business": WORDS,
        "disputes.reconsideration.total": 7,
        "requests.carried_forward.other": BLANK,
    },
}


@pytest.mark.parametrize("start", ["their own workbook", "the marked copy"])
@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS)
def test_what_the_slip_says_typed_into_the_workbook_passes(office, templates, faults, start):
    (office.inputs / "previous.xlsx").write_bytes(last_year(office))
    sent = office.submit(BUREAU, faults)
    assert checked(office, templates).examination.errors
    _, lines = printed(slip(office))
    content = (
        sent.read_bytes()
        if start == "their own workbook"
        else slip(office, ending="（标注）.xlsx").read_bytes()
    )
    (office.submissions / f"{BUREAU.name}更正.xlsx").write_bytes(corrected(content, lines, known(office)))
    sent.unlink()
    again = checked(office, templates)
    assert [one for one in again.findings if one.agency == BUREAU.name] == []
    assert again.examination.reception.counted[BUREAU.code].cover.version == 2
    assert again.returned.slips == 0


def test_the_corrected_copy_counts_before_the_first_one_by_its_number(office, templates):
    office.submit(BUREAU, {"requests.received.total": 99})
    checked(office, templates)
    _, lines = printed(slip(office))
    marked = slip(office, ending="（标注）.xlsx")
    (office.submissions / marked.name).write_bytes(corrected(marked.read_bytes(), lines, {}))
    again = checked(office, templates)
    assert {one.severity.value for one in again.findings} == {"notice"}
    assert again.examination.reception.counted[BUREAU.code].workbook.endswith(marked.name)


def test_a_slip_says_whose_workbook_it_is_what_is_wrong_by_when_and_whom_to_ask(office, templates):
    office.write(
        "report.toml",
        'contact = "市政务服务局 8123456"\ndeadline = 2020-02-01\ncorrect_by = 2020-03-05\n'
        + SETTINGS.format(year=2020),
    )
    office.submit(
        BUREAU,
        {"requests.received.total": 99},
        cover={"单位名称": BUREAU.name, "单位编码": "02", "年度": 2019, "报送次数": 3, "填报人": "张三"},
    )
    checked(office, templates)
    paragraphs, (line,) = printed(slip(office))
    assert paragraphs[0] == "2019年政府信息公开年报数据退回单"
    text = "".join(paragraphs)
    for words in (
        "“市教育局.xlsx”（第 3 次报送，填报人张三）", "有 1 处必须改正", "改成 4", "2020年3月5日前", "市政务服务局 8123456",
        "市教育局：你单位", "标注版",
    ):  # fmt: skip
        assert words in text
    right = office.values(BUREAU)["requests.received.total"]
    assert (line.found, line.expected) == ("99", str(right))
    assert line.where == "依申请公开 J5：一、本年新收政府信息公开申请数量·总计"
    assert "横向合计不等" in line.remedy


def test_whoever_sent_nothing_is_asked_for_it_and_gets_no_workbook(office, templates):
    (office.submissions / f"{DISTRICT.name}.xlsx").unlink()
    assert checked(office, templates).returned.slips == 1
    assert names(office) == {f"{DISTRICT.name}催报单.docx", f"{DISTRICT.name}催报单.pdf"}
    paragraphs, lines = printed(slip(office, DISTRICT, "催报单.docx"))
    assert lines == []
    assert "还没有收到" in "".join(paragraphs)
    assert "催报单" in paragraphs[0]


def test_a_workbook_that_cannot_be_read_gets_a_slip_that_says_why(office, templates):
    (office.submissions / f"{BUREAU.name}.xlsx").write_bytes(b"PK\x03\x04 cut off")
    checked(office, templates)
    assert names(office) == {f"{BUREAU.name}退回单.docx", f"{BUREAU.name}退回单.pdf"}
    _, (line,) = printed(slip(office))
    assert line.where == "整个工作簿"
    assert "另存为 .xlsx" in line.remedy


def test_a_file_that_belongs_to_nobody_gets_no_slip(office, templates):
    office.submit(replace(BUREAU, code="77", name="某某公司"), name="别家.xlsx")
    assert checked(office, templates).returned.slips == 0


def test_what_a_person_stands_by_is_not_sent_back(office, templates):
    office.submit(BUREAU, {"disputes.reconsideration.total": 7})
    office.write(
        "accepted.toml",
        '[[accept]]\ncode = "disputes-total"\nagency = "市教育局"\nreason = "已核"\nby = "李四"\n',
    )
    assert checked(office, templates).returned.slips == 0


def test_what_is_amiss_with_the_offices_own_acceptances_is_not_sent_to_the_agency(office, templates):
    office.submit(BUREAU, {"disputes.reconsideration.total": 7})
    office.write(
        "accepted.toml",
        '[[accept]]\ncode = "disputes-total"\nagency = "市教育局"\nreason = "已核"\nby = "李四"\nuntil = 2020-01-01\n',
    )
    run = checked(office, templates)
    assert "acceptance-expired" in {finding.code for finding in run.findings}
    _, lines = printed(slip(office))
    assert [line.remedy.split("。")[0] for line in lines] == ["复议诉讼合计不等"]


def test_a_second_check_writes_the_same_bytes_whoever_does_the_work(office, templates):
    office.submit(BUREAU, {"requests.received.total": 99})
    checked(office, templates)
    first = {name: (office.outputs / "退回单" / name).read_bytes() for name in names(office)}
    checked(office, templates)
    assert {name: (office.outputs / "退回单" / name).read_bytes() for name in names(office)} == first


def test_a_slip_that_a_person_edited_is_kept_beside(office, templates):
    office.submit(BUREAU, {"requests.received.total": 99})
    checked(office, templates)
    slip(office).write_bytes(b"edited by hand")
    run = checked(office, templates)
    assert run.kept == (f"{BUREAU.name}退回单（改动备份1）.docx",)
    assert (office.outputs / "退回单" / run.kept[0]).read_bytes() == b"edited by hand"
    assert checked(office, templates).kept == ()


def test_slips_that_hold_no_longer_are_put_aside_once_the_year_is_in_order(office, templates):
    office.submit(BUREAU, {"requests.received.total": 99})
    built(office, templates)
    made = names(office)
    assert made == {f"{BUREAU.name}退回单.docx", f"{BUREAU.name}退回单.pdf", f"{BUREAU.name}（标注）.xlsx"}
    office.submit(BUREAU)
    run = built(office, templates)
    assert run.record["status"] == "final"
    assert names(office) == {f"已作废/{name}" for name in made}
    assert "slip" not in {entry["kind"] for entry in (*run.record["renditions"], *run.record["standing"])}
    assert json.loads((office.outputs / "slips.json").read_text(encoding="utf-8"))["renditions"] == []


def test_a_check_of_one_agency_leaves_the_others_slips_and_its_own_stale_one_goes(office, templates):
    office.submit(BUREAU, {"requests.received.total": 99})
    office.submit(OFFICE, {"requests.received.total": 99})
    checked(office, templates)
    office.submit(BUREAU)
    office.submit(OFFICE)
    assert checked(office, templates, BUREAU).returned.slips == 0
    assert slip(office, OFFICE).is_file()
    assert not slip(office).is_file()
    assert checked(office, templates).returned.slips == 0
    assert {name.partition("/")[0] for name in names(office)} == {"已作废"}


def test_a_check_need_not_wait_until_the_report_is_closed(office, templates):
    built(office, templates)
    (report,) = office.outputs.glob("*报告.docx")
    report.with_name(f".~lock.{report.name}#").write_bytes(b"")
    office.submit(BUREAU, {"requests.received.total": 99})
    assert checked(office, templates).returned.slips == 1
    assert built(office, templates).exit_code is ExitCode.FINDINGS
    slip(office).with_name(f".~lock.{slip(office).name}#").write_bytes(b"")
    office.submit(BUREAU, {"requests.received.total": 98})
    with pytest.raises(OperatorError, match="请关上"):
        checked(office, templates)


def test_a_blocked_build_records_the_slips_and_says_where_they_are(office):
    office.submit(BUREAU, {"requests.received.total": 99})
    said = make_report("build", "-w", office.root)
    record = json.loads((office.outputs / "run.json").read_text(encoding="utf-8"))
    assert {entry["kind"] for entry in record["renditions"]} == {"slip", "review"}
    assert "退回单 1 份" in said.out
    assert "退回单 1 份" in make_report("check", "-w", office.root).out


def test_two_agencies_whose_files_have_one_name_get_a_copy_each(office, templates):
    for agency in (OFFICE, BUREAU):
        (office.submissions / f"{agency.name}.xlsx").unlink()
        office.submit(agency, {"requests.received.total": 99}, name=f"{agency.code}/年报.xlsx")
    checked(office, templates)
    assert {name for name in names(office) if name.endswith(".xlsx")} == {
        "年报（标注）.xlsx",
        "年报（2）（标注）.xlsx",
    }


def test_an_agency_that_sent_two_is_asked_which_one_counts(office, templates):
    office.submit(BUREAU, {"requests.received.total": 99}, name="市教育局二.xlsx")
    checked(office, templates)
    _, (line,) = printed(slip(office))
    assert line.found == "市教育局.xlsx、市教育局二.xlsx"
    assert "报了两份，分不清用哪份。请告诉我们用哪一份" in line.remedy
    assert "“市教育局.xlsx”“市教育局二.xlsx”" in "".join(printed(slip(office))[0])


def test_names_that_differ_in_nothing_a_disk_sees_are_told_apart():
    one, other = replace(BUREAU, name="教育局A"), replace(OFFICE, name="教育局a")
    assert len({stem.casefold() for stem in slip_stems((one, other)).values()}) == 2
    paths = ["甲/../../年报.xlsx", "乙/年报.xls", "年报.ods", "年报（2）.ods"]
    copies = copy_names(paths)
    assert len(set(copies.values())) == len(paths)
    assert all(name.startswith("退回单/") and ".." not in name for name in copies.values())


@pytest.mark.parametrize(
    ("correct_by", "deadline", "words"),
    [
        ((2020, 3, 5), (2020, 2, 1), "请于2020年3月5日前"),
        (None, (2020, 3, 1), "请于2020年3月1日前"),
        ((2020, 2, 20), (2020, 2, 1), "请尽快"),
        (None, None, "请尽快"),
    ],
)
def test_until_when_is_a_day_to_come_or_soon(correct_by, deadline, words):
    days = [datetime.date(*day) if day else None for day in (correct_by, deadline)]
    assert by_words(*days, DAY) == words


def test_the_workbook_as_it_arrived_is_not_touched(office, templates):
    sent = office.submit(BUREAU, {"requests.received.total": 99})
    before = sent.read_bytes()
    checked(office, templates)
    assert sent.read_bytes() == before
    marked = openpyxl.load_workbook(io.BytesIO(slip(office, ending="（标注）.xlsx").read_bytes()))
    assert marked.sheetnames[0] == "退回说明"
    assert marked["依申请公开"]["J5"].fill.fgColor.rgb == "FFFFB3B3"


def test_a_bug_over_one_agency_is_told_and_the_others_get_their_slips(office, templates, monkeypatch):
    from pipeline import slip as maker

    def stumbles(ready, order):
        if order.code == BUREAU.code:
            raise ZeroDivisionError("splinters")
        return returned(ready, order)

    returned = maker.returned
    monkeypatch.setattr(maker, "returned", stumbles)
    for agency in (OFFICE, BUREAU):
        office.submit(agency, {"requests.received.total": 99})
    said = make_report("check", "-w", office.root)
    assert said.code == ExitCode.FINDINGS
    assert "市教育局的退回单没有出成：程序出错了" in said.out
    assert "退回单 1 份" in said.out
    assert "ZeroDivisionError: splinters" in said.err
    assert (office.outputs / "findings.json").is_file()


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_slip_that_was_not_made_is_in_the_exit_code_though_the_report_is_final(
    office, templates, monkeypatch, command
):
    """A night that looks at the exit code alone learns that an agency has not heard what to mend."""
    from pipeline import slip as maker

    def changed(ready, order):
        raise OperatorError(ExitCode.INPUT, "市教育局.xlsx 在核对期间改过，请再运行一次。")

    monkeypatch.setattr(maker, "returned", changed)
    laid = office.laid(BUREAU, cover=UNDATED)
    office.deliver(laid, f"{BUREAU.name}.xlsx")
    said = make_report(command, "-w", office.root)
    assert "市教育局的退回单没有出成：市教育局.xlsx 在核对期间改过，请再运行一次。" in said.out
    assert said.code == ExitCode.INPUT
    if command == "build":
        run = json.loads((office.outputs / "run.json").read_text(encoding="utf-8"))
        assert (run["status"], run["exit_code"]) == ("final", ExitCode.INPUT)
        sent = cleared_report(Workspace.at(office.root, None), DAY, with_warnings=True)
        assert sent.files, "the report is none the worse for it"


def test_a_slip_that_reads_back_otherwise_ends_6_though_the_report_is_final(office, templates, monkeypatch):
    from pipeline import slip as maker

    def differing(ready, order):
        made = returned(ready, order)
        told = ready.catalogue.finding("readback-line", year=2019, line="第3段", found="甲", expected="乙")
        return replace(made, findings=(told,))

    returned = maker.returned
    monkeypatch.setattr(maker, "returned", differing)
    office.deliver(office.laid(BUREAU, cover=UNDATED), f"{BUREAU.name}.xlsx")
    said = make_report("build", "-w", office.root)
    assert said.code == ExitCode.UNVERIFIED
    assert "这份报告不能用" not in said.out


def test_a_name_of_two_hundred_characters_and_one_that_turns_the_line_round(office, templates):
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    office.submit(BUREAU, {"requests.received.total": 99}, name=f"市教育局\u202e{'长' * 60}.xlsx")
    checked(office, templates)
    text = "".join(printed(slip(office))[0])
    assert "〔U+202E〕" in text
    assert "\u202e" not in text
