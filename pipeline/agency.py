"""One agency's own report, from its figures and texts to files proved by reading back: a worker's task."""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.compose.report import Imprint, compose_report
from pipeline.compose.tables import filled_grids
from pipeline.model.document import Document
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.place import CellPlace
from pipeline.model.rendition import Rendition
from pipeline.model.typeface import Typefaces
from pipeline.narrate.offered import Offered, offered_narrative
from pipeline.render.font import Fonts
from pipeline.render.pdf import render_pdf
from pipeline.render.word import render_word
from pipeline.renditions import AGENCY_FORMATS, Proved, faces, prove, unprintable
from pipeline.texts import Own, Standard, text_findings


class Shared(Struct, frozen=True):
    """What all agencies' reports share: what they are held against, and the day of publication."""

    standard: Standard
    date: datetime.date

    @property
    def form(self) -> StatutoryForm:
        """The law's form."""
        return self.standard.form

    @property
    def catalogue(self) -> Catalogue:
        """The wordings."""
        return self.standard.catalogue

    @property
    def year(self) -> int:
        """The reporting year."""
        return self.standard.year


class Press(Struct, frozen=True):
    """What the reports share, and the faces they are printed in: 16 MB, opened once a process."""

    shared: Shared
    fonts: Fonts


class Copy(Struct, frozen=True):
    """What one agency's report is set from: its name, workbook, figures (last year's too), texts by section.

    ``stem`` is the report files' path in the year's outputs, without the ending.
    """

    agency: str
    workbook: str
    stem: str
    values: Mapping[str, Decimal]
    last_year: Mapping[str, Decimal]
    texts: Mapping[int, str]
    text_cells: Mapping[int, CellPlace] = field(default_factory=dict)


class AgencyReport(Struct, frozen=True):
    """The files and what reading them back proved (None where nothing could be printed), and findings.

    ``findings`` are about the agency's texts; differences found by reading back are in ``proved``.
    ``digest`` is all it follows from, "" before that is known.
    """

    proved: Proved | None
    findings: tuple[Finding, ...]
    digest: str = ""


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
    offered = Offered(copy.texts, copy.workbook, copy.text_cells)
    narrative, told = offered_narrative(offered, shared.form, shared.year, shared.catalogue)
    imprint = Imprint(copy.agency, copy.agency, shared.year, "", shared.date)
    document = compose_report(shared.form, filled_grids(shared.form, copy.values), narrative, imprint)
    return document, (*told, *text_findings(narrative, own_of(copy), shared.standard))


def _printed(press: Press, copy: Copy, document: Document) -> Proved:
    contents = render_word(document), render_pdf(document, press.fonts)
    files = [
        Rendition(written.agency_kind, f"{copy.stem}{written.ending}", content)
        for written, content in zip(AGENCY_FORMATS, contents, strict=True)
    ]
    proved = prove(document, files, press.shared.catalogue)
    return replace(proved, findings=tuple(_signed(copy, proved.findings)))


def own_of(copy: Copy) -> Own:
    """Whose texts they are, and the figures they are held against."""
    return Own(copy.agency, copy.values, copy.last_year)


def _signed(copy: Copy, findings: list[Finding] | tuple[Finding, ...]) -> Iterator[Finding]:
    """The findings with the agency's name, and its workbook where they name no file."""
    for finding in findings:
        yield replace(finding, agency=copy.agency, workbook=finding.workbook or copy.workbook)
