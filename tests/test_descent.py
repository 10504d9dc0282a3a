"""A figure at the top of a tower of workspaces leads down to the township's cell."""

import os
import shutil
from decimal import Decimal
from math import prod
from pathlib import Path

import pytest
from msgspec.structs import replace

from kit.tower import LEVELS, TODAY, Tower
from pipeline.build import build
from pipeline.descent import BELOW, descend
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.model.roster import Agency
from pipeline.record import recorded
from pipeline.run import examine
from pipeline.screen_answers import trace_lines
from pipeline.workspace import Workspace

BREADTH = (14, 10, 8) if os.environ.get("MAKE_REPORT_PROOF") == "full" else (2, 2, 2)
"""Cities of the region, counties of a city, townships of a county."""
EDITION = "2021"
FIGURE = "requests.received.total"
TOP, CITY, COUNTY, _ = LEVELS


@pytest.fixture(scope="module")
def tower(forms, indicators, templates, tmp_path_factory):
    """The whole tower, built once; tests that spoil it build a smaller one of their own."""
    return Tower(forms[EDITION], indicators, templates, BREADTH).build(tmp_path_factory.mktemp("tower"))


@pytest.fixture
def built(forms, indicators, templates, tmp_path):
    """A small tower to spoil: its top office."""
    return lambda *breadth, root=tmp_path: Tower(forms[EDITION], indicators, templates, breadth).build(root)


def descent(office, templates, name=FIGURE, folders=()):
    return descend(load_inputs(Workspace.at(office.root, None), templates), name, templates, folders)


@pytest.mark.parametrize(
    "name",
    [FIGURE, "依申请公开.新收.总计", "disputes.litigation_direct.total", "indicators.disclosed_items"],
)
def test_the_region_s_figure_is_the_sum_of_the_townships_cells(tower, templates, name):
    found = descent(tower, templates, name)
    cells = list(found.cells())
    assert len(cells) == prod(BREADTH)
    assert sum(cell.value for cell in cells) == Decimal(found.traced.value)
    assert all(cell.agency.name.endswith("镇") for cell in cells)
    assert cells[0].place.workbook.endswith("/1市1旗1镇.xlsx")


def test_each_level_says_which_workspace_handed_the_workbook_up(tower, templates):
    lines = list(trace_lines(descent(tower, templates)))
    city, county = f"{BELOW}/1{CITY}", f"{BELOW}/1{CITY}/{BELOW}/1{CITY}1{COUNTY}"
    assert [line.strip() for line in (lines[2], lines[4])] == [
        f"由 {folder} 汇总上报，来自：" for folder in (city, county)
    ]
    assert "1市1旗1镇" in lines[5]
    assert f"  共 {BREADTH[0]} 个来源，往下追到 {prod(BREADTH)} 格。" in lines


def test_the_answer_for_a_program_nests_alike(tower, templates):
    entry = descent(tower, templates).entry()
    lower = entry["contributions"][0]["below"]
    assert (lower["organ"], lower["workspace"]) == (f"1{CITY}", f"{BELOW}/1{CITY}")
    assert lower["value"] == entry["contributions"][0]["value"]
    assert "below" not in lower["contributions"][0]["below"]["contributions"][0]


def test_the_workspaces_below_may_lie_side_by_side_elsewhere(built, templates, tmp_path):
    """A province that keeps all its workspaces in one folder."""
    top = built(1, 2, root=tmp_path / "区")
    (top.root / BELOW).rename(tmp_path / "各市")
    assert not descent(top, templates).below
    found = descent(top, templates, folders=[tmp_path / "各市"])
    assert [cell.agency.name for cell in found.cells()] == ["1市1旗", "1市2旗"]
    assert found.below[0].folder == (tmp_path / "各市" / "1市").as_posix()


def test_a_ratio_leads_down_by_both_its_sums(built, indicators, templates):
    top = built(1, 1)
    ratio = next(one for one in indicators if one.over)
    found = descent(top, templates, ratio.address)
    assert {cell.address for cell in found.cells()} == {f"indicators.{name}" for name in ratio.over}


def test_a_workbook_that_the_level_below_made_anew_is_not_followed(built, templates, tmp_path):
    top = built(1, 1)
    upward = tmp_path / BELOW / "1市" / "outputs" / str(top.year) / "上报工作簿.xlsx"
    upward.unlink()
    assert "不是这一份" in descent(top, templates).stopped[0]


def test_cells_that_changed_since_are_not_shown_as_if_they_made_the_figure(built, templates, tmp_path):
    top = built(1, 2)
    submissions = tmp_path / BELOW / "1市" / "inputs" / str(top.year) / "submissions"
    (submissions / "1市2旗.xlsx").unlink()
    found = descent(top, templates)
    assert not found.below
    assert "报送以后那里改过" in found.stopped[0]


def test_the_same_sum_of_other_workbooks_is_not_shown_as_what_was_handed_up(
    built, forms, indicators, templates, tmp_path
):
    """Two counties had sent each other's figures: the city's sums stand, their sources do not."""
    top = built(1, 2)
    city = tmp_path / BELOW / "1市"
    own = Tower(forms[EDITION], indicators, templates, ())
    for code, name, other in (("1010", "1市1旗", 1020), ("1020", "1市2旗", 1010)):
        workbook = own.own_workbook(Agency(code, name, "下级"), other)
        (city / "inputs" / str(top.year) / "submissions" / f"{name}.xlsx").write_bytes(workbook)
    found = descent(top, templates)
    assert descent(replace(top, root=city), templates).traced.value == found.traced.value
    assert not found.below
    submissions = f"inputs/{top.year}/submissions"
    assert f"{submissions}/1市1旗.xlsx、{submissions}/1市2旗.xlsx 报送以后却换过" in found.stopped[0]


