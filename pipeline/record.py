"""The run's record: run.json and findings.json, the public interface of a run (DESIGN §4)."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from pipeline import __version__
from pipeline.acceptances import KEYS, acceptance_entry
from pipeline.arrived import readable
from pipeline.changes import Progress
from pipeline.errors import ExitCode
from pipeline.gather import YearInputs
from pipeline.model.finding import Finding, Severity, by_code
from pipeline.model.number import plain
from pipeline.model.rendition import Written
from pipeline.outputs import AGENCIES, RUN, SLIPS
from pipeline.renditions import FORMATS, Proved
from pipeline.run import Examination
from pipeline.workspace import Workspace

SCHEMA = 1
ENTRY = ("kind", "path", "sha256")
"""What an entry must have, each a text, to be relied on by a later run."""
TOOL = {"name": "make-report", "version": __version__}


class Outcome(Struct, frozen=True):
    """How a run ended: ``status`` final, draft or blocked, the exit code, and what was made and proved."""

    status: str
    exit_code: ExitCode
    renditions: tuple[Written, ...] = ()
    proved: Proved | None = None


def read_record(path: Path, word: str = "") -> dict[str, Any]:
    """A record as an earlier run wrote it; empty where there is none that can be read.

    Empty as well where it has nothing to do with a ``word`` of ours, which then is nowhere in it.
    """
    record = _read(path, word)
    return record if isinstance(record, dict) else {}


def read_findings(path: Path) -> list[dict[str, Any]]:
    """The findings of a findings.json; empty where there is none that can be read."""
    listed = _read(path)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _read(path: Path, word: str = "") -> object:
    try:
        content = path.read_bytes()
        return msgspec.json.decode(content) if word.encode() in content else None
    except (OSError, ValueError, RecursionError):
        return None


def listed(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The files a record lists under a key; an entry that someone damaged is not there."""
    entries = record.get(key)
    return [entry for entry in entries if _is_entry(entry)] if isinstance(entries, list) else []


def files_read(record: Mapping[str, Any]) -> dict[str, str]:
    """The digest of each file a run read, by path; what somebody damaged in its record is not there."""
    inputs = record.get("inputs")
    entries = [one for one in inputs if isinstance(one, dict)] if isinstance(inputs, list) else []
    return {str(entry.get("path")): str(entry.get("sha256")) for entry in entries}


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in ENTRY):
        return False
    return ".." not in entry["path"].split("/")


def recorded(
    workspace: Workspace, kind: str = "", run: Mapping[str, Any] | None = None
) -> list[Mapping[str, Any]]:
    """The entries of all that earlier runs wrote and that still lies in the output folder, each file once.

    Of one ``kind``, or of all. ``run`` is run.json, for who has read it.
    """
    entries: dict[str, Mapping[str, Any]] = {}
    for name in (RUN, AGENCIES, SLIPS):
        known = run if name == RUN else None
        record = read_record(workspace.outputs / name, kind) if known is None else known
        for entry in (*listed(record, "renditions"), *listed(record, "standing")):
            entries[entry["path"]] = entry
    asked = (entry for entry in entries.values() if kind in ("", entry["kind"]))
    # As text: a Path of each takes longer than asking about its file.
    return [one for one in asked if os.path.isfile(f"{workspace.root}/{one['path']}")]  # noqa: PTH113


def name_in_outputs(entry: Mapping[str, Any], workspace: Workspace) -> str:
    """A recorded file's path relative to the year's output folder."""
    return str(entry["path"]).removeprefix(f"{workspace.outputs_path}/")


def run_record(
    examination: Examination,
    outcome: Outcome,
    findings: Sequence[Finding],
    standing: Sequence[Mapping[str, Any]],
    progress: Progress,
) -> dict[str, Any]:
    """run.json without its ``timing``: the same inputs give the same record.

    Among the agencies that do not count, ``missing`` are those from whom nothing came, ``excluded`` those
    whose workbooks cannot count. ``standing`` are the entries of earlier runs whose files this run
    has not written and that still lie in the folder.
    """
    inputs, sums = examination.inputs, examination.consolidation
    cells = inputs.form.cells
    arrived = examination.reception.senders
    return {
        **record_head(inputs),
        **progress.entry,
        "status": outcome.status,
        "exit_code": int(outcome.exit_code),
        "agencies": {
            "expected": len(inputs.roster.agencies),
            "submitted": len(sums.counted),
            "missing": [agency.name for agency in sums.missing if agency.code not in arrived],
            "excluded": [agency.name for agency in sums.missing if agency.code in arrived],
        },
        "findings": _counts(findings, examination),
        "figures": {
            address: plain(sums.figures[address].value) for address in cells if address in sums.figures
        },
        "indicators": {
            address: plain(figure.value) for address, figure in sums.figures.items() if address not in cells
        },
        "renditions": [rendition_entry(rendition, inputs.workspace) for rendition in outcome.renditions],
        "standing": list(standing),
        "verified": verified_counts(outcome.proved),
        "inputs": input_entries(examination),
        "acceptances": acceptances_record(findings, examination),
        "found": found_record(findings),
    }


