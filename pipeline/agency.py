"""One agency's own report, from its figures and texts to files proved by reading back: a worker's task."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pipeline.check.narrative import check_narrative
from pipeline.compose.report import Imprint, compose_report
from pipeline.compose.tables import filled_grids
from pipeline.model.consolidation import Consolidation, Figure, LastYear
from pipeline.model.document import Document
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.narrative import Narrative
from pipeline.model.rendition import Rendition
from pipeline.model.typeface import Typefaces
from pipeline.narrate.offered import offered_narrative
from pipeline.render.font import Fonts
from pipeline.render.pdf import render_pdf
from pipeline.render.word import render_word
from pipeline.renditions import AGENCY_FORMATS, Proved, faces, prove, unprintable

UNTIED = "number-unbound"
"""Every number of an agency's text is typed by hand: that this one is, is no news."""


@dataclass(frozen=True)
class Shared:
    """What all agencies' reports share: the law's form, the catalogue, the year, the day of publication."""

    form: StatutoryForm
    indicators: tuple[Indicator, ...]
    catalogue: Catalogue
    year: int
    date: datetime.date


@dataclass(frozen=True)
class Press:
    """What the reports share, and the faces they are printed in: 21 MB, loaded once a process."""

    shared: Shared
    fonts: Fonts


@dataclass(frozen=True)
class Copy:
    """What one agency's report is set from: its name, workbook, figures (last year's too), texts by section.

    ``stem`` is the report files' path in the year's outputs, without the ending.
    """

    agency: str
    workbook: str
    stem: str
    values: Mapping[str, Decimal]
    last_year: Mapping[str, Decimal]
    texts: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class AgencyReport:
    """The files and what reading them back proved (None where nothing could be printed), and findings.

    ``findings`` are about the agency's texts; differences found by reading back are in ``proved``.
    """

    proved: Proved | None
    findings: tuple[Finding, ...]


def press(shared: Shared, templates: Path, own: Typefaces) -> Press:
    """A press made ready, with the office's own faces where it has chosen them."""
    return Press(shared, faces(templates, own))


def agency_report(press: Press, copy: Copy) -> AgencyReport:
    """An agency's report as Word and PDF, each read back and compared.

    ``copy.values`` must have every figure of the form. A character that no face has is a finding, and nothing
    is printed.
    """
    document, findings = agency_document(press.shared, copy)
    missing = unprintable(document, press.shared.catalogue, press.fonts)
    proved = None if missing else _printed(press, copy, document)
    return AgencyReport(proved, tuple(_signed(copy, [*missing, *findings])))


def agency_document(shared: Shared, copy: Copy) -> tuple[Document, tuple[Finding, ...]]:
    """An agency's report before any format, and what is amiss with its texts."""
    narrative, told = offered_narrative(copy.texts, copy.workbook, shared.form, shared.year, shared.catalogue)
    imprint = Imprint(copy.agency, copy.agency, shared.year, "", shared.date)
    document = compose_report(shared.form, filled_grids(shared.form, copy.values), narrative, imprint)
    return document, (*told, *sentence_findings(shared, copy, narrative))


def _printed(press: Press, copy: Copy, document: Document) -> Proved:
    contents = render_word(document), render_pdf(document, press.fonts)
    files = [
        Rendition(written.agency_kind, f"{copy.stem}{written.ending}", content)
        for written, content in zip(AGENCY_FORMATS, contents, strict=True)
    ]
    proved = prove(document, files, press.shared.catalogue)
    return replace(proved, findings=tuple(_signed(copy, proved.findings)))


def sentence_findings(shared: Shared, copy: Copy, narrative: Narrative) -> Iterator[Finding]:
    """What the agency's sentences say of its figures, held against its own tables and last year's."""
    own = {address: Figure(address, value, ()) for address, value in copy.values.items()}
    found = check_narrative(
        narrative,
        shared.form,
        Consolidation(own, groups={}, counted=(), missing=()),
        LastYear(shared.year - 1, "", agencies={}, total=copy.last_year, groups={}),
        shared.indicators,
        shared.year,
        shared.catalogue,
    )
    return (finding for finding in found if finding.code != UNTIED)


def _signed(copy: Copy, findings: list[Finding] | tuple[Finding, ...]) -> Iterator[Finding]:
    """The findings with the agency's name, and its workbook where they name no file."""
    for finding in findings:
        yield replace(finding, agency=copy.agency, workbook=finding.workbook or copy.workbook)
