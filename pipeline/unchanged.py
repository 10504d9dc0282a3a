"""Which agencies' reports stand from an earlier run: all they follow from is the same, and so is each file.

They were read back and proved when they were made; nothing that has been edited since, and no file that is
not byte for byte as it was recorded, is taken for one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.agency import AgencyReport, Copy, Shared
from pipeline.fingerprint import means
from pipeline.model.finding import Finding, Severity
from pipeline.model.rendition import Rendition
from pipeline.model.roster import Agency
from pipeline.model.typeface import Typefaces
from pipeline.outputs import AGENCIES
from pipeline.record import listed, name_in_outputs, read_record
from pipeline.renditions import AGENCY_FORMATS, Proved
from pipeline.workspace import Workspace

_FIELDS = tuple(one.name for one in fields(Finding))


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


def digest(copy: Copy, ground: str) -> str:
    """All that an agency's report follows from."""
    sent = [sorted(values.items()) for values in (copy.values, copy.last_year, copy.texts, copy.text_cells)]
    words = repr((copy.agency, copy.workbook, copy.stem, sent))
    return hashlib.sha256(f"{ground}{words}".encode()).hexdigest()


@dataclass(frozen=True)
class Earlier:
    """agencies.json as an earlier run left it: its lines by agency code, files' digests by name, findings."""

    outputs: Path
    lines: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, str]
    findings: Mapping[str, Sequence[Finding]]

    @classmethod
    def of(cls, workspace: Workspace) -> "Earlier":
        """Of a year; one with nothing in it where there is no record, or somebody damaged it."""
        record = read_record(workspace.outputs / AGENCIES)
        findings: dict[str, list[Finding]] = defaultdict(list)
        try:
            for told in record.get("findings", ()):
                findings[told["agency"]].append(_finding(told))
            lines = {line["code"]: line for line in record.get("agencies", ())}
        except (KeyError, ValueError, TypeError):
            return cls(workspace.outputs, {}, {}, {})
        written = {
            name_in_outputs(one, workspace): str(one["sha256"]) for one in listed(record, "renditions")
        }
        return cls(workspace.outputs, lines, written, findings)

    def report(self, agency: Agency, copy: Copy, digest: str) -> AgencyReport | None:
        """The agency's report as it was made then, if it would be made the same now; else None."""
        line = self.lines.get(agency.code, {})
        if line.get("digest") != digest:
            return None
        try:
            counts = line["verified"]
            cells = tuple(int(counts[written.name]) for written in AGENCY_FORMATS)
            printed, passages = int(counts["cells"]), int(counts["passages"])
            files = tuple(
                self._file(written.agency_kind, copy.stem + written.ending) for written in AGENCY_FORMATS
            )
        except (KeyError, ValueError, TypeError, OSError):
            return None
        proved = Proved(files, printed, passages, cells, (passages,) * len(files), findings=())
        return AgencyReport(proved, tuple(self.findings.get(agency.name, ())), digest)

    def _file(self, kind: str, name: str) -> Rendition:
        """A file as it lies there; ValueError where it is not the one that was written, OSError for none."""
        content = (self.outputs / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != self.files[name]:
            message = f"{name} is not as it was written"
            raise ValueError(message)
        return Rendition(kind, name, content)


def _finding(told: Mapping[str, Any]) -> Finding:
    """A finding as findings_record wrote it."""
    given = {name: told[name] for name in _FIELDS}
    return Finding(**{**given, "severity": Severity(told["severity"])})
