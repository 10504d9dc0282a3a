"""The commands that answer, as a person and as a program meet them."""

from kit.desk import make_report


def test_trace_as_words_and_as_json(office):
    said = make_report("trace", "requests.received.total", "-w", office.root)
    assert said.code == 0
    assert "共 3 个来源" in said.out
    entry = make_report("trace", "依申请公开.新收.总计", "--json", "-w", office.root).json
    assert len(entry["contributions"]) == 3
    assert sum(int(one["value"]) for one in entry["contributions"]) == int(entry["value"])


def test_a_trace_that_leads_no_deeper_says_so_where_that_was_asked(office):
    words = ("trace", "requests.received.total", "-w", office.root)
    assert "没有往下追" in make_report(*words, "--deep").out
    assert "没有往下追" not in make_report(*words).out


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


def test_what_moved_between_two_runs(office):
    assert make_report("build", "-w", office.root, "-q").code == 0
    (office.root / "昨天").mkdir()
    kept = office.root / "昨天" / "run.json"
    kept.write_bytes((office.outputs / "run.json").read_bytes())
    (office.submissions / "市教育局.xlsx").unlink()
    assert make_report("build", "-w", office.root, "-q").code == 1
    said = make_report("diff", kept.parent, "2019", "-w", office.root)
    assert said.code == 0
    assert "不再采用的单位　1 处：\n  市教育局" in said.out
    given = make_report("diff", kept, office.outputs, "--json", "-w", office.root).json
    assert given["left"] == ["市教育局"]
    assert make_report("diff", "2019", "2019", "-w", office.root).out.endswith("没有变化。\n")


def test_what_an_agency_changed_in_its_workbook(office):
    one, other = (office.submissions / f"{name}.xlsx" for name in ("市教育局", "市政府办公室"))
    said = make_report("diff", one, other, "-w", office.root)
    assert said.code == 0
    assert "封面·单位名称有改动" in said.out
    given = make_report("diff", one, one, "--json", "-w", office.root).json
    assert (given["cells"], given["texts"]) == ([], [])


def test_a_workbook_and_a_run_cannot_be_compared(office):
    said = make_report("diff", office.submissions / "市教育局.xlsx", "2019", "-w", office.root)
    assert said.code == 2
    assert "比不了" in said.err
    assert make_report("diff", "2019", "2018", "-w", office.root).code == 3


def test_the_status_names_every_file_that_arrived(office):
    """What is nobody's, and what is left out, is not lost without a word."""
    (office.submissions / "通知.txt").write_text("请报送", encoding="utf-8")
    (office.submissions / "市教育局(旧).xlsx").write_bytes(
        (office.submissions / "市教育局.xlsx").read_bytes()
    )
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", f'{settings}\n[exclude]\n"市教育局(旧).xlsx" = "来函作废"\n')
    said = make_report("status", "-w", office.root)
    for path in office.submissions.iterdir():
        assert path.name in said.out
    assert "不知道是哪个单位的 1 份：\n  inputs/2019/submissions/通知.txt：" in said.out
    assert "未采用 inputs/2019/submissions/市教育局(旧).xlsx：" in said.out
    assert "来函作废" in said.out
    (stray,) = make_report("status", "--json", "-w", office.root).json["unclaimed"]
    assert stray["workbook"].endswith("通知.txt")
