"""The committed sample year: the city's workbooks add up to what the city published, cell for cell."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from kit.office import TODAY
from kit.seed import DISCLOSED_BY_GROUP, INDICATORS, PUBLISHED, RECEIVED_LAST_YEAR
from pipeline.consolidate import contributions
from pipeline.gather import load_inputs
from pipeline.model.finding import Severity
from pipeline.run import Examination, examine
from pipeline.workspace import Workspace
from sample_agencies import load_sharers, roster

ROOT = Path(__file__).parent.parent
COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_services", "other", "total")


@pytest.fixture(scope="module")
def year(templates: Path) -> Examination:
    """The sample year, read, checked and added up."""
    return examine(load_inputs(Workspace.at(ROOT, 2020), templates), TODAY)


def test_the_three_tables_are_the_198_published_figures(year):
    assert len(PUBLISHED) == 198
    assert {address: year.consolidation.value(address) for address in PUBLISHED} == PUBLISHED


def test_the_indicators_are_the_published_ones(year):
    assert {address: year.consolidation.value(address) for address in INDICATORS} == INDICATORS
    share = year.consolidation.value("indicators.non_text_share")
    assert share is not None
    assert round(share, 2) == Decimal("61.45")


def test_each_groups_share_of_what_was_disclosed_is_the_published_one(year):
    groups = year.consolidation.groups
    assert {g: groups[g]["indicators.disclosed_items"].value for g in groups} == DISCLOSED_BY_GROUP


def test_every_agency_of_the_roster_counts_once(year):
    consolidation = year.consolidation
    assert len(consolidation.counted) == 52
    assert consolidation.missing == ()
    received = consolidation.figures["requests.received.total"]
    given = contributions([received], consolidation.counted, year.reception.counted)
    assert len({contribution.agency.code for contribution in given}) == 52


def test_the_roster_is_the_one_the_script_makes(year):
    assert year.inputs.roster == roster(load_sharers())


def test_nothing_is_wrong_and_nothing_needs_a_second_look(year):
    weighty = [f for f in year.findings if f.severity in (Severity.ERROR, Severity.WARNING)]
    assert weighty == []


def test_forty_identities_were_tried_at_each_of_52_agencies_and_at_the_sums(year):
    law = [one for one in year.rules if one.reference in {"H1", "H2", "H3", "H4"}]
    assert sum(one.each for one in law) == 40
    assert sum(one.agencies.held for one in law) == 40 * 52
    assert sum(one.sums.held for one in law) == 40
    known = [one for one in year.rules if one.bodies or one.sums.made]
    assert (
        sum(one.broken + one.agencies.without_last_year + one.agencies.without_figure for one in known) == 0
    )


def test_of_the_notices_each_says_what_the_sample_is_meant_to_show(year):
    codes = Counter(finding.code for finding in year.findings)
    assert set(codes) <= {"column-ignored", "submission-superseded", "number-unbound"}
    assert codes["column-ignored"] == codes["submission-superseded"] == 1
    assert codes["number-unbound"] <= 2


def test_last_years_ledger_holds_the_110_requests_and_what_was_carried_over(year):
    last = year.inputs.last_year
    assert last.year == 2019
    assert last.total["requests.received.total"] == RECEIVED_LAST_YEAR
    for column in COLUMNS:
        carried, brought = f"requests.carried_forward.{column}", f"requests.brought_forward.{column}"
        assert last.total[carried] == PUBLISHED[brought]


def test_formats_and_folders_are_mixed(year):
    paths = [Path(file.path) for file in year.inputs.submissions]
    endings = Counter(path.suffix for path in paths)
    assert endings[".xls"] >= 3
    assert endings[".ods"] >= 1
    assert endings[".et"] >= 1
    assert len({path.parent for path in paths}) >= 2


def test_numbers_stand_as_people_type_them(year):
    cells = [cell for own in year.reception.counted.values() for cell in own.cells.values()]
    raws = " ".join(cell.raw for cell in cells if cell.reading)
    for typed in (
        "[１-９]",
        r"\d,\d{3}",
        r"\d件",
        r"\d项",
        r"增\d",
        r"减\d",
        r"\+\d",
        r"\.\d+亿元",
        r"\d万元",
    ):
        assert re.search(typed, raws), typed


def test_a_workbook_is_small(year):
    assert max(len(file.read()) for file in year.inputs.submissions) < 50_000


def test_the_narrative_has_six_sections_and_its_numbers_come_from_the_figures(year):
    passages = year.narrative.passages
    assert {passage.section for passage in passages} == {0, 1, 2, 3, 4, 5, 6}
    assert [p.text for p in passages if p.level == 2] == [
        f"（{number}）{part}" for number, part in zip("一二三四五", year.inputs.form.parts, strict=True)
    ]
    bound = [run for passage in passages for run in passage.runs if run.addresses]
    assert len(bound) >= 45
    assert len(re.findall(r"[\u4e00-\u9fff]", "".join(passage.text for passage in passages))) >= 3000


def test_the_published_reports_slips_are_not_repeated(year):
    text = "".join(passage.text for passage in year.narrative.passages)
    assert "办结223件" in text
    assert "222" not in text
    assert "占76.48%" in text
    assert "85%" not in text
    assert "上年为110件，同比增长103.64%" in text
