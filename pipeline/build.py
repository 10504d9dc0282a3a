"""An examined year's job to its end: compose, render, prove, record and publish."""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile, ZipFile

from msgspec import Struct
from msgspec.structs import replace

from pipeline.archive import repacked
from pipeline.changes import Progress
from pipeline.errors import ExitCode
from pipeline.execution import Hands
from pipeline.gather import YearInputs
from pipeline.jsonfile import JsonFile, as_json
from pipeline.model.division import SIZES, Sizes
from pipeline.model.document import DRAFT
from pipeline.model.finding import Finding, heard
from pipeline.model.rendition import Rendition
from pipeline.model.roster import Agency
from pipeline.outputs import FINDINGS, LEDGER, RUN, is_own, publish
from pipeline.record import (
    Outcome,
    findings_record,
    name_in_outputs,
    read_record,
    recorded,
    run_record,
)
from pipeline.renditions import (
    BLANKS,
    FORMATS,
    Proved,
    blank_for,
    compose,
    faces,
    report,
    substituted,
    typefaces,
    unprintable,
)
from pipeline.review import review_pages
from pipeline.run import Examination
from pipeline.slips import Returns, returns
from pipeline.staging import Keep, Manner, staging
from pipeline.workpapers import PART_KIND, further_workbooks
from pipeline.workspace import Workspace

BLANKS_ZIP = f"{BLANKS}.zip"
ONE_OF_A_YEAR = frozenset({PART_KIND, *(written.kind for written in FORMATS)})
"""Kinds of files that hold only as long as the last final report: its own, and its ledger's parts."""

Timing: TypeAlias = Callable[[], Mapping[str, str | float]]
"""Tells, when a run ends, when it began and how long it took."""


class Built(Struct, frozen=True):
    """A run that ended: run.json as written, every finding, and edited files that were kept beside."""

    record: Mapping[str, Any]
    findings: tuple[Finding, ...]
    examination: Examination
    kept: tuple[str, ...]
    returned: Returns
    """What goes back to the agencies."""
    proved: Proved | None
    """The report's files and what reading them back proved; None where none was printed."""

    @property
    def exit_code(self) -> ExitCode:
        """The run's exit code."""
        return ExitCode(self.record["exit_code"])


class Checked(Struct, frozen=True):
    """A check that ended: what was found, what goes back to the agencies, edited files kept beside."""

    examination: Examination
    returned: Returns
    kept: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found."""
        return self.examination.findings


def build(
    examination: Examination,
    templates: Path,
    timing: Timing,
    *,
    draft: bool = False,
    hands: Hands = 1,
    sizes: Sizes = SIZES,
) -> Built:
    """Build a year's report and publish all of it at once.

    A roster beyond ``sizes`` has its ledger and review page in parts.

    With errors in the data nothing but the slips, the review page, run.json and findings.json is written, and
    the report of an earlier run stands; with a narrative that cannot be filled too, under the exit code it
    was stopped with. A ``draft`` is printed in spite of errors, gaps named and 草稿 across each page, beside
    the report and not in its place. ``timing`` goes into run.json, apart from all that the inputs decide.
    """
    workspace = examination.inputs.workspace
    with staging(workspace.outputs) as keep:
        manner = Manner(keep, sizes, hands, workspace)
        return _built(examination, templates, timing, manner, draft=draft)


def _built(
    examination: Examination,
    templates: Path,
    timing: Timing,
    manner: Manner,
    *,
    draft: bool,
) -> Built:
    inputs, stopped = examination.inputs, examination.stopped
    outcome = Outcome("blocked", stopped.code if stopped else ExitCode.FINDINGS)
    told: tuple[Finding, ...] = ()
    if examination.narrative and (draft or not examination.blocked):
        document = compose(examination, draft=draft)
        own = typefaces(inputs)
        fonts = faces(templates, own)
        told = heard(unprintable(document, inputs.catalogue, fonts))
        if not told:
            proved = report(document, inputs.catalogue, fonts)
            told = proved.findings
            outcome = _outcome(examination, proved, manner, draft=draft)
        told = (*told, *substituted(own, inputs))
    returned = returns(examination, templates, (), manner.hands, manner.keep)
    findings = heard((*told, *examination.findings, *returned.findings))
    progress = _progress(examination)
    pages = review_pages(examination, findings, templates, progress.changes, manner)
    # The report may be final though a slip is not there: the run has not done all that it should.
    code = outcome.exit_code or returned.exit_code
    outcome = replace(outcome, exit_code=code, renditions=(*outcome.renditions, *pages))
    return _published(
        examination, outcome, returned, findings, progress=progress, timing=timing, keep=manner.keep
    )


def _outcome(examination: Examination, proved: Proved, manner: Manner, *, draft: bool) -> Outcome:
    """How a run that printed ended: a draft's exit code still says that there are errors."""
    wrong = bool(proved.findings)
    beside = () if draft else further_workbooks(examination, manner)
    status = "blocked" if wrong else "draft" if draft else "final"
    code = ExitCode.FINDINGS if draft and examination.blocked else ExitCode.OK
    return Outcome(status, ExitCode.UNVERIFIED if wrong else code, (*proved.renditions, *beside), proved)


