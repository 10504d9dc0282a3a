"""Where a year's inputs lie, and what is said when they do not."""

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.workspace import Workspace


def refused(call, *arguments):
    with pytest.raises(OperatorError) as stopped:
        call(*arguments)
    assert stopped.value.code is ExitCode.INPUT
    return stopped.value.message


def test_without_a_year_the_latest_is_taken(tmp_path):
    for year in ("2019", "2021", "2020", "旧", "99999", "0999", "２０２５"):
        (tmp_path / "inputs" / year).mkdir(parents=True)
    assert Workspace.at(tmp_path, None).year == 2021
    assert Workspace.at(tmp_path, 2020).inputs == tmp_path / "inputs" / "2020"


def test_a_wrong_folder_a_wrong_year_and_no_year_are_told_apart(tmp_path):
    assert "不是工作文件夹" in refused(Workspace.at, tmp_path, None)
    (tmp_path / "inputs").mkdir()
    assert "还没有哪一年" in refused(Workspace.at, tmp_path, None)
    (tmp_path / "inputs" / "2020").mkdir()
    assert "没有 2019 年；现有：2020" in refused(Workspace.at, tmp_path, 2019)


def test_what_must_be_there_is_named_with_what_to_do(tmp_path):
    (tmp_path / "inputs" / "2020").mkdir(parents=True)
    workspace = Workspace.at(tmp_path, 2020)
    assert "report.toml" in refused(workspace.settings)
    assert "roster.xlsx" in refused(workspace.roster)
    assert "submissions" in refused(workspace.submissions)


def test_what_may_be_missing_is_none(tmp_path):
    (tmp_path / "inputs" / "2020").mkdir(parents=True)
    workspace = Workspace.at(tmp_path, 2020)
    assert [workspace.narrative(), workspace.previous(), workspace.accepted(), workspace.year_before()] == [
        None
    ] * 4


def test_arrivals_are_found_in_sub_folders_and_traces_of_programs_are_passed_over(office):
    for name in ("~$市教育局.xlsx", ".~lock.市教育局.xlsx#", "Thumbs.db", ".DS_Store", "二批/补报.xlsx"):
        path = office.submissions / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    paths = [file.path for file in Workspace.at(office.root, None).submissions()]
    assert paths == sorted(paths)
    assert "inputs/2019/submissions/二批/补报.xlsx" in paths
    assert len(paths) == 4


def test_two_narratives_are_one_too_many(office):
    (office.inputs / "narrative.docx").write_bytes(b"x")
    assert "只留一个" in refused(Workspace.at(office.root, None).narrative)


def test_a_digest_is_of_the_bytes(office):
    file = Workspace.at(office.root, None).settings_file()
    assert len(file.sha256) == 64
    assert file.content == (office.inputs / "report.toml").read_bytes()


def test_the_parts_of_last_year_s_ledger_come_one_by_one_by_name(tmp_path):
    folder = tmp_path / "inputs" / "2020" / "previous"
    workspace = Workspace(tmp_path, 2020)
    assert list(workspace.previous_parts()) == []
    folder.mkdir(parents=True)
    for name in ("002.xlsx", "001.xlsx", "~$001.xlsx", "Thumbs.db"):
        (folder / name).write_bytes(name.encode())
    assert [(file.path, file.content) for file in workspace.previous_parts()] == [
        ("inputs/2020/previous/001.xlsx", b"001.xlsx"),
        ("inputs/2020/previous/002.xlsx", b"002.xlsx"),
    ]


@pytest.mark.parametrize("deadline", ["0001-01-05", "2019-01-20", "2029-01-20"])
def test_a_deadline_of_another_year_is_refused(office, deadline):
    """It would be printed on every slip, and remind everybody of a day long past."""
    settings = office.inputs / "report.toml"
    settings.write_text(f"deadline = {deadline}\n{settings.read_text('utf-8')}", "utf-8")
    with pytest.raises(OperatorError, match=f"{deadline}，不像 2019 年的截止日期") as stopped:
        Workspace(office.root, office.year).settings()
    assert stopped.value.code is ExitCode.INPUT