def test_after_a_run_that_made_no_report_the_sources_are_not_vouched_for(built, templates, tmp_path):
    top = built(1, 2)
    city = Workspace.at(tmp_path / BELOW / "1市", None)
    build(examine(load_inputs(city, templates), TODAY), templates, dict, draft=True)
    assert "请先在那里运行 make-report build" in descent(top, templates).stopped[0]
    build(examine(load_inputs(city, templates), TODAY), templates, dict)
    assert descent(top, templates).below


def test_a_workbook_that_only_has_another_name_since_is_followed(built, templates, tmp_path):
    top = built(1, 1)
    county = tmp_path / BELOW / "1市" / "inputs" / str(top.year) / "submissions" / "1市1旗.xlsx"
    county.rename(county.with_name("1市1旗（核对过）.xlsx"))
    assert next(iter(descent(top, templates).cells())).place.workbook.endswith("（核对过）.xlsx")


def test_a_workbook_edited_on_its_way_up_is_told_whatever_the_roster_calls_the_body(
    built, templates, tmp_path
):
    top = built(1, 1)
    content = (top.submissions / "1市.xlsx").read_bytes()
    (top.submissions / "1市.xlsx").write_bytes(content + b" ")
    settings = tmp_path / BELOW / "1市" / "inputs" / str(top.year) / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace('"1市"', '"1市人民政府"'), encoding="utf-8")
    assert "不是这一份" in descent(top, templates).stopped[0]


def test_a_copy_of_a_workspace_that_was_changed_does_not_stand_in_the_way(built, templates, tmp_path):
    top = built(1, 2)
    copy = tmp_path / BELOW / "0备份"
    shutil.copytree(tmp_path / BELOW / "1市", copy)
    (copy / "inputs" / str(top.year) / "submissions" / "1市2旗.xlsx").unlink()
    found = descent(top, templates)
    assert found.below[0].folder == f"{BELOW}/1市"


def test_below_may_name_a_workspace_itself(built, templates, tmp_path):
    top = built(1, 2, root=tmp_path / "区")
    (tmp_path / "区" / BELOW / "1市").rename(tmp_path / "1市")
    found = descent(top, templates, folders=[tmp_path / "1市"])
    assert [cell.agency.name for cell in found.cells()] == ["1市1旗", "1市2旗"]


def test_each_workspace_of_a_province_is_looked_into_once(built, templates, tmp_path, monkeypatch):
    top = built(1, 1, 1, root=tmp_path / "区")
    flat = tmp_path / "各地"
    flat.mkdir()
    for folder in (*(top.root / BELOW).glob(f"*/{BELOW}/*"), *(top.root / BELOW).iterdir()):
        folder.rename(flat / folder.name)
    looked: list[Path] = []

    def noted(workspace, kind=""):
        looked.append(workspace.root)
        return recorded(workspace, kind)

    monkeypatch.setattr("pipeline.descent.recorded", noted)
    assert len(list(descent(top, templates, folders=[flat]).cells())) == 1
    assert sorted(looked) == sorted(flat.iterdir())


def test_a_level_that_cannot_be_read_any_more_stops_there_alone(built, templates, tmp_path):
    top = built(2, 1)
    (tmp_path / BELOW / "1市" / "inputs" / str(top.year) / "roster.xlsx").unlink()
    found = descent(top, templates)
    assert "下级/1市 里追不下去：没有找到" in found.stopped[0]
    assert [cell.agency.name for cell in found.below[1].cells()] == ["2市1旗"]


def test_a_workspace_that_counts_its_own_workbook_does_not_lead_round_for_ever(built, templates, tmp_path):
    """Somebody put the report's own 上报工作簿 among the submissions, and the names fit."""
    top = built(1, root=tmp_path / "各区" / "区")
    top.write("report.toml", 'organ = "1市"\ncode = "10"\nregulations_by = ["10"]\n')
    build(examine(load_inputs(Workspace.at(top.root, None), templates), TODAY), templates, dict)
    (top.submissions / "1市.xlsx").write_bytes((top.outputs / "上报工作簿.xlsx").read_bytes())
    assert "又是它自己" in descent(top, templates, folders=[tmp_path / "各区"]).stopped[0]


def test_a_folder_that_is_not_there_is_refused(tower, templates, tmp_path):
    with pytest.raises(OperatorError, match="请检查 --below") as refused:
        descent(tower, templates, folders=[tmp_path / "各旗"])
    assert refused.value.code is ExitCode.INPUT


def test_a_folder_below_that_is_not_open_to_us_is_told(tower, templates, monkeypatch):
    """On a shared drive one may see a folder and not be let in."""
    real = type(tower.root).is_dir

    def locked(path):
        if path.parts[-3:] == (f"2{CITY}", "inputs", str(tower.year)):
            raise PermissionError(13, "denied", str(path))
        return real(path)

    monkeypatch.setattr(type(tower.root), "is_dir", locked)
    with pytest.raises(OperatorError, match=f"2{CITY}.inputs.*没有权限.*请检查权限") as refused:
        descent(tower, templates)
    assert refused.value.code is ExitCode.INPUT


def test_an_unknown_name_is_refused_as_ever(tower, templates):
    with pytest.raises(OperatorError) as refused:
        descent(tower, templates, "没有这个数")
    assert refused.value.code is ExitCode.USAGE
