"""A new year from the last: who reports, how, what was written and what was left open, and no figure of then."""

import datetime
import re
import tomllib

import pytest

from kit.case import Case, Offices, findings_of
from kit.desk import make_report
from kit.office import AGENCIES, TODAY, open_office
from pipeline.build import BLANKS
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.model.roster import Agency
from pipeline.rollover import roll_over
from pipeline.workbooks.read import read_submission
from pipeline.workbooks.roster import read_roster
from pipeline.workbooks.roster_blank import roster_workbook
from pipeline.workspace import Workspace

TYPED = "收到政府信息公开申请{{ requests.received.total }}件"


@pytest.fixture(params=[("2019", 2019), ("2019", 2020), ("2021", 2021)], ids=lambda pair: str(pair[1]))
def closed(request, tmp_path, forms, indicators):
    """An office whose year is built, the total of requests typed by hand: into 2020, 2021 and 2022."""
    edition, year = request.param
    office = open_office(tmp_path, forms[edition], indicators, year)
    received = sum(office.values(agency)["requests.received.total"] for agency in AGENCIES)
    text = (office.inputs / "narrative.md").read_text(encoding="utf-8")
    office.write("narrative.md", text.replace(TYPED, f"收到政府信息公开申请{received}件"))
    assert make_report("-q", "-w", office.root).code == 0
    return office


def rolled(office, templates, folder=None):
    return roll_over(
        folder or office.root, office.year + 1, Workspace.at(office.root, office.year), templates
    )


def next_year(office, templates):
    return load_inputs(Workspace.at(office.root, office.year + 1), templates)


def test_the_new_year_can_be_worked_with_at_once(closed, templates):
    made = rolled(closed, templates)
    inputs = next_year(closed, templates)
    assert made.made == closed.root / "inputs" / str(closed.year + 1)
    assert inputs.roster.agencies == AGENCIES
    assert inputs.settings.organ == "某某市"
    assert inputs.settings.date == datetime.date(closed.year + 2, 3, 26)
    assert inputs.form.edition == ("2021" if closed.year >= 2020 else "2019")
    assert inputs.submissions == ()
    assert made.text.unknown == ""
    assert make_report("blank", "-q", "-w", closed.root).code == 0


def test_a_number_typed_by_hand_becomes_a_name_and_prints_the_new_year_s(closed, templates):
    told = rolled(closed, templates).text
    text = (closed.root / "inputs" / str(closed.year + 1) / "narrative.md").read_text(encoding="utf-8")
    assert [name for _, _, name in told.named] == ["requests.received.total"]
    assert TYPED in text
    assert "{{ indicators.disclosed_items }}" in text
    assert not re.search(r"\d", re.sub(r"\{\{.*?\}\}", "", text))


def test_the_blanks_bring_forward_what_was_carried_forward(closed, templates):
    rolled(closed, templates)
    assert brought_forward(closed, templates, AGENCIES[1]) == carried_forward(closed, AGENCIES[1])


def carried_forward(office, *agencies):
    """What these left open at the year's end, by applicant."""
    columns = ["natural_person", "business", "research"]
    return [
        sum(office.values(agency)[f"requests.carried_forward.{column}"] for agency in agencies)
        for column in columns
    ]


def brought_forward(office, templates, agency):
    """What stands in an agency's blank for the new year as brought forward; None for an empty cell."""
    assert make_report("blank", "-q", "-w", office.root).code == 0
    (blank,) = (office.root / "outputs" / str(office.year + 1) / BLANKS).glob(f"*{agency.name}*.xlsx")
    submission, _ = read_submission(blank.read_bytes(), blank.name, next_year(office, templates).asked)
    values = submission.values()
    return [
        values.get(f"requests.brought_forward.{one}") for one in ("natural_person", "business", "research")
    ]


def reorganized(office, *lines):
    """The roster of the new year, with these lines; the settings name no body by its code."""
    inputs = office.root / "inputs" / str(office.year + 1)
    (inputs / "roster.xlsx").write_bytes(roster_workbook(lines, TODAY))
    settings = (inputs / "report.toml").read_text(encoding="utf-8")
    (inputs / "report.toml").write_text(re.sub("regulations_by.*", "", settings), encoding="utf-8")


