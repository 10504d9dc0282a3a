"""A year of many agencies from end to end: built in parts, read the year after, parts that hold no longer put aside."""

import datetime
import hashlib
import json
import shutil

import pytest

from kit.office import AGENCIES
from pipeline.build import build, check
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.model.division import SIZES, Sizes
from pipeline.rollover import roll_over
from pipeline.run import examine
from pipeline.screen import built_lines
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)
ONE_EACH, TWO_EACH = Sizes(1, 1), Sizes(1, 2)
PARTS = {
    "汇总底稿/001-市直机关（共2册之1）.xlsx",
    "汇总底稿/002-市直机关（共2册之2）.xlsx",
    "汇总底稿/003-旗市区政府.xlsx",
}
PAGES = {"核对报告/001.html", "核对报告/002.html", "核对报告/003.html"}


def inputs(office, templates):
    return load_inputs(Workspace.at(office.root, None), templates)


def built(office, templates, sizes=ONE_EACH):
    return build(examine(inputs(office, templates), DAY), templates, dict, sizes=sizes)


def lying(office, folder=""):
    paths = (office.outputs / folder).rglob("*") if (office.outputs / folder).is_dir() else ()
    return {path.relative_to(office.outputs).as_posix() for path in paths if path.is_file()}


def test_the_record_lists_every_part_with_its_digest(office, templates):
    run = built(office, templates)
    assert run.exit_code is ExitCode.OK
    assert PARTS | PAGES | {"汇总底稿.xlsx", "核对报告.html"} <= lying(office)
    entries = {entry["path"]: entry for entry in run.record["renditions"]}
    for name in PARTS | PAGES:
        entry = entries[f"outputs/2019/{name}"]
        content = (office.outputs / name).read_bytes()
        assert entry["kind"] == ("ledger-part" if name in PARTS else "review-part")
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert not [path for path in office.outputs.parent.glob(".2019.*") if path.is_dir()], (
        "nothing waits any more"
    )


def test_the_screen_says_the_parts_in_one_line(office, templates):
    lines = list(built_lines(built(office, templates), everything=False))
    assert "  outputs/2019/汇总底稿（底稿分册 3 份）" in lines
    assert not [line for line in lines if "001" in line]


def test_a_second_run_writes_the_same_bytes(office, templates):
    built(office, templates)
    before = {name: (office.outputs / name).read_bytes() for name in lying(office)}
    built(office, templates)
    assert {name: (office.outputs / name).read_bytes() for name in lying(office)} == before


def test_parts_of_an_earlier_division_are_put_aside_and_pages_go(office, templates):
    built(office, templates)
    run = built(office, templates, TWO_EACH)
    assert lying(office, "核对报告") == {"核对报告/001.html", "核对报告/002.html"}
    assert lying(office, "汇总底稿") == {
        "汇总底稿/001-市直机关.xlsx",
        "汇总底稿/002-旗市区政府.xlsx",
        *(name.replace("/", "/已作废/") for name in PARTS),
    }
    paths = {entry["path"] for entry in (*run.record["renditions"], *run.record["standing"])}
    assert not {f"outputs/2019/{name}" for name in PARTS | {"核对报告/003.html"}} & paths


def test_a_year_that_is_no_longer_divided_has_no_parts_left(office, templates):
    built(office, templates)
    built(office, templates, SIZES)
    assert not (office.outputs / "核对报告").exists()
    assert lying(office, "汇总底稿") == {name.replace("/", "/已作废/") for name in PARTS}


def test_an_edited_part_is_kept_beside_the_new_one(office, templates):
    built(office, templates)
    edited = office.outputs / "汇总底稿" / "003-旗市区政府.xlsx"
    edited.write_bytes(edited.read_bytes() + b" ")
    (office.outputs / "核对报告" / "我的说明.txt").write_text("自己放的", encoding="utf-8")
    office.submit(AGENCIES[2], {"indicators.disclosed_items": 77})
    run = built(office, templates)
    assert run.kept == ("003-旗市区政府（改动备份1）.xlsx",)
    assert (office.outputs / "核对报告" / "我的说明.txt").is_file(), "what a person put there stays"


