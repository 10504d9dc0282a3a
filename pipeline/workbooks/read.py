"""Read one workbook that arrived: its cover, its figures by address, and everything in doubt as findings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.submission import Cover, Submission
from pipeline.workbooks.cover import read_cover
from pipeline.workbooks.figures import read_figures
from pipeline.workbooks.indicators import indicator_totals, locate_indicators
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sheet import Opened, Sheet, open_workbook
from pipeline.workbooks.slip_sheet import is_slip_sheet
from pipeline.workbooks.source import Source
from pipeline.workbooks.tables import LocatedTables, locate_tables
from pipeline.workbooks.texts import read_texts


@dataclass(frozen=True)
class Asked:
    """What a workbook is asked for: year, form and indicators; every form there is; the wordings."""

    year: int
    form: StatutoryForm
    forms: tuple[StatutoryForm, ...]
    indicators: tuple[Indicator, ...]
    catalogue: Catalogue


def read_submission(
    content: bytes, workbook: str, asked: Asked
) -> tuple[Submission | None, tuple[Finding, ...]]:
    """One agency's workbook, and what is wrong with it; no submission where the file cannot be read at all.

    ``workbook`` is its path relative to the workspace, with ``/``. A workbook of another year or edition has
    no cells. The findings name no agency: whose workbook it is, the roster decides later.
    """
    source = Source(workbook, asked.year, asked.catalogue)
    try:
        opened = open_workbook(content)
    except RefusalError as refusal:
        found = asked.catalogue.finding(
            refusal.code, year=asked.year, workbook=workbook, found=refusal.found, expected=refusal.expected
        )
        return None, (found,)
    sheets = tuple(sheet for sheet in opened.sheets if not is_slip_sheet(sheet))
    return _Workbook(replace(opened, sheets=sheets), asked, source).read()


@dataclass(frozen=True)
class _Workbook:
    """A workbook being read."""

    opened: Opened
    asked: Asked
    source: Source

    def read(self) -> tuple[Submission, tuple[Finding, ...]]:
        """The submission and its findings, in the form's order."""
        cover = read_cover(self.opened.sheets, [form.edition for form in self.asked.forms])
        sheets = [sheet for sheet in self.opened.sheets if sheet.visible]
        if cover.year is not None and cover.year != self.asked.year:
            return self._refused("wrong-year", cover, str(cover.year), str(self.asked.year))
        if cover.made_in is not None and cover.made_in != self.asked.year:
            return self._refused("wrong-year", cover, str(cover.made_in), str(self.asked.year))
        form = self.asked.form
        if cover.edition and cover.edition != form.edition:
            return self._refused("wrong-edition", cover, cover.edition, form.edition)
        located = locate_tables(form, self.opened.sheets, self.source)
        if not located.fits and (other := self._fitting(sheets)):
            return self._refused("wrong-edition", cover, other.edition, form.edition)
        return self._submitted(cover, sheets, located)

    def _refused(
        self, code: str, cover: Cover, found: str, expected: str
    ) -> tuple[Submission, tuple[Finding, ...]]:
        finding = self.asked.catalogue.finding(
            code, year=self.asked.year, workbook=self.source.workbook, found=found, expected=expected
        )
        return Submission(self.source.workbook, cover, {}), (finding,)

    def _fitting(self, sheets: Sequence[Sheet]) -> StatutoryForm | None:
        """Another edition all of whose tables stand in the workbook."""
        others = (form for form in self.asked.forms if form.edition != self.asked.form.edition)
        return next((form for form in others if locate_tables(form, sheets, self.source).fits), None)

    def _submitted(
        self, cover: Cover, sheets: Sequence[Sheet], located: LocatedTables
    ) -> tuple[Submission, tuple[Finding, ...]]:
        asked, source = self.asked, self.source
        slots = [located.slots[address] for address in asked.form.cells]
        extra, missing = locate_indicators(asked.indicators, sheets, source)
        totals = {address: identity.right for address, identity in asked.form.computed.items()}
        totals.update(indicator_totals(asked.indicators))
        cells, findings = read_figures((*slots, *extra), totals, source)
        macros = (
            [asked.catalogue.finding("macros-ignored", year=asked.year, workbook=source.workbook)]
            if self.opened.macros
            else []
        )
        texts, text_cells = read_texts(asked.form.sections, sheets, source.workbook)
        submission = Submission(source.workbook, cover, cells, texts, text_cells)
        return submission, (*macros, *located.findings, *missing, *findings)
