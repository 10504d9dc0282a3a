"""The commands that make files, as a person meets them: words, exit codes, files."""

import pytest

from kit.desk import make_report
from kit.office import AGENCIES

OFFICE, BUREAU, _ = AGENCIES
SECOND = {"单位名称": "市教育局", "单位编码": "02", "年度": 2019, "版本": "2019", "报送次数": 2}


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
    assert sorted(path.name for path in office.outputs.iterdir()) == [
        "findings.json", "run.json", "slips.json", "核对报告.html", "退回单",
    ]  # fmt: skip
    assert "退回单 1 份（Word 和 PDF，附标注过的工作簿）在 outputs/2019/退回单" in said.out


def test_build_stopped_by_the_narrative_alone_does_not_blame_the_data(office):
    office.write("narrative.md", "一、总体情况\n收到{{ 没有的名字 }}件。\n")
    said = make_report("build", "-w", office.root)
    assert said.code == 4
    assert "错误 0，" in said.out
    assert "正文用不了，没有生成正式报告；上次生成的报告没有动。" in said.out
    assert "有错误" not in said.out
    assert "没有的名字" in said.err
    office.submit(BUREAU, {"requests.received.business": ""})
    assert "有错误，没有生成正式报告" in make_report("build", "-w", office.root).out


def test_agencies_makes_everybodys_report_and_says_where(office):
    said = make_report("agencies", "-w", office.root)
    assert said.code == 0
    assert "应出 3 家，生成 3 家" in said.out
    assert "表格应有 855 格，Word 相符 855 格，PDF 相符 855 格" in said.out
    assert len(list((office.outputs / "分单位报告").iterdir())) == 6
    assert said.err == ""


def test_agencies_of_a_name_nobody_knows_is_refused_before_anything_is_read(office):
    for path in office.submissions.iterdir():
        path.unlink()
    said = make_report("agencies", "某某局", "-w", office.root)
    assert (said.code, said.out) == (2, "")
    assert "名册里没有“某某局”" in said.err


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
    assert "[文字材料]B3：第1段：写的是“收到政府信息公开申请99999件”" in said.out


def test_what_must_not_be_published_is_said_once_by_check_and_once_by_agencies(office):
    office.submit(BUREAU, texts={1: "公开信息。\n联系人×××。", 5: "有。", 6: "无。"})
    told = (
        "市教育局　inputs/2019/submissions/市教育局.xlsx [文字材料]B3：第2段：“联系人×××”里还留着没有填的空。"
    )
    checked = make_report("check", "-w", office.root)
    assert (checked.code, checked.out.count(told)) == (0, 1)
    said = make_report("agencies", "-w", office.root)
    assert (said.code, said.out.count(told)) == (0, 1)
    built = make_report("build", "-w", office.root)
    assert (built.code, built.out.count(told)) == (0, 1)


def test_an_agency_not_counted_is_not_read(office):
    office.submit(BUREAU, name="市教育局更正.xlsx", texts={1: "联系人×××。"}, cover=SECOND)
    office.submit(BUREAU, texts={1: "待补充", 5: "有。", 6: "无。"})
    said = make_report("check", "--json", "-w", office.root)
    assert [one["workbook"] for one in said.json if one["code"] == "narrative-remark"] == [
        "inputs/2019/submissions/市教育局更正.xlsx"
    ], said.out


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


def test_what_the_office_does_not_ask_is_said_every_time(office):
    office.submit(BUREAU, {"requests.received.total": 99})
    office.write(
        "report.toml",
        (office.inputs / "report.toml").read_text(encoding="utf-8")
        + '[rules]\nrow-total = "off"\nrequests-balance = "off"\n',
    )
    said = make_report("check", "-w", office.root)
    assert said.code == 0
    assert "按 report.toml 的 [rules] 不查：row-total、requests-balance。" in said.out
