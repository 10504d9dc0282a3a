"""run.json and findings.json, the fields a program may rely on."""

import datetime
import hashlib
import json

import pytest

from kit.office import AGENCIES
from pipeline.build import build
from pipeline.gather import load_inputs
from pipeline.jsonfile import as_json
from pipeline.model.place import CellPlace
from pipeline.model.rendition import Edits, Rendition
from pipeline.record import found_record, name_in_outputs, read_record, recorded, verified_record
from pipeline.renditions import Proved
from pipeline.run import examine
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)


@pytest.fixture
def written(office, templates):
    """A built office and its two records."""
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    build(examine(inputs, DAY), templates, lambda: {"seconds": 0.5})
    return office, *(
        json.loads((office.outputs / name).read_text(encoding="utf-8"))
        for name in ("run.json", "findings.json")
    )


def test_the_record_has_its_documented_fields(written):
    _, run, _ = written
    assert {
        "schema", "tool", "year", "edition", "organ", "status", "exit_code", "agencies", "findings", "figures",
        "renditions", "verified", "inputs", "timing",
    } <= set(run)  # fmt: skip
    assert (run["schema"], run["year"], run["edition"], run["status"], run["exit_code"]) == (
        1,
        2019,
        "2019",
        "final",
        0,
    )
    assert run["agencies"] == {"expected": 3, "submitted": 3, "missing": [], "excluded": []}
    assert run["findings"] == {"error": 0, "warning": 0, "notice": 1, "accepted": 0}


def test_figures_are_the_statutory_cells_as_plain_decimals(written):
    office, run, _ = written
    sums = {
        address: sum(office.values(agency)[address] for agency in AGENCIES) for address in office.form.cells
    }
    assert run["figures"] == {address: str(value) for address, value in sums.items()}


def test_every_cell_printed_is_verified_in_every_file(written):
    office, run, _ = written
    printed = sum(len(table.grid.cells) for table in office.form.tables)
    verified = run["verified"]
    formats = ("docx", "pdf", "html", "fragment")
    assert [verified[name] for name in (*formats, "cells")] == [printed] * 5
    assert verified["passages"] > 10


def test_renditions_and_inputs_carry_their_digests(written):
    office, run, _ = written
    assert [entry["kind"] for entry in run["renditions"]] == [
        "report-docx",
        "report-pdf",
        "report-html",
        "report-fragment",
        "ledger",
        "upward",
        "review",
    ]
    for entry in run["renditions"] + run["inputs"]:
        content = (office.root / entry["path"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    arrived = [entry for entry in run["inputs"] if entry["agency"]]
    assert [(entry["agency"], entry["counted"], entry["reason"]) for entry in arrived] == [
        (agency.name, True, "") for agency in sorted(AGENCIES, key=lambda agency: f"{agency.name}.xlsx")
    ]


def test_findings_carry_every_field_and_whether_they_are_accepted(office, templates):
    office.write(
        "accepted.toml",
        '[[accept]]\ncode = "last-year-missing"\nreason = "头一年"\nby = "张三"\nuntil = 2020-03-01\n',
    )
    for day, accepted in ((DAY, True), (DAY + datetime.timedelta(days=1), False)):
        inputs = load_inputs(Workspace.at(office.root, None), templates)
        run = build(examine(inputs, day), templates, dict)
        (finding,) = json.loads((office.outputs / "findings.json").read_text(encoding="utf-8"))
        assert {
            "severity", "code", "agency", "year", "workbook", "sheet", "cell", "message", "found", "expected", "accepted",
        } <= set(finding)  # fmt: skip
        assert finding["accepted"] is accepted
        assert run.record["findings"]["accepted"] == int(accepted)


def test_what_lies_in_the_folder_is_known_from_both_records_each_file_once(written):
    office, run, _ = written
    workspace = Workspace.at(office.root, None)
    entry = {"kind": "agency-pdf", "path": "outputs/2019/分单位报告/a.pdf", "sha256": "new", "bytes": 1}
    (office.outputs / "分单位报告").mkdir()
    (office.outputs / "分单位报告" / "a.pdf").write_bytes(b"1")
    (office.outputs / "run.json").write_bytes(as_json({**run, "standing": [{**entry, "sha256": "old"}]}))
    (office.outputs / "agencies.json").write_bytes(as_json({"renditions": [entry], "standing": []}))
    assert recorded(workspace) == [*run["renditions"], entry]
    assert name_in_outputs(entry, workspace) == "分单位报告/a.pdf"
    (office.outputs / "分单位报告" / "a.pdf").unlink()
    assert recorded(workspace) == run["renditions"]


@pytest.mark.parametrize(
    "entries",
    [
        5,
        "abc",
        {"path": "x"},
        [5, None, {}, {"path": "outputs/2019/run.json"}],
        [{"kind": "agency-pdf", "path": ["a"], "sha256": 3}],
    ],
)
@pytest.mark.parametrize("key", ["renditions", "standing"])
def test_an_entry_that_someone_damaged_is_not_there_and_the_next_run_goes_on(office, templates, key, entries):
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    build(examine(inputs, DAY), templates, dict)
    (office.outputs / "agencies.json").write_bytes(as_json({key: entries}))
    (office.outputs / "run.json").write_bytes(as_json({key: entries}))
    assert recorded(inputs.workspace) == []
    assert build(examine(inputs, DAY), templates, dict).exit_code == 0


def test_an_entry_that_leads_out_of_the_folder_is_none(office, templates):
    workspace = load_inputs(Workspace.at(office.root, None), templates).workspace
    entry = {"kind": "agency-pdf", "path": "outputs/2019/../../inputs/2019/narrative.md", "sha256": ""}
    office.outputs.mkdir(parents=True, exist_ok=True)
    (office.outputs / "run.json").write_bytes(as_json({"standing": [entry]}))
    assert recorded(workspace) == []


def test_entries_of_one_kind_are_found_in_whichever_record_they_stand(office, templates):
    workspace = load_inputs(Workspace.at(office.root, None), templates).workspace
    office.outputs.mkdir(parents=True, exist_ok=True)
    slips = [{"kind": "slip", "path": f"outputs/2019/{name}", "sha256": "1"} for name in ("a", "b")]
    report = {**slips[0], "kind": "agency-pdf", "path": "outputs/2019/c"}
    for name in "abc":
        (office.outputs / name).write_bytes(b"1")
    run = {"standing": [slips[0], report]}
    (office.outputs / "run.json").write_bytes(as_json(run))
    (office.outputs / "agencies.json").write_bytes(as_json({"renditions": [report]}))
    (office.outputs / "slips.json").write_bytes(as_json({"renditions": [slips[1]]}))
    assert recorded(workspace, "slip") == slips
    assert recorded(workspace, "agency-pdf") == [report]
    (office.outputs / "run.json").unlink()
    assert recorded(workspace, "slip") == [slips[1]]
    assert recorded(workspace, "slip", run) == slips, "who has read run.json brings it along"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"3", b'{"a":"\xff"}', b"[" * 10**5])
