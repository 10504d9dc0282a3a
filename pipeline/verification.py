"""Report files held against what the data say now, also after a person edited the words of the Word file."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from pipeline.agencies import Unmade, report_copy, report_stems, shared_by
from pipeline.agency import agency_document, own_of
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.gather import YearInputs
from pipeline.model.document import Document
from pipeline.model.finding import Finding, heard
from pipeline.model.narrative import Narrative
from pipeline.model.rendition import Rendition
from pipeline.model.roster import Agency
from pipeline.narrate.names import Names
from pipeline.renditions import READABLE, Proved, compose, prove, report_names
from pipeline.run import Examination, facts
from pipeline.textcheck import narrative_text
from pipeline.texts import text_findings

KEPT = re.compile(r"（改动备份\d+）$")
"""What the name of an edited file kept beside the new one ends with."""


def verify_files(
    examination: Examination, files: Sequence[Path] = (), before: Proved | None = None
) -> tuple[Proved, ...]:
    """Read report files back and compare them with what the data say; without files, the built ones.

    A file named as an agency's report is held against that agency's own figures and texts. A person may have
    edited a Word file's words: numbers typed anew are checked like the narrative's. One Proved a report, in
    the order of the files. ``before`` is what this run proved of the report when it printed it from this very
    examination: of its files that lie there byte for byte that holds; the Word file is read all the same,
    which tells how many numbers in it are bound to figures. OperatorError (input) where a file is missing or
    of another format, or where there is no report to compare with: the data have errors.
    """
    owners = _owners(examination.inputs) if files else {}
    by_owner: dict[Agency | None, list[Path]] = {} if files else {None: []}
    for path in files:
        by_owner.setdefault(owners.get(KEPT.sub("", path.stem)), []).append(path)
    return tuple(
        _verified_agency(agency, paths, examination)
        if agency
        else _verified_organ(paths, examination, before)
        for agency, paths in by_owner.items()
    )


def _owners(inputs: YearInputs) -> dict[str, Agency]:
    """Whose report a file is, by its name without ending."""
    stems = report_stems(inputs.roster.agencies, inputs.year)
    return {Path(stems[agency.code]).name: agency for agency in inputs.roster.agencies}


def _verified_organ(files: Sequence[Path], examination: Examination, before: Proved | None) -> Proved:
    inputs = examination.inputs
    if examination.stopped:
        raise examination.stopped
    if examination.blocked:
        raise OperatorError(
            ExitCode.INPUT, "数据里还有错误，没有可比的正式报告。请先运行 make-report check，改正后再核对。"
        )
    document = compose(examination)
    chosen = files or [inputs.workspace.outputs / name for name in report_names(document)]
    return prove_edited(document, [_rendition(path, inputs) for path in chosen], examination, before)


def _verified_agency(agency: Agency, files: Sequence[Path], examination: Examination) -> Proved:
    inputs = examination.inputs
    copy = report_copy(agency, "", examination)
    if isinstance(copy, Unmade):
        raise OperatorError(
            ExitCode.INPUT, f"{agency.name}现在没有可比的报告：{copy.reason}。请先改正再核对。"
        )
    shared = shared_by(inputs)
    document, known = agency_document(shared, copy)
    proved = prove(document, [_rendition(path, inputs) for path in files], inputs.catalogue, {})
    typed = [one for text in _edited(proved) for one in text_findings(text, own_of(copy), shared.standard)]
    return _told(proved, _new(typed, known))


def prove_edited(
    document: Document,
    renditions: Sequence[Rendition],
    examination: Examination,
    before: Proved | None = None,
) -> Proved:
    """Hold report files that a person may have edited against the Document of an examined year.

    ``before`` is what this run proved of that Document's files: :func:`pipeline.renditions.prove`.
    """
    inputs = examination.inputs
    aliases = {one.address: one.alias for one in Names(facts(inputs, examination.consolidation)).figures}
    proved = prove(document, renditions, inputs.catalogue, aliases, before=before)
    typed = [
        one for text in _edited(proved) for one in narrative_text(text, inputs, examination.consolidation)
    ]
    return _told(proved, _new(typed, examination.findings))


def _told(proved: Proved, typed: Sequence[Finding]) -> Proved:
    return replace(proved, findings=heard((*proved.findings, *typed)))


def _edited(proved: Proved) -> Iterator[Narrative]:
    """The text of each file as a narrative."""
    for rendition, edits in zip(proved.renditions, proved.edits, strict=True):
        if edits:
            yield Narrative(rendition.name, edits.text)


def _new(typed: Sequence[Finding], before: Sequence[Finding]) -> list[Finding]:
    """What is amiss with the numbers in edited lines and was not so before they were edited."""
    known = {(finding.code, finding.found, finding.expected) for finding in before}
    return [one for one in typed if one.cell and (one.code, one.found, one.expected) not in known]


def _rendition(path: Path, inputs: YearInputs) -> Rendition:
    written = READABLE.get(path.suffix.lower())
    if written is None:
        raise OperatorError(ExitCode.INPUT, f"{path} 不是 .docx、.pdf 或 .html，不能核对。请另存为 .docx。")
    try:
        return Rendition(written.kind, inputs.workspace.relative(path), path.read_bytes())
    except OSError as error:
        raise OperatorError(
            ExitCode.INPUT, f"{path} 读不出来：{reason(error)}。还没有生成的，先运行 make-report build。"
        ) from error
