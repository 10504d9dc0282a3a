"""What an office settles, from the keyboard."""

import pytest

from kit.desk import make_report
from kit.last_year import last_year
from kit.office import AGENCIES

LICENCES = "proactive.licences.items_last_year"


def test_a_year_from_init_to_blanks(tmp_path):
    assert make_report("init", tmp_path / "年报", "-y", "2021", "--organ", "某某市").code == 0
    said = make_report("blank", "-w", tmp_path / "年报")
    assert said.code == 0
    assert len(list((tmp_path / "年报" / "outputs" / "2021" / "空白表").iterdir())) == 3
    again = make_report("init", tmp_path / "年报", "-y", "2021")
    assert again.code == 3


@pytest.mark.parametrize("name", ["report.toml", "roster.xlsx"])
def test_a_year_s_folder_that_lacks_a_file_gets_it_as_both_messages_say(tmp_path, name):
    """The workbooks were put into a folder made by hand: status and init must not send the clerk to each other."""
    mine, fresh = tmp_path / "年报", tmp_path / "另建"
    make_report("init", mine, "-y", "2021")
    (mine / "inputs" / "2021" / name).unlink()
    advice = "用 make-report init 另建一个文件夹，从那里复制过来"
    assert advice in make_report("blank", "-w", mine).err
    assert advice in make_report("init", mine, "-y", "2021").err
    assert make_report("init", fresh, "-y", "2021").code == 0
    (mine / "inputs" / "2021" / name).write_bytes((fresh / "inputs" / "2021" / name).read_bytes())
    assert make_report("blank", "-w", mine).code == 0


@pytest.fixture
def doubtful(office):
    """An office whose bureau's items do not follow from last year's."""
    (office.inputs / "previous.xlsx").write_bytes(last_year(office, {AGENCIES[1].name: {LICENCES: 5}}))
    return office


ACCEPT = ("accept", "items-continuity", "--agency", "02", "--reason", "机构改革", "--by", "张三")


def test_a_warning_is_accepted_and_listed_and_marked(doubtful):
    assert "没有人工确认" in make_report("accept", "--list", "-w", doubtful.root).out
    said = make_report(*ACCEPT, "--until", "2999-01-01", "-w", doubtful.root)
    assert said.code == 0
    assert "已确认 1 处，写进 accepted.toml（张三，理由：机构改革，有效到 2999-01-01）" in said.out
    assert "还没有确认的：错误 0，待核 0。" in said.out
    listed = make_report("accept", "--list", "-w", doubtful.root)
    assert "第1条　有效　" in listed.out
    assert "现在管着 1 处" in listed.out
    said = make_report("check", "-w", doubtful.root).out
    assert "［已确认］市教育局" in said
    assert "，其中已确认 1。" in said


def test_an_acceptance_for_a_program(doubtful):
    given = make_report(*ACCEPT, "--json", "-w", doubtful.root).json
    assert given["remaining"] == {"error": 0, "warning": 0}
    (entry,) = given["accepted"]
    assert (entry["address"], entry["state"], entry["covers"]) == (LICENCES, "holds", 1)
    assert make_report("accept", "--list", "--json", "-w", doubtful.root).json == [entry]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["accept"], 2, "请写明确认哪个问题代码"),
        (["accept", "items-continuity", "--by", "张三"], 2, "请写明 --reason"),
        ([*ACCEPT, "--until", "明天"], 2, "命令写得不对"),
        ([*ACCEPT, "--cell", "A1"], 2, "现在没有这样的问题"),
    ],
)
def test_what_cannot_be_accepted_is_answered_in_words(doubtful, words, code, said):
    answer = make_report(*words, "-w", doubtful.root)
    assert answer.code == code
    assert said in answer.err


def test_a_malformed_file_is_refused(doubtful):
    doubtful.write("accepted.toml", "[[accept\n")
    answer = make_report(*ACCEPT, "-w", doubtful.root)
    assert answer.code == 3
    assert "accepted.toml 写得不对" in answer.err


def test_while_another_run_is_at_work_nothing_is_written(doubtful):
    from pipeline.locking import locked
    from pipeline.workspace import Workspace

    with locked(Workspace.at(doubtful.root, None)):
        assert make_report(*ACCEPT, "-w", doubtful.root).code == 8
    assert not (doubtful.inputs / "accepted.toml").exists()
