"""Which agencies' reports stand from an earlier run: all they follow from is the same, and so is each file.

They were read back and proved when they were made; nothing that has been edited since, and no file that is
not byte for byte as it was recorded, is taken for one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from pipeline.agency import AgencyReport, Shared
from pipeline.fingerprint import means
from pipeline.model.finding import Finding, Severity
from pipeline.model.roster import Agency
from pipeline.model.typeface import Typefaces
from pipeline.outputs import AGENCIES
from pipeline.record import listed, name_in_outputs, read_record
from pipeline.renditions import AGENCY_FORMATS, Proved
from pipeline.staging import Standing
from pipeline.workspace import Workspace

UNASKED = "unasked"
"""The key of agencies.json that holds the lines of those a run was not asked for, as they were."""
_FIELDS = Finding.__struct_fields__


def ground(shared: Shared, templates: Path, own: Typefaces) -> str:
    """A digest of what all agencies' reports follow from besides what the agency sent.

    Wordings, forms and the like come from the templates; of the settings what they put into ``shared``.
    """
    standard = shared.standard
    whole = hashlib.sha256()
    for line in means(templates):
        whole.update(line.encode() + b"\n")
    for face in own.chosen.values():
        whole.update(face.path.read_bytes())
    severities = [(code, kind.severity.value) for code, kind in sorted(standard.catalogue.kinds.items())]
    given = (standard.form.edition, standard.organ, standard.year, shared.date, standard.roster, severities)
    faces = [(role, face.name, face.index) for role, face in own.chosen.items()]
    whole.update(repr((given, faces)).encode())
    return whole.hexdigest()


def digest(agency: str, stem: str, reading: str, last_year: Mapping[str, Decimal], ground: str) -> str:
    """All that an agency's report follows from; ``reading`` is the digest of all that was read."""
    words = repr((agency, stem, reading, sorted(last_year.items())))
    return hashlib.sha256(f"{ground}{words}".encode()).hexdigest()


class Earlier(Struct, frozen=True):
    """agencies.json as an earlier run left it: its lines by agency code, its entries of files by name, and
    findings by agency.
    """

    outputs: Path
    lines: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, Mapping[str, Any]]
    findings: Mapping[str, Sequence[Finding]]

    @classmethod
    def of(cls, workspace: Workspace) -> "Earlier":
        """Of a year; one with nothing in it where there is no record, or somebody damaged it."""
        record = read_record(workspace.outputs / AGENCIES)
        findings: dict[str, list[Finding]] = defaultdict(list)
        try:
            for told in record.get("findings", ()):
                findings[told["agency"]].append(_finding(told))
            for line in record.get(UNASKED, ()):
                findings[line["agency"]] += map(_finding, line["findings"])
            lines = {line["code"]: line for line in (*record.get("agencies", ()), *record.get(UNASKED, ()))}
        except (KeyError, ValueError, TypeError):
            return cls(workspace.outputs, {}, {}, {})
        entries = (*listed(record, "renditions"), *listed(record, "standing"))
        written = {name_in_outputs(one, workspace): one for one in entries}
        return cls(workspace.outputs, lines, written, findings)

    def holds(self, agency: Agency, stem: str, digest: str) -> bool:
        """Whether the agency's report would be made the same now, and its files are as they were written."""
        if self.lines.get(agency.code, {}).get("digest") != digest:
            return False
        try:
            proved = self.report(agency, stem).proved
            files = proved.renditions if proved else ()
            return bool(files) and all(isinstance(one, Standing) and one.stands for one in files)
        except (KeyError, ValueError, TypeError, OSError):
            return False

    def report(self, agency: Agency, stem: str) -> AgencyReport:
        """The agency's report as it was made then; KeyError and the like where somebody damaged its line."""
        line = self.lines[agency.code]
        counts = line["verified"]
        cells = tuple(int(counts[written.name]) for written in AGENCY_FORMATS)
        printed, passages = int(counts["cells"]), int(counts["passages"])
        files = tuple(self._file(written.agency_kind, stem + written.ending) for written in AGENCY_FORMATS)
        proved = Proved(files, printed, passages, cells, (passages,) * len(files), findings=())
        return AgencyReport(proved, tuple(self.findings.get(agency.name, ())), line["digest"])

    def _file(self, kind: str, name: str) -> Standing:
        entry = self.files[name]
        return Standing(kind, name, str(entry["sha256"]), int(entry["bytes"]), self.outputs)

    def unasked(self, asked: Collection[str], there: Collection[str]) -> Iterator[dict[str, Any]]:
        """The lines of agencies that a run was not asked for and whose files are all ``there``, by name.

        Each with its findings: a later run tells them again where the report stands.
        """
        for code, line in self.lines.items():
            files = line.get("files")
            is_there = isinstance(files, list) and all(name in there for name in files)
            if code not in asked and line.get("digest") and is_there:
                told = self.findings.get(line.get("agency", ""), ())
                yield {**line, "findings": [asdict(one) for one in told]}


def _finding(told: Mapping[str, Any]) -> Finding:
    """A finding as findings_record wrote it."""
    given = {name: told[name] for name in _FIELDS}
    return Finding(**{**given, "severity": Severity(told["severity"])})