def check(
    examination: Examination,
    templates: Path,
    agencies: Sequence[Agency] = (),
    hands: Hands = 1,
    *,
    sizes: Sizes = SIZES,
) -> Checked:
    """Everything ``build`` would find before it prints, without the report.

    Slips, those of these agencies or of all without any, the review page and findings.json are written.
    """
    inputs = examination.inputs
    if not examination.blocked:
        own = typefaces(inputs)
        told = unprintable(compose(examination), inputs.catalogue, faces(templates, own))
        told = (*told, *substituted(own, inputs), *examination.findings)
        examination = replace(examination, findings=heard(told))
    outputs = inputs.workspace.outputs
    with staging(outputs) as keep:
        returned = returns(examination, templates, agencies, hands, keep)
        findings = heard((*examination.findings, *returned.findings))
        examination = replace(examination, findings=findings)
        since = _progress(examination).changes
        manner = Manner(keep, sizes, hands, inputs.workspace)
        pages = review_pages(examination, findings, templates, since, manner)
        files = (*returned.files, *returned.records, *pages, *_told(examination, findings))
        known = _known(recorded(inputs.workspace), inputs.workspace)
        kept = publish(outputs, files, known, returned.outdated)
    return Checked(examination, returned, kept)


def _progress(examination: Examination) -> Progress:
    """The figures beside those of the run before, by its record."""
    return Progress.since(read_record(examination.inputs.workspace.outputs / RUN), examination)


def _told(examination: Examination, findings: Sequence[Finding]) -> tuple[Rendition, ...]:
    """The files by which a check, and a build alike, tells the office what was found."""
    return (Rendition("findings", FINDINGS, as_json(findings_record(findings, examination))),)


def _known(earlier: Iterable[Mapping[str, Any]], workspace: Workspace) -> dict[str, str]:
    """The digests of the files that earlier runs wrote, by name."""
    return {name_in_outputs(entry, workspace): str(entry["sha256"]) for entry in earlier}


def publish_blanks(inputs: YearInputs, agencies: Iterable[Agency]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One blank workbook an agency into 空白表/, and a zip of them all beside.

    Returns the names, in order, and those of the files a person had edited and that were kept.
    """
    blanks = [blank_for(agency, inputs) for agency in agencies]
    archive = BytesIO()
    with ZipFile(archive, "w") as bundle:
        for rendition in blanks:
            bundle.writestr(Path(rendition.name).name, rendition.content)
    zipped = Rendition("blank", BLANKS_ZIP, repacked(archive.getvalue()))
    outputs = inputs.workspace.outputs
    kept = publish(outputs, (*blanks, zipped), handed_out(outputs / BLANKS_ZIP))
    return tuple(rendition.name for rendition in (*blanks, zipped)), kept


def handed_out(bundle: Path) -> dict[str, str]:
    """The digests of the blanks last made, as the zip beside them still holds them, and of the zip itself."""
    try:
        with ZipFile(bundle) as blanks:
            known = {f"{BLANKS}/{name}": sha256(blanks.read(name)).hexdigest() for name in blanks.namelist()}
        return {**known, bundle.name: sha256(bundle.read_bytes()).hexdigest()}
    except (
        OSError,
        BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        RuntimeError,
    ):  # whatever a damaged one brings
        return {}


def _published(
    examination: Examination,
    outcome: Outcome,
    returned: Returns,
    findings: tuple[Finding, ...],
    *,
    progress: Progress,
    timing: Timing,
    keep: Keep,
) -> Built:
    workspace = examination.inputs.workspace
    outcome = replace(outcome, renditions=(*outcome.renditions, *returned.files))
    written = {rendition.name for rendition in outcome.renditions}
    earlier = recorded(workspace)
    outdated = {*returned.outdated, *_outdated_by(written, earlier, workspace)}
    gone = {*outdated, *written}
    standing = [
        entry
        for entry in earlier
        if (name := name_in_outputs(entry, workspace)) not in gone and not is_own(name)
    ]
    record = run_record(examination, outcome, findings, standing, progress)
    files = (
        *outcome.renditions,
        *returned.records,
        keep(JsonFile("run", RUN, {**record, "timing": timing()})),
        *_told(examination, findings),
    )
    kept = publish(workspace.outputs, files, _known(earlier, workspace), outdated)
    return Built(record, findings, examination, kept, returned, outcome.proved)


def _outdated_by(
    written: Collection[str], earlier: Iterable[Mapping[str, Any]], workspace: Workspace
) -> Iterator[str]:
    """Parts of an earlier ledger, and a final report under another title, once new ones are written."""
    for entry in earlier if LEDGER in written else ():
        name = name_in_outputs(entry, workspace)
        if entry["kind"] in ONE_OF_A_YEAR and name not in written and f"（{DRAFT}）" not in name:
            yield name