def test_of_two_bodies_made_one_the_blank_brings_forward_the_sum(closed, templates):
    rolled(closed, templates)
    merged = Agency("09", "市教育综合局", "市直机关", formerly=("市政府办公室", "市教育局"))
    reorganized(closed, merged, AGENCIES[2])
    assert brought_forward(closed, templates, merged) == carried_forward(closed, *AGENCIES[:2])


def test_a_body_taken_over_reports_no_more_and_its_open_requests_go_along(closed, templates):
    rolled(closed, templates)
    gone = Agency("02", "市教育局", "市直机关", merged_into="市政府办公室")
    reorganized(closed, AGENCIES[0], gone, AGENCIES[2])
    assert brought_forward(closed, templates, AGENCIES[0]) == carried_forward(closed, *AGENCIES[:2])
    assert [one.name for one in next_year(closed, templates).roster.agencies] == [
        "市政府办公室",
        "海拉尔区人民政府",
    ]
    assert "市教育局" not in make_report("status", "-w", closed.root).out


def test_a_body_with_a_new_name_and_number_keeps_what_it_left_open(closed, templates):
    rolled(closed, templates)
    renamed = Agency("77", "市教育和体育局", "市直机关", formerly=("市教育局",))
    reorganized(closed, AGENCIES[0], renamed, AGENCIES[2])
    assert brought_forward(closed, templates, renamed) == carried_forward(closed, AGENCIES[1])


def test_the_parts_of_a_body_get_no_number_that_nobody_knows(closed, templates):
    rolled(closed, templates)
    part = Agency("08", "市体育局", "市直机关", formerly=("市教育局",))
    reorganized(closed, *AGENCIES, part)
    assert brought_forward(closed, templates, part) == [None, None, None]
    assert brought_forward(closed, templates, AGENCIES[1]) == [None, None, None]
    assert brought_forward(closed, templates, AGENCIES[0]) == carried_forward(closed, AGENCIES[0])


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize(("left_open", "said"), [(0, set()), (5, {"brought-forward"})])
def test_what_is_brought_forward_is_held_against_the_sum_of_the_merged(tmp_path, edition, left_open, said):
    """The body taken over had left requests open that the new one does not bring forward."""
    body = {"requests.carried_forward.natural_person": left_open, "requests.carried_forward.total": left_open}
    line = {"code": "90", "group": "市直机关", "merged_into": "市教育局"}
    done = {
        "edition": edition,
        "peers": {"市体育局": {}},
        "last_year": {"市体育局": body},
        "roster": {"市体育局": line},
    }
    found = findings_of(Case("merged", "", done), Offices(tmp_path))
    assert {one.code for one in found} - {"agency-merged"} == said
    assert all(one.agency == "市教育局" for one in found)


@pytest.mark.parametrize(("lost", "said"), [(0, set()), (5, {("brought-forward", "某某市")})])
def test_what_the_parts_of_a_body_bring_forward_is_held_against_it_in_the_total(tmp_path, lost, said):
    """No part is told that five open requests are lost, but the report's own figure does not fit last year's."""
    body = {
        "requests.carried_forward.natural_person": 18 + lost,
        "requests.carried_forward.total": 123 + lost,
    }
    line = {"code": "90", "group": "市直机关", "formerly": ("市教育局",)}
    done = {
        "edition": "2021",
        "peers": {"市体育局": {}},
        "last_year": {"市教育局": body},
        "roster": {"市体育局": line},
    }
    found = findings_of(Case("divided", "", done), Offices(tmp_path))
    told = {(one.code, one.agency) for one in found}
    assert ("agency-split", "") in told
    assert told - {("agency-split", "")} == said


