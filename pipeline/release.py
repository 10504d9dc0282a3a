"""Publish the agencies' reports all at once: record them, and put aside those that hold no longer."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.agencies import Plan, Unmade, outcome, report_stems
from pipeline.agency import AgencyReport
from pipeline.errors import ExitCode
from pipeline.execution import Failure
from pipeline.jsonfile import as_json
from pipeline.model.finding import Finding, heard
from pipeline.model.rendition import Rendition
from pipeline.outputs import AGENCIES, RUN, publish
from pipeline.record import (
    findings_record,
    listed,
    name_in_outputs,
    read_record,
    record_head,
    recorded,
    rendition_entry,
    verified_counts,
)
from pipeline.renditions import AGENCY_FORMATS, Proved, substituted
from pipeline.workspace import Workspace

KINDS = frozenset(written.agency_kind for written in AGENCY_FORMATS)


@dataclass(frozen=True)
class Released:
    """A run that ended: agencies.json as written, and what the screen says besides."""

    plan: Plan
    record: Mapping[str, Any]
    made: tuple[Proved, ...]
    unmade: tuple[Unmade, ...]
    findings: tuple[Finding, ...]
    outdated: tuple[str, ...]
    """Earlier reports that were put aside, by their former names."""
    kept: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """The gravest of what kept an agency from its report."""
        return ExitCode(self.record["exit_code"])


def release(plan: Plan, results: Iterable[AgencyReport | Failure]) -> Released:
    """Publish what was made and proved, and put aside the old report of each agency that gets none.

    agencies.json records the run; ``standing`` of a run.json that is there lists the agencies' reports too.
    """
    workspace = plan.examination.inputs.workspace
    ended = [(agency, result) for (agency, _), result in zip(plan.ready, results, strict=True)]
    outcomes = {agency.code: outcome(agency, result, plan.examination) for agency, result in ended}
    made = {code: proved for code, proved in outcomes.items() if isinstance(proved, Proved)}
    unmade = (*plan.unmade, *(one for one in outcomes.values() if isinstance(one, Unmade)))
    told = (finding for _, result in ended for finding in _told(result))
    findings = heard((*substituted(plan.own, plan.examination.inputs), *told))
    files = [file for proved in made.values() for file in proved.renditions]
    earlier = recorded(workspace)
    outdated = tuple(_outdated(plan, {file.name for file in files}, unmade, earlier))
    gone = {*outdated, *(file.name for file in files)}
    standing = [
        entry for entry in earlier if entry["kind"] in KINDS and name_in_outputs(entry, workspace) not in gone
    ]
    digests = {agency.code: result.digest for agency, result in ended if isinstance(result, AgencyReport)}
    entries = _entries(plan, made, unmade, digests)
    record = {
        **_record(plan, entries, files, findings, standing),
        "exit_code": int(max((one.code for one in unmade), default=ExitCode.OK)),
    }
    kept = publish(
        workspace.outputs,
        (*files, *_records(record, workspace)),
        {name_in_outputs(entry, workspace): str(entry["sha256"]) for entry in earlier},
        outdated,
    )
    return Released(plan, record, tuple(made.values()), unmade, findings, outdated, kept)


def _told(result: AgencyReport | Failure) -> Iterator[Finding]:
    """The findings of an agency's report."""
    if isinstance(result, AgencyReport):
        differing = result.proved.findings if result.proved else ()
        yield from (*result.findings, *differing)


def _outdated(
    plan: Plan, written: Collection[str], unmade: Sequence[Unmade], earlier: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Reports that lie in the folder and hold no longer: of agencies without one now, or off the roster."""
    inputs = plan.examination.inputs
    stems = report_stems(inputs.roster.agencies, inputs.year)
    names = {f"{stems[one.agency.code]}{written.ending}" for one in unmade for written in AGENCY_FORMATS}
    if plan.whole:
        names |= {name_in_outputs(one, inputs.workspace) for one in earlier if one["kind"] in KINDS}
    return (name for name in sorted(names - set(written)) if (inputs.workspace.outputs / name).is_file())


def _record(
    plan: Plan,
    entries: Sequence[Mapping[str, Any]],
    files: Sequence[Rendition],
    findings: Sequence[Finding],
    standing: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """agencies.json without how the run ended: nothing in it tells the time, so the same inputs give the
    same bytes.
    """
    examination = plan.examination
    inputs = examination.inputs
    return {
        **record_head(inputs),
        "agencies": list(entries),
        "findings": findings_record(findings, examination),
        "renditions": [rendition_entry(file, inputs.workspace) for file in files],
        "standing": list(standing),
    }


def _entries(
    plan: Plan, made: Mapping[str, Proved], unmade: Sequence[Unmade], digests: Mapping[str, str]
) -> list[dict[str, Any]]:
    """A line for each agency asked for: its files, what they follow from, what was verified when they were
    made, and why there is no report ("" where there is).
    """
    reasons = {one.agency.code: one.reason for one in unmade}
    entries = []
    for agency in plan.examination.inputs.roster.agencies:
        proved = made.get(agency.code)
        if proved or agency.code in reasons:
            entries.append(
                {
                    "agency": agency.name,
                    "code": agency.code,
                    "digest": digests[agency.code] if proved else "",
                    "files": [file.name for file in proved.renditions] if proved else [],
                    "reason": reasons.get(agency.code, ""),
                    "verified": verified_counts(proved) if proved else {},
                }
            )
    return entries


def _records(record: Mapping[str, Any], workspace: Workspace) -> Iterator[Rendition]:
    """agencies.json, and run.json with the agencies' reports among its standing files."""
    yield Rendition("record", AGENCIES, as_json(record))
    run = read_record(workspace.outputs / RUN)
    if run:
        others = [entry for entry in listed(run, "standing") if entry["kind"] not in KINDS]
        standing = [*others, *record["renditions"], *record["standing"]]
        yield Rendition("record", RUN, as_json({**run, "standing": standing}))