def test_a_record_that_cannot_be_read_is_none(tmp_path, content):
    (tmp_path / "run.json").write_bytes(content)
    assert read_record(tmp_path / "run.json") == {}
    assert read_record(tmp_path / "other.json") == {}


def test_agencies_that_sent_nothing_and_those_whose_workbook_cannot_count_are_told_apart(office, templates):
    (office.submissions / f"{AGENCIES[0].name}.xlsx").unlink()
    cover = {"单位名称": AGENCIES[1].name, "单位编码": "02", "年度": 2018}
    office.submit(AGENCIES[1], cover=cover)
    run = build(examine(load_inputs(Workspace.at(office.root, None), templates), DAY), templates, dict).record
    assert run["agencies"] == {
        "expected": 3,
        "submitted": 1,
        "missing": [AGENCIES[0].name],
        "excluded": [AGENCIES[1].name],
    }


def test_what_verify_found_is_told_file_by_file(catalogue):
    one, other = (Rendition("report-docx", name, b"") for name in ("一.docx", "二.docx"))
    finding = catalogue.finding(
        "readback-cell",
        year=2020,
        workbook="二.docx",
        found="1",
        expected="2",
        address="a.b",
        table="表",
        words="甲",
    )
    edits = (Edits(61, 61, 0, ()), Edits(60, 61, 3, ()))
    first, second = verified_record(Proved((one, other), 285, 48, (285, 284), (48, 45), (finding,), edits))
    assert first["findings"] == []
    assert [(told["code"], told["address"]) for told in second["findings"]] == [("readback-cell", "a.b")]
    assert (second["numbers"], second["bound"], second["edited"], second["cells"]) == (60, 61, 3, 284)


def test_acceptances_are_recorded_with_what_they_do(office, templates):
    (office.submissions / f"{AGENCIES[1].name}.xlsx").unlink()
    office.write(
        "accepted.toml",
        '[[accept]]\ncode = "agency-missing"\nagency = "市教育局"\nreason = "撤并"\nby = "张三"\n'
        '[[accept]]\ncode = "row-total"\nagency = "市教育局"\nfound = ""\nreason = "来函"\nby = "李四"\nuntil = 2020-12-31\n',
    )
    build(examine(load_inputs(Workspace.at(office.root, None), templates), DAY), templates, dict)
    run = read_record(office.outputs / "run.json")
    first, second = run["acceptances"]
    assert first == {
        "code": "agency-missing", "agency": "市教育局", "address": "", "sheet": "", "cell": "", "workbook": "",
        "found": "", "expected": "", "reason": "撤并", "by": "张三", "until": "", "state": "holds", "covers": 1,
    }  # fmt: skip
    assert (second["until"], second["state"], second["covers"]) == ("2020-12-31", "idle", 0)
    assert run["found"]["agency-missing"] == {"市教育局": [""]}
    assert run["found"]["acceptance-idle"] == {"inputs/2019/accepted.toml": ["第2条"]}


def test_a_finding_is_recorded_by_its_address_else_by_its_cell(office, templates, catalogue):
    at = CellPlace("a.xlsx", "依申请公开", "D6")
    told = [
        catalogue.finding(
            "row-total", year=2020, agency="市教育局", place=at, address="a.b", words="", detail=""
        ),
        catalogue.finding("row-total", year=2020, agency="市教育局", place=at, words="", detail=""),
        catalogue.finding("not-a-workbook", year=2020, workbook="b.xlsx", found=""),
    ]
    assert found_record(told) == {
        "row-total": {"市教育局": ["a.b", "依申请公开!D6"]},
        "not-a-workbook": {"b.xlsx": [""]},
    }
