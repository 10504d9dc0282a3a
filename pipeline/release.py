"""Publish the agencies' reports all at once: record them, and put aside those that hold no longer."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from pipeline.agencies import Plan, Unmade, outcome
from pipeline.agency import AgencyReport
from pipeline.errors import ExitCode
from pipeline.execution import Failure
from pipeline.jsonfile import as_json
from pipeline.model.finding import Finding, heard
from pipeline.model.rendition import Rendition, Written
from pipeline.model.roster import Agency
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
from pipeline.staging import Keep, Standing, staging
from pipeline.unchanged import UNASKED, Earlier

KINDS = frozenset(written.agency_kind for written in AGENCY_FORMATS)


class Tally(Struct):
    """How many reports there are, how many of them stand as an earlier run made them, and what was proved."""

    reports: int = 0
    unchanged: int = 0
    printed: int = 0
    """Table cells."""
    cells: tuple[int, ...] = (0,) * len(AGENCY_FORMATS)
    """How many of them each format's files were proved to carry."""

    def add(self, proved: Proved) -> None:
        """One agency's report."""
        self.reports += 1
        self.unchanged += all(isinstance(file, Standing) for file in proved.renditions)
        self.printed += proved.printed
        self.cells = tuple(map(sum, zip(self.cells, proved.cells, strict=True)))


class Released(Struct, frozen=True):
    """A run that ended: agencies.json as written, and what the screen says besides."""

    plan: Plan
    record: Mapping[str, Any]
    tally: Tally
    unmade: tuple[Unmade, ...]
    findings: tuple[Finding, ...]
    outdated: tuple[str, ...]
    """Earlier reports that were put aside, by their former names."""
    kept: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """The gravest of what kept an agency from its report."""
        return ExitCode(self.record["exit_code"])


class _Ended:
    """What became of the agencies, as far as it is to be published and recorded; the files' bytes wait."""

    def __init__(self, plan: Plan, keep: Keep) -> None:
        self._plan, self._keep = plan, keep
        self.tally = Tally()
        self.lines = {one.agency.code: _line(one.agency, reason=one.reason) for one in plan.unmade}
        self.files: list[Written] = []
        self.unmade = [*plan.unmade]
        self.findings: list[Finding] = []

    def add(self, agency: Agency, result: AgencyReport | Failure) -> None:
        """What became of one more that was ready."""
        self.findings += _told(result)
        proved = outcome(agency, result, self._plan.examination)
        if isinstance(proved, Unmade):
            self.unmade.append(proved)
            self.lines[agency.code] = _line(agency, reason=proved.reason)
            return
        files = [one if isinstance(one, Standing) else self._keep(one) for one in proved.renditions]
        digest = result.digest if isinstance(result, AgencyReport) else ""
        self.lines[agency.code] = _line(agency, files, digest, verified_counts(proved))
        self.files += files
        self.tally.add(proved)

    @property
    def fresh(self) -> list[Written]:
        """The files that are not there yet: what stands is left where it is."""
        return [file for file in self.files if not isinstance(file, Standing)]


def release(plan: Plan, results: Iterable[AgencyReport | Failure]) -> Released:
    """Publish what was made and proved, and put aside the old report of each agency that gets none.

    agencies.json records the run; ``standing`` of a run.json that is there lists the agencies' reports too.
    """
    with staging(plan.examination.inputs.workspace.outputs) as keep:
        ended = _Ended(plan, keep)
        for agency, result in zip(plan.ready.agencies, results, strict=True):
            ended.add(agency, result)
        return _released(plan, ended)


def _released(plan: Plan, ended: _Ended) -> Released:
    inputs = plan.examination.inputs
    workspace, unmade = inputs.workspace, tuple(ended.unmade)
    findings = heard((*substituted(plan.own, inputs), *ended.findings))
    names = {file.name for file in ended.files}
    run = read_record(workspace.outputs / RUN)
    earlier = recorded(workspace, run=run)
    outdated = tuple(_outdated(plan, names, unmade, earlier))
    gone = {*outdated, *names}
    standing = [
        entry for entry in earlier if entry["kind"] in KINDS and name_in_outputs(entry, workspace) not in gone
    ]
    record = {
        **_record(plan, ended, findings, standing),
        "exit_code": int(max((one.code for one in unmade), default=ExitCode.OK)),
    }
    kept = publish(
        workspace.outputs,
        (*ended.fresh, *_records(record, run)),
        {name_in_outputs(entry, workspace): str(entry["sha256"]) for entry in earlier},
        outdated,
    )
    return Released(plan, record, ended.tally, unmade, findings, outdated, kept)


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
    stems = plan.ready.stems
    names = {f"{stems[one.agency.code]}{written.ending}" for one in unmade for written in AGENCY_FORMATS}
    if plan.whole:
        names |= {name_in_outputs(one, inputs.workspace) for one in earlier if one["kind"] in KINDS}
    return (name for name in sorted(names - set(written)) if (inputs.workspace.outputs / name).is_file())


def _record(
    plan: Plan,
    ended: _Ended,
    findings: Sequence[Finding],
    standing: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """agencies.json without how the run ended: nothing in it tells the time, so the same inputs give the
    same bytes.
    """
    examination = plan.examination
    workspace, roster = examination.inputs.workspace, examination.inputs.roster
    there = {name_in_outputs(entry, workspace) for entry in standing}
    unasked = [] if plan.whole else [*Earlier.of(workspace).unasked(ended.lines, there)]
    return {
        **record_head(examination.inputs),
        "agencies": [ended.lines[one.code] for one in roster.agencies if one.code in ended.lines],
        "findings": findings_record(findings, examination),
        "renditions": [rendition_entry(file, workspace) for file in ended.files],
        "standing": list(standing),
        **({UNASKED: unasked} if unasked else {}),
    }


def _line(
    agency: Agency,
    files: Sequence[Written] = (),
    digest: str = "",
    verified: Mapping[str, int] | None = None,
    *,
    reason: str = "",
) -> dict[str, Any]:
    """The line of an agency asked for: its files, what they follow from, what was verified when they were
    made, and why there is no report ("" where there is).
    """
    return {
        "agency": agency.name,
        "code": agency.code,
        "digest": digest,
        "files": [file.name for file in files],
        "reason": reason,
        "verified": verified or {},
    }


def _records(record: Mapping[str, Any], run: Mapping[str, Any]) -> Iterator[Rendition]:
    """agencies.json, and run.json with the agencies' reports among its standing files."""
    yield Rendition("record", AGENCIES, as_json(record))
    if run:
        others = [entry for entry in listed(run, "standing") if entry["kind"] not in KINDS]
        standing = [*others, *record["renditions"], *record["standing"]]
        yield Rendition("record", RUN, as_json({**run, "standing": standing}))