def test_a_check_writes_the_pages_and_leaves_the_ledger(office, templates):
    built(office, templates)
    before = {name: (office.outputs / name).read_bytes() for name in PARTS}
    (office.submissions / "市教育局.xlsx").unlink()
    check(examine(inputs(office, templates), DAY), templates, sizes=ONE_EACH)
    assert {name: (office.outputs / name).read_bytes() for name in PARTS} == before
    assert "未报" in (office.outputs / "核对报告" / "002.html").read_text(encoding="utf-8")


def test_the_parts_stand_in_the_record_while_errors_keep_a_new_ledger_from_being_made(office, templates):
    built(office, templates)
    (office.submissions / "市教育局.xlsx").unlink()
    run = built(office, templates)
    assert run.exit_code is ExitCode.FINDINGS
    standing = {entry["path"] for entry in run.record["standing"]}
    assert {f"outputs/2019/{name}" for name in PARTS} <= standing


def test_the_year_after_takes_the_main_file_and_its_parts(office, templates, tmp_path):
    built(office, templates)
    elsewhere = tmp_path / "新电脑"
    rolled = roll_over(elsewhere, 2020, Workspace(office.root, 2019), templates)
    assert "汇总底稿存成了 previous.xlsx，分册 3 份放进了 previous 文件夹" in dict(rolled.told)["上年数"][0]
    assert {path.name for path in (rolled.made / "previous").iterdir()} == {
        name.rpartition("/")[2] for name in PARTS
    }
    gathered = load_inputs(Workspace.at(elsewhere, 2020), templates)
    for agency in AGENCIES:
        values = office.values(agency)
        last = gathered.last_year.agencies[agency.code]
        assert {address: last[address] for address in values} == values
    roles = [(file.role, file.path) for file in gathered.other_files if file.role.startswith("上一年底稿")]
    assert roles[0] == ("上一年底稿", "inputs/2020/previous.xlsx")
    assert len([path for role, path in roles if role == "上一年底稿分册"]) == 3
    digests = {file.sha256 for file in gathered.other_files if file.role == "上一年底稿分册"}
    assert digests == {
        hashlib.sha256(path.read_bytes()).hexdigest() for path in (rolled.made / "previous").iterdir()
    }


def test_the_year_after_a_folder_renamed_with_what_was_put_aside_in_it_is_taken(office, templates, tmp_path):
    """The office renames 汇总底稿 as it is told; parts of an earlier division lie in it under 已作废."""
    built(office, templates, TWO_EACH)
    built(office, templates)
    elsewhere = tmp_path / "新电脑"
    rolled = roll_over(elsewhere, 2020, Workspace(office.root, 2019), templates)
    shutil.rmtree(rolled.made / "previous")
    shutil.copytree(office.outputs / "汇总底稿", rolled.made / "previous")
    assert (rolled.made / "previous" / "已作废").is_dir()
    gathered = load_inputs(Workspace.at(elsewhere, 2020), templates)
    assert set(gathered.last_year.agencies) == {agency.code for agency in AGENCIES}


def test_parts_without_the_main_file_are_not_passed_over(office, templates):
    (office.inputs / "previous").mkdir()
    (office.inputs / "previous" / "001.xlsx").write_bytes(b"")
    with pytest.raises(OperatorError, match="没有 previous.xlsx") as caught:
        inputs(office, templates)
    assert caught.value.code is ExitCode.INPUT


def test_the_sums_printed_do_not_depend_on_the_division(office, templates):
    one = built(office, templates, SIZES).record
    many = built(office, templates).record
    assert json.dumps(one["figures"]) == json.dumps(many["figures"])
    assert [entry["sha256"] for entry in one["renditions"] if entry["kind"].startswith("report")] == [
        entry["sha256"] for entry in many["renditions"] if entry["kind"].startswith("report")
    ]
