"""The commands that answer, as a person and as a program meet them."""

from kit.desk import make_report


def test_trace_as_words_and_as_json(office):
    said = make_report("trace", "requests.received.total", "-w", office.root)
    assert said.code == 0
    assert "共 3 个来源" in said.out
    entry = make_report("trace", "依申请公开.新收.总计", "--json", "-w", office.root).json
    assert len(entry["contributions"]) == 3
    assert sum(int(one["value"]) for one in entry["contributions"]) == int(entry["value"])


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