def test_a_roster_s_changes_are_done_with_once_the_year_is_over(office, templates):
    (office.inputs / "roster.xlsx").write_bytes(
        roster_workbook(
            [
                AGENCIES[0],
                Agency("02", "市教育局", "市直机关", formerly=("市教委",)),
                AGENCIES[2],
                Agency("04", "市体委", "市直机关", merged_into="市教育局"),
            ],
            TODAY,
        )
    )
    told = dict(rolled(office, templates).told)
    file = office.root / "inputs" / "2020" / "roster.xlsx"
    roster = read_roster(file.read_bytes(), "roster.xlsx")
    assert (roster.agencies, roster.absorbed) == (AGENCIES, ())
    assert "市教育局的原名（市教委）已经接上，清空了" in told["名册"]
    assert "市体委已并入市教育局，去掉了这一行" in told["名册"]


def test_what_people_stood_by_stays_behind_and_is_said(office, templates):
    office.write("accepted.toml", "")
    assert "accepted.toml（人工确认）是上一年的，没有带过来" in dict(rolled(office, templates).told)["设置"]
    assert not (office.root / "inputs" / "2020" / "accepted.toml").exists()


def test_from_another_folder_the_ledger_goes_along(closed, templates, tmp_path):
    made = rolled(closed, templates, tmp_path / "新电脑")
    ledger = closed.outputs / "汇总底稿.xlsx"
    assert (made.made / "previous.xlsx").read_bytes() == ledger.read_bytes()
    last = load_inputs(Workspace.at(tmp_path / "新电脑", None), templates).last_year
    assert (
        last.agencies["02"]["requests.received.total"]
        == closed.values(AGENCIES[1])["requests.received.total"]
    )


def test_without_a_ledger_the_workbooks_themselves_are_last_year_or_it_is_said_that_nothing_is(
    office, templates, tmp_path
):
    assert "上年数直接取 inputs/2019 里的报送件" in dict(rolled(office, templates).told)["上年数"][0]
    assert next_year(office, templates).last_year.agencies["02"]
    elsewhere = rolled(office, templates, tmp_path / "新电脑")
    assert "没有上年数" in dict(elsewhere.told)["上年数"][0]


def test_a_ledger_that_no_longer_says_what_was_submitted_is_left_behind(closed, templates):
    more = closed.values(AGENCIES[1])["proactive.rules.made"] + 1
    closed.submit(AGENCIES[1], {"proactive.rules.made": more})
    (words,) = dict(rolled(closed, templates).told)["上年数"]
    assert "和现在的报送件对不上，没有带过来" in words
    assert not (closed.root / "inputs" / str(closed.year + 1) / "previous.xlsx").exists()


def test_a_figure_that_went_from_one_agency_to_another_is_noticed_though_the_sums_are_the_same(
    closed, templates
):
    for agency, more in ((AGENCIES[0], 1), (AGENCIES[1], -1)):
        closed.submit(agency, {"proactive.rules.made": closed.values(agency)["proactive.rules.made"] + more})
    (words,) = dict(rolled(closed, templates).told)["上年数"]
    assert "和现在的报送件对不上，没有带过来" in words


def test_another_organ_s_ledger_is_left_behind(closed, templates):
    settings = (closed.inputs / "report.toml").read_text(encoding="utf-8")
    closed.write("report.toml", settings.replace("某某市", "别的市", 1))
    assert "没有带过来" in dict(rolled(closed, templates).told)["上年数"][0]


def test_a_year_that_cannot_be_read_any_more_gives_its_words_as_they_are(office, templates):
    office.write("narrative.md", "一、总体情况\n\n收到政府信息公开申请{{ 没有这个 }}3件。")
    made = rolled(office, templates)
    assert (made.made / "narrative.md").read_bytes() == (office.inputs / "narrative.md").read_bytes()
    assert "照原样带过来，手填的数没有换成名字" in dict(made.told)["正文"][0]


def test_a_year_without_a_narrative_gets_the_outline(office, templates):
    (office.inputs / "narrative.md").unlink()
    made = rolled(office, templates)
    assert (made.made / "narrative.md").read_bytes() == (templates / "narrative" / "outline.md").read_bytes()
    assert made.text is None


