"""The program as a person meets it: words, exit codes, files, and what happens when something is wrong."""

import json
import os
import subprocess
import sys

import pytest

from kit.desk import make_report
from kit.office import AGENCIES

COMMANDS = [
    "init",
    "blank",
    "status",
    "check",
    "build",
    "agencies",
    "verify",
    "figures",
    "trace",
    "explain",
    "doctor",
]
OFFICE, BUREAU, DISTRICT = AGENCIES


def test_help_is_chinese_with_an_example():
    said = make_report("--help")
    assert said.code == 0
    assert "用法：" in said.out
    assert "Usage" not in said.out
    for command in COMMANDS:
        own = make_report(command, "--help")
        assert "例：make-report" in own.out
        assert "Options" not in own.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "没有 chek 这个命令。 是不是 'check'"),
        (["build", "--yeer", "2020"], "没有 --yeer 这个选项"),
        (["build", "-y", "去年"], "不是整数"),
        (["trace"], "没有写"),
        (["status", "多余"], "多写了：多余"),
        (["explain", "row-totals"], "row-total"),
    ],
)
def test_a_slip_on_the_command_line_is_answered_in_chinese(words, said):
    ended = make_report(*words)
    assert ended.code == 2
    assert said in ended.err


def test_make_report_alone_builds(office):
    said = make_report("-w", office.root)
    assert said.code == 0
    assert (
        "回读核对：表格应有 285 格，相符：Word 285 格，PDF 285 格，网页 285 格，粘贴用网页 285 格" in said.out
    )
    assert (office.outputs / "run.json").is_file()


def test_options_may_stand_before_or_after_the_command(office):
    assert make_report("-w", office.root, "-y", "2019", "check").code == 0
    assert make_report("check", "-w", office.root, "-y", "2019").code == 0
    assert make_report("-y", "2018", "check", "-w", office.root).code == 3


def test_check_ends_1_on_errors_and_names_the_cell(office):
    laid = office.laid(BUREAU, {"requests.received.business": "2000万"})
    office.deliver(laid, f"{BUREAU.name}.xlsx")
    sheet, cell = laid.places["requests.received.business"]
    said = make_report("check", "-w", office.root)
    assert said.code == 1
    assert f"inputs/2019/submissions/市教育局.xlsx [{sheet}]{cell}" in said.out
    assert "“2000万”" in said.out
    assert "改法：" in said.out


def test_check_of_one_agency_minds_that_agency_only(office):
    office.submit(BUREAU, {"requests.received.business": "若干"})
    assert make_report("check", "海拉尔区", "-w", office.root).code == 0
    assert make_report("check", "市教育局", "-w", office.root).code == 1


def test_build_with_errors_ends_1_and_makes_no_report(office):
    office.submit(BUREAU, {"requests.received.business": ""})
    said = make_report("build", "-w", office.root)
    assert said.code == 1
    assert "没有生成正式报告" in said.out
    assert sorted(path.name for path in office.outputs.iterdir()) == ["findings.json", "run.json"]


def test_build_stopped_by_the_narrative_alone_does_not_blame_the_data(office):
    office.write("narrative.md", "一、总体情况\n收到{{ 没有的名字 }}件。\n")
    said = make_report("build", "-w", office.root)
    assert said.code == 4
    assert "错误 0，" in said.out
    assert "正文用不了，没有生成正式报告；上次生成的文件没有动。" in said.out
    assert "有错误" not in said.out
    assert "没有的名字" in said.err
    office.submit(BUREAU, {"requests.received.business": ""})
    assert "有错误，没有生成正式报告" in make_report("build", "-w", office.root).out


def test_a_mark_that_turns_the_line_round_never_reaches_the_screen(office):
    office.write("narrative.md", "一、总体情况\n\u202e收到{{ 没有的名字 }}件。\n")
    said = make_report("build", "-w", office.root)
    assert "〔U+202E〕收到" in said.err
    assert "\u202e" not in said.out + said.err


@pytest.mark.parametrize("command", ["build", "check", "status", "blank", "figures", "agencies"])
def test_json_is_on_stdout_and_words_are_not(office, command):
    said = make_report(command, "--json", "-w", office.root)
    assert said.code == 0
    assert said.json is not None


def test_quiet_says_nothing(office):
    said = make_report("build", "-q", "-w", office.root)
    assert (said.code, said.out, said.err) == (0, "", "")


