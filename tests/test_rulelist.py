"""``make-report rules``: every rule in words with a count that was really made."""

import pytest

from kit.desk import make_report
from kit.last_year import last_year
from kit.office import AGENCIES

_, BUREAU, _ = AGENCIES


def rules(office):
    """What the program gives a program, by code."""
    given = make_report("rules", "-w", office.root, "--json")
    assert given.code == 0
    return {entry["code"]: entry for entry in given.json}


def words(office):
    return make_report("rules", "-w", office.root).out


@pytest.mark.parametrize(
    ("fixture", "said"),
    [
        ("office", "勾稽关系 H1—H4：40 × 3 = 120 条，核对了 120 条；汇总数 40 条，核对了 40 条；不等的 0 条。"),
        ("office_2021", "勾稽关系 H1—H4：42 × 3 = 126 条，核对了 126 条；汇总数 42 条，核对了 42 条；不等的 0 条。"),
    ],
)  # fmt: skip
def test_the_law_s_identities_are_counted(request, fixture, said):
    assert words(request.getfixturevalue(fixture)).splitlines()[-1] == said


def test_every_rule_stands_there_in_the_law_s_order_with_what_it_relates(office, catalogue, forms):
    found = rules(office)
    known = {kind.code for kind in catalogue.kinds.values() if kind.relates}
    other_edition = {"in-force"}
    assert set(found) == known - other_edition
    assert all(entry["relates"] and entry["title"] for entry in found.values())
    references = [entry["reference"] for entry in found.values() if entry["reference"]]
    assert references == sorted(references)
    assert {f"H{n}" for n in range(1, 9)} <= set(references)
    assert {"S2", "S3", "S5", "S6", "S7", "S8", "S9"} <= set(references)
    assert "S1" in {rule.reference for rule in forms["2021"].rules}


def test_what_could_not_be_checked_is_said_with_its_reason(office):
    office.submit(BUREAU, {"requests.received.business": "约20"})
    said = words(office)
    assert "核对 23 × 3 = 69，其中 1 没有核对（缺数或有疑问 1）；汇总数 23，其中 1 没有核对" in said
    assert "核对 7 × 3 = 21，其中 21 没有核对（没有上一年的数 21）" in said
    (office.inputs / "previous.xlsx").write_bytes(last_year(office))
    assert "没有上一年的数" not in words(office).split("brought-forward")[1].split("items-continuity")[0]


def test_what_is_broken_is_counted_as_the_findings_are(office):
    total = int(office.values(BUREAU)["requests.received.total"])
    office.submit(BUREAU, {"requests.received.total": total + 1, "disputes.reconsideration.upheld": -3})
    found = rules(office)
    assert found["row-total"]["broken"] == 1
    assert "随之不合" in words(office).splitlines()[-1]
    assert found["requests-balance"]["agencies"]["following"] == 1
    assert found["cell-negative"]["broken"] == 1
    assert found["disputes-total"]["agencies"]["without_figure"] == 1
    listed = make_report("check", "-w", office.root, "--json").json
    for code, entry in found.items():
        assert entry["broken"] == sum(finding["code"] == code for finding in listed), code


def test_a_missing_agency_and_a_wrong_year_are_counted(office):
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()
    office.submit(AGENCIES[0], cover={"单位名称": AGENCIES[0].name, "单位编码": "01", "年度": 2018})
    found = rules(office)
    assert (found["agency-missing"]["broken"], found["agency-missing"]["agencies"]["following"]) == (1, 1)
    assert (found["wrong-year"]["bodies"], found["wrong-year"]["broken"]) == (2, 1)
    assert found["row-total"]["agencies"]["made"] == 23
    assert found["sums-incomplete"]["sums"]["held"] == 0


def test_a_rule_switched_off_is_said_to_be_so(office):
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + '[rules]\nmade-published = "off"\nmagnitude-jump = "off"\n')
    assert words(office).count("不查，report.toml 的 [rules] 里关闭了") == 2
    found = rules(office)
    assert found["made-published"]["severity"] == "off"
    assert found["made-published"]["agencies"]["made"] == found["magnitude-jump"]["agencies"]["made"] == 0


def test_who_is_not_concerned_is_not_counted(office):
    assert "没有要查的单位" in words(office).split("no-decisions")[1].split("indicator-total")[0]
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + 'county_groups = ["旗市区政府"]\n')
    assert rules(office)["no-decisions"]["bodies"] == 1
