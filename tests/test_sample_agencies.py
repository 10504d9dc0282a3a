"""Every agency of the sample year has its own report, each cell proved, and together they are the city's figures."""

import hashlib
import shutil

import page

from conftest import ROOT
from kit.desk import make_report
from pipeline.verify.word import read_word
from pipeline.workspace import Workspace

CELLS = 285
RECEIVED = "requests.received.total"
PUBLISHED = 224
"""申请 the city received in 2020, as it published."""


def test_the_52_reports_are_proved_cell_for_cell_and_add_up_to_what_the_city_published(tmp_path, forms):
    """One story, for the reports are made once."""
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs")
    said = make_report("agencies", "--json", "--jobs", "2", "-w", tmp_path, "-y", "2020")
    assert said.code == 0
    all_are_proved(said.json)
    the_files_are_the_records(said.json, Workspace.at(tmp_path, 2020))
    all_are_fit_for_archive_and_reader(tmp_path)
    assert sum(printed(said.json, tmp_path, forms["2019"])) == PUBLISHED
    assert {finding["code"] for finding in said.json["findings"]} == {"section-empty"}


def all_are_proved(record):
    assert len(record["agencies"]) == 52
    for one in record["agencies"]:
        assert one["reason"] == ""
        assert [one["verified"][key] for key in ("cells", "docx", "pdf")] == [CELLS] * 3, one["agency"]


def the_files_are_the_records(record, workspace):
    files = [path for path in (workspace.outputs / "分单位报告").rglob("*") if path.is_file()]
    assert {workspace.relative(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == {
        entry["path"]: entry["sha256"] for entry in record["renditions"]
    }
    assert len(files) == 2 * 52


def all_are_fit_for_archive_and_reader(folder):
    for path in folder.rglob("*.pdf"):
        for profile in ("2a", "ua1"):
            assert page.validate_pdf_bytes(path.read_bytes(), profile=profile).failures == [], path.name


def printed(record, folder, form):
    """How many requests each agency's Word file says it received."""
    table = next(number for number, one in enumerate(form.tables) if one.id == "requests")
    cells = form.tables[table].grid.cells
    place = next(number for number, cell in enumerate(cells) if cell.address == RECEIVED)
    words = [entry["path"] for entry in record["renditions"] if entry["kind"] == "agency-docx"]
    return [int(read_word((folder / path).read_bytes()).tables[table][place]) for path in words]