def record_head(inputs: YearInputs) -> dict[str, Any]:
    """What every record begins with: its schema, the program, the year, whose it is."""
    return {
        "schema": SCHEMA,
        "tool": TOOL,
        "year": inputs.year,
        "edition": inputs.form.edition,
        "organ": inputs.settings.organ,
    }


def findings_record(findings: Sequence[Finding], examination: Examination) -> list[dict[str, Any]]:
    """findings.json: every finding's fields and whether a person has accepted it."""
    return [{**asdict(finding), "accepted": examination.accepted(finding)} for finding in findings]


def acceptances_record(findings: Sequence[Finding], examination: Examination) -> list[dict[str, Any]]:
    """Every acceptance as it was written, what it does today, and how many findings it covers."""
    today, alike = examination.today, by_code(findings)
    return [
        {
            **dict.fromkeys(KEYS, ""),
            **{key: str(value) for key, value in acceptance_entry(one).items()},
            "state": one.state(alike.get(one.code, ()), today).value,
            "covers": sum(one.covers(finding, today) for finding in alike.get(one.code, ())),
        }
        for one in examination.inputs.acceptances
    ]


def found_record(findings: Sequence[Finding]) -> dict[str, dict[str, list[str]]]:
    """Which findings there were, for a later run to tell what is new: by code and body, each one's place.

    The body is an agency, else a workbook, else ""; the place an address, else a cell with its sheet.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for one in findings:
        bodies = found.setdefault(one.code, {})
        place = one.address or cell_in_words(one.sheet, one.cell)
        bodies.setdefault(one.agency or one.workbook, []).append(place)
    return found


def cell_in_words(sheet: str, cell: str) -> str:
    """A cell with its sheet (依申请公开!D6), as far as either is known."""
    return "!".join(part for part in (sheet, cell) if part)


def _counts(findings: Sequence[Finding], examination: Examination) -> dict[str, int]:
    return {
        **{
            severity.value: sum(finding.severity is severity for finding in findings)
            for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
        },
        "accepted": sum(examination.accepted(finding) for finding in findings),
    }


def rendition_entry(rendition: Written, workspace: Workspace) -> dict[str, Any]:
    """A file's entry: its kind, path, digest and size."""
    return {
        "kind": rendition.kind,
        "path": f"{workspace.outputs_path}/{readable(rendition.name)}",
        "sha256": rendition.sha256,
        "bytes": rendition.size,
    }


def verified_counts(proved: Proved | None) -> dict[str, int]:
    """Table cells printed, how many of them each file was proved to carry, and passages all of them carry."""
    if proved is None:
        return {**{written.name: 0 for written in FORMATS}, "cells": 0, "passages": 0}
    return {
        **{
            rendition.kind.rpartition("-")[2]: cells
            for rendition, cells in zip(proved.renditions, proved.cells, strict=True)
        },
        "cells": proved.printed,
        "passages": min(proved.passages),
    }


def input_entries(examination: Examination) -> list[dict[str, Any]]:
    """Every file a run read, with its digest: what else it rests on, then what arrived."""
    inputs = examination.inputs
    arrived = [
        {
            "path": receipt.arrival.workbook,
            "sha256": receipt.arrival.sha256,
            "agency": receipt.agency.name if receipt.agency else "",
            "counted": receipt.counted,
            "reason": receipt.reason,
        }
        for receipt in examination.reception.receipts
    ]
    others = [
        {"path": file.path, "sha256": file.sha256, "agency": "", "counted": True, "reason": file.role}
        for file in inputs.other_files
    ]
    return others + arrived


def verified_record(proved: Proved) -> list[dict[str, Any]]:
    """What ``verify`` proved and found, file by file, for a program."""
    return [
        {
            "path": rendition.name,
            "cells": cells,
            "passages": passages,
            "printed": proved.printed,
            "lines": proved.lines,
            **({"numbers": edits.numbers, "bound": edits.bound, "edited": edits.lines} if edits else {}),
            "findings": [
                asdict(finding) for finding in proved.findings if finding.workbook == rendition.name
            ],
        }
        for rendition, cells, passages, edits in zip(
            proved.renditions, proved.cells, proved.passages, proved.edits, strict=True
        )
    ]