def test_agencies_makes_everybodys_report_and_says_where(office):
    said = make_report("agencies", "-w", office.root)
    assert said.code == 0
    assert "应出 3 家，生成 3 家" in said.out
    assert "表格应有 855 格，Word 相符 855 格，PDF 相符 855 格" in said.out
    assert len(list((office.outputs / "分单位报告").iterdir())) == 6
    assert said.err == ""


def test_agencies_of_one_with_an_error_ends_1_and_says_who_and_what_next(office):
    office.submit(BUREAU, {"requests.received.business": "若干"})
    (office.submissions / f"{OFFICE.name}.xlsx").unlink()
    said = make_report("agencies", "-w", office.root)
    assert said.code == 1
    assert (
        "没有生成的 2 家：\n  市政府办公室：没有报送。\n  市教育局：有 1 处错误（cell-not-a-number）。\n"
        "  要改哪里，运行 make-report check 市教育局 这样看。\n" in said.out
    )
    assert "应出 3 家，生成 1 家" in said.out
    assert make_report("agencies", "海拉尔区", "-w", office.root).code == 0


def test_a_report_that_holds_no_longer_is_said_to_be_put_aside(office):
    make_report("agencies", "-q", "-w", office.root)
    office.submit(BUREAU, {"requests.received.business": "若干"})
    said = make_report("agencies", "-w", office.root)
    assert "现在不能用的 2 个文件，已移到 分单位报告/已作废。" in said.out


def test_agencies_says_which_sentences_and_sections_the_office_should_see(office):
    office.submit(BUREAU, texts={1: "全年收到政府信息公开申请99999件。", 5: "有。"})
    said = make_report("agencies", "-w", office.root)
    assert said.code == 0
    assert "市教育局　inputs/2019/submissions/市教育局.xlsx：“六、其他需要报告的事项”没有文字" in said.out
    assert "文字材料“一、总体情况”第1段：写的是“收到政府信息公开申请99999件”" in said.out


def test_agencies_for_a_program(office):
    said = make_report("agencies", "--json", "02", "-w", office.root)
    assert [one["agency"] for one in said.json["agencies"]] == ["市教育局"]
    assert "生成 1 家" in said.err


def test_a_bug_over_one_agency_is_told_with_its_traceback_and_ends_70(office, monkeypatch):
    import pipeline.agency

    monkeypatch.setattr(pipeline.agency, "render_pdf", lambda *_: 1 / 0)
    said = make_report("agencies", "--jobs", "1", "-w", office.root)
    assert said.code == 70
    assert "市教育局：\nTraceback" in said.err
    assert "请把屏幕上的文字发给维护者" in said.out


@pytest.mark.parametrize("jobs", ["0", "-1", "两个"])
def test_a_number_of_workers_that_is_none_is_refused(office, jobs):
    assert make_report("agencies", "--jobs", jobs, "-w", office.root).code == 2


def test_verify_finds_a_report_that_was_changed(office):
    make_report("-q", "-w", office.root)
    assert make_report("verify", "-w", office.root).code == 0
    office.submit(BUREAU, {"proactive.licences.decisions": 4321})
    said = make_report("verify", "-w", office.root)
    assert said.code == 6
    assert "行政许可" in said.out


def test_trace_as_words_and_as_json(office):
    said = make_report("trace", "requests.received.total", "-w", office.root)
    assert said.code == 0
    assert "共 3 个来源" in said.out
    entry = make_report("trace", "依申请公开.新收.总计", "--json", "-w", office.root).json
    assert len(entry["contributions"]) == 3
    assert sum(int(one["value"]) for one in entry["contributions"]) == int(entry["value"])


def test_a_year_from_init_to_blanks(tmp_path):
    assert make_report("init", tmp_path / "年报", "-y", "2021", "--organ", "某某市").code == 0
    said = make_report("blank", "-w", tmp_path / "年报")
    assert said.code == 0
    assert len(list((tmp_path / "年报" / "outputs" / "2021" / "空白表").iterdir())) == 3
    again = make_report("init", tmp_path / "年报", "-y", "2021")
    assert again.code == 3


def spoil(office, what):
    inputs = office.inputs
    if what == "no workspace":
        (office.root / "inputs").rename(office.root / "别处")
    elif what == "empty submissions":
        for path in office.submissions.iterdir():
            path.unlink()
    elif what == "no submissions":
        office.submissions.rename(office.root / "别处")
    elif what == "broken settings":
        (inputs / "report.toml").write_text("organ = ", encoding="utf-8")
    elif what == "no roster":
        (inputs / "roster.xlsx").unlink()
    elif what == "roster is no workbook":
        (inputs / "roster.xlsx").write_bytes(b"%PDF-1.7")
    elif what == "narrative names nothing":
        (inputs / "narrative.md").write_text("{{ requests.recieved.total }}", encoding="utf-8")
    elif what == "open report":
        make_report("-q", "-w", office.root)
        report = next(office.outputs.glob("*.docx"))
        (office.outputs / f".~lock.{report.name}#").write_bytes(b"")


