"""The script and what is committed agree: each committed workbook holds what the script would put in it."""

import io
from pathlib import Path

import pytest
from docx import Document

from kit.returns import asked, numbers, sample
from make_sample import ORGAN, main, returns, workbooks
from pipeline.workbooks.previous import read_ledger
from pipeline.workbooks.read import read_submission
from sample_agencies import roster
from sample_docx import NARRATIVE

YEAR = Path(__file__).parents[2] / "inputs" / "2020"
HANDED_IN = {one.clerk.path(one.agency, one.version): one for one in returns(sample(), asked().indicators)}


def test_the_committed_files_are_those_the_script_makes():
    committed = {
        path.relative_to(YEAR / "submissions").as_posix() for path in (YEAR / "submissions").rglob("*.*")
    }
    assert committed == set(HANDED_IN)


@pytest.mark.parametrize(("path", "one"), HANDED_IN.items(), ids=[f"{n:02}" for n in range(len(HANDED_IN))])
def test_each_committed_workbook_holds_what_the_script_puts_in_it(path, one):
    submission, _ = read_submission((YEAR / "submissions" / path).read_bytes(), path, asked())
    assert submission is not None
    assert numbers(submission, one) == one.numbers
    assert submission.cover.version == one.version
    for address, entry in one.entries.items():
        if isinstance(entry, str):
            assert submission.cells[address].raw == entry


def test_an_earlier_version_falls_short_of_the_one_that_counts():
    first, second = [one for one in HANDED_IN.values() if one.clerk.earlier]
    assert first.version < second.version
    assert first.values["indicators.disclosed_items"] < second.values["indicators.disclosed_items"]


def test_the_committed_ledger_and_narrative_are_the_scripts():
    last = read_ledger((YEAR / "previous.xlsx").read_bytes(), "previous.xlsx", 2019, organ="呼伦贝尔市")
    assert last.agencies == sample().last_year
    lines = [line for line in NARRATIVE.read_text(encoding="utf-8").splitlines() if line]
    written = Document(io.BytesIO((YEAR / "narrative.docx").read_bytes()))
    assert [paragraph.text for paragraph in written.paragraphs] == lines


def test_workbooks_come_in_the_format_their_name_says(monkeypatch):
    saved: dict[str, list[str]] = {}

    def office(sources, ending):
        saved[ending] = list(sources)
        return dict.fromkeys(sources, b"")

    monkeypatch.setattr("make_sample.resaved", office)
    some = [one for one in HANDED_IN.values() if one.clerk.resaved or not one.clerk.file.endswith("xlsx")]
    made = workbooks(some)
    assert set(saved) == {"xlsx", "xls", "ods", "et"}
    assert all(path.endswith(f".{ending}") for ending, paths in saved.items() for path in paths)
    assert set(made) == {path for paths in saved.values() for path in paths}


def test_a_run_replaces_what_stood_there_and_leaves_the_settings(tmp_path, monkeypatch):
    one = HANDED_IN["市民政局2020年政府信息公开年报报送表.xlsx"]
    monkeypatch.setattr("make_sample.returns", lambda *_: [one])
    (tmp_path / "submissions").mkdir()
    (tmp_path / "submissions" / "旧.xlsx").write_bytes(b"")
    (tmp_path / "report.toml").write_text(f'organ = "{ORGAN}"', encoding="utf-8")
    main(tmp_path)
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert files == [
        "narrative.docx",
        "previous.xlsx",
        "report.toml",
        "roster.xlsx",
        "submissions/市民政局2020年政府信息公开年报报送表.xlsx",
    ]


def test_every_agency_hands_in_at_least_once():
    agencies = {one.agency for one in HANDED_IN.values()}
    assert agencies == set(roster(sample().sharers).agencies)