def test_a_name_that_the_new_form_has_not_is_said_with_the_nearest(tmp_path, forms, indicators, templates):
    office = open_office(tmp_path, forms["2019"], indicators, 2020)
    text = (office.inputs / "narrative.md").read_text(encoding="utf-8")
    office.write(
        "narrative.md", text.replace("按规定", "公开{{ proactive.licences.items_last_year }}项，按规定")
    )
    told = rolled(office, templates).text
    assert "inputs/2021/narrative.md" in told.unknown
    assert (
        "没有“proactive.licences.items_last_year”这个名字；相近的名字：proactive.licences.decisions"
        in told.unknown
    )


def test_a_year_that_is_there_is_not_touched(office, templates):
    rolled(office, templates)
    before = {path: path.read_bytes() for path in (office.root / "inputs" / "2020").glob("*.*")}
    with pytest.raises(OperatorError, match="没有动它") as refused:
        rolled(office, templates)
    assert refused.value.code is ExitCode.INPUT
    assert before == {path: path.read_bytes() for path in before}


def test_only_the_year_before_is_carried_on(office, templates):
    with pytest.raises(
        OperatorError, match=r"2022 年只能接着 2021 年的做，不能接着 2019 年的.*previous\.xlsx"
    ):
        roll_over(office.root, 2022, Workspace.at(office.root, None), templates)


def test_last_year_may_be_named_by_its_folder_and_what_is_not_there_is_asked_back(office):
    for before, said in (
        ("2018", "2020 年只能接着 2019 年的做，不能接着 2018 年的"),
        ("别处", "--from 后面写上一年的年度（2019）"),
        ("inputs/2018", "不能接着 2018 年的"),
    ):
        refused = make_report("init", "新", "-y", "2020", "--from", before, "-w", office.root)
        assert (refused.code, said in refused.err) == (3, True), before
        assert not (office.root / "新").exists()
    made = make_report("init", "新", "-y", "2020", "--from", "inputs/2019", "-w", office.root)
    assert made.code == 0
    assert (office.root / "新" / "inputs" / "2020" / "previous.xlsx").exists() is False


def test_a_year_whose_settings_are_wrong_makes_nothing(office, templates):
    office.write("report.toml", "organ = 1\n")
    with pytest.raises(OperatorError):
        rolled(office, templates)
    assert not (office.root / "inputs" / "2020").exists()


def test_from_the_keyboard(office, tmp_path):
    said = make_report("init", office.root, "-y", "2020", "--from", "2019")
    assert said.code == 0
    assert "已建好" in said.out
    assert "接着 2019 年的做" in said.out
    other = make_report("init", tmp_path / "新", "-y", "2020", "--from", office.root, "--json")
    assert other.json["year"] == 2020
    assert "上年数" in other.json["told"]
    assert make_report("init", tmp_path / "再", "-y", "2020", "--from", "2019").code == 3
    both = make_report("init", tmp_path / "再", "--from", "2019", "--organ", "某某市")
    assert both.code == 2


def test_every_sample_setting_is_carried(templates, tmp_path):
    assert make_report("init", tmp_path, "--sample").code == 0
    assert make_report("init", tmp_path, "-y", "2021", "--from", "2020").code == 0
    old, new = (
        tomllib.loads((tmp_path / "inputs" / year / "report.toml").read_text(encoding="utf-8"))
        for year in ("2020", "2021")
    )
    assert {key: value for key, value in new.items() if key not in {"date", "deadline"}} == {
        key: value for key, value in old.items() if key not in {"date", "deadline"}
    }
    assert new["deadline"] == datetime.date(2022, 1, 15)
    again = make_report("init", tmp_path, "--sample")
    assert again.code == 3
    assert "没有动它" in again.err
    assert make_report("init", tmp_path / "x", "--sample", "-y", "2021").code == 2


def test_the_sample_is_the_committed_year(tmp_path):
    from pipeline.installed import sample_folder

    assert make_report("init", tmp_path, "--sample").code == 0
    copied, sample = tmp_path / "inputs" / "2020", sample_folder()
    paths = [path.relative_to(sample) for path in sample.rglob("*") if path.is_file()]
    assert len(paths) > 50
    assert all((copied / path).read_bytes() == (sample / path).read_bytes() for path in paths)