@pytest.mark.parametrize(
    ("what", "code", "said"),
    [
        ("no workspace", 3, "不是工作文件夹"),
        ("empty submissions", 3, "是空的"),
        ("no submissions", 3, "没有文件夹"),
        ("broken settings", 3, "report.toml"),
        ("no roster", 3, "roster.xlsx"),
        ("roster is no workbook", 3, "roster.xlsx"),
        ("narrative names nothing", 4, "requests.received.total"),
        ("open report", 5, "请关上再运行"),
    ],
)
def test_what_stops_the_program_is_a_sentence_with_a_code_and_leaves_outputs_alone(office, what, code, said):
    spoil(office, what)
    before = {path: path.read_bytes() for path in office.root.rglob("outputs/**/*") if path.is_file()}
    ended = make_report("build", "-w", office.root)
    assert ended.code == code
    assert said in ended.err
    assert ended.err.startswith("做不下去：")
    assert "Traceback" not in ended.err
    assert {path: path.read_bytes() for path in before} == before


def test_a_wrong_narrative_is_said_after_what_is_wrong_with_the_tables(office):
    office.write("narrative.md", "{{ requests.recieved.total }}")
    office.submit(BUREAU, {"disputes.reconsideration.total": 10**6})
    for command in ("check", "build"):
        said = make_report(command, "-w", office.root)
        assert said.code == 4
        assert "（disputes-total）" in said.out
        assert "requests.received.total" in said.err


def test_a_roster_with_a_code_twice_is_refused(office):
    import datetime

    from pipeline.workbooks.roster_blank import roster_workbook

    twice = (*AGENCIES, type(BUREAU)("02", "市财政局", "市直机关"))
    (office.inputs / "roster.xlsx").write_bytes(roster_workbook(twice, datetime.date(2020, 1, 1)))
    said = make_report("build", "-w", office.root)
    assert said.code == 3
    assert "02" in said.err


def test_a_bug_keeps_its_traceback_and_ends_70(office, monkeypatch):
    import pipeline.build

    def broken(*_, **__):
        raise ZeroDivisionError("x")

    monkeypatch.setattr(pipeline.build, "build", broken)
    said = make_report("-w", office.root)
    assert said.code == 70
    assert "ZeroDivisionError" in said.err
    assert "不是您的操作问题" in said.err


def test_an_interrupted_run_ends_130(office, monkeypatch):
    import pipeline.build

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.build, "build", stopped)
    assert make_report("-w", office.root).code == 130


def test_help_loads_no_heavy_library():
    program = (
        "import sys\nsys.argv = ['make-report', '--help']\nfrom pipeline.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'openpyxl', 'docx', 'reportlab', 'pikepdf', 'jinja2', 'lxml', 'pypdfium2', 'python_calamine', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    assert ended.stderr.strip() == "[]"


def test_the_installed_program_speaks_utf_8_whatever_the_system_says(office):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    program = [
        sys.executable,
        "-c",
        "from pipeline.cli import main; main()",
        "status",
        "--json",
        "-w",
        str(office.root),
    ]
    ended = subprocess.run(program, capture_output=True, check=True, env=environment)
    assert json.loads(ended.stdout.decode("utf-8"))["agencies"][1]["agency"] == "市教育局"


def test_the_doctor_examines_the_program_and_the_office(office):
    said = make_report("doctor", "-w", office.root)
    assert said.code == 0
    assert "自带的字体：5 个都完好" in said.out
    assert f"工作文件夹：{office.root.resolve()}，2019 年" in said.out
    assert "检查完毕：不行 0" in said.out


def test_the_doctor_ends_as_the_fault_says_and_speaks_to_programs_too(office):
    (office.inputs / "roster.xlsx").unlink()
    said = make_report("doctor", "-w", office.root, "--json")
    assert said.code == said.json["exit_code"] == 3
    assert [check["subject"] for check in said.json["checks"] if check["verdict"] == "bad"] == ["报送材料"]
    assert "不行　报送材料：" in said.err


def test_the_doctor_works_where_there_is_no_office(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = make_report("doctor", "-q")
    assert (said.code, said.out) == (0, "")
    assert make_report("doctor", "-w", tmp_path).code == 3
