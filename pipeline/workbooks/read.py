"""Read one workbook that arrived: its cover, its figures by address, and everything in doubt as findings."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model.finding import Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.slip import MARKER
from pipeline.model.submission import Cover, Submission
from pipeline.workbooks.arrangement import Arrangements
from pipeline.workbooks.asked import Asked
from pipeline.workbooks.cover import read_cover
from pipeline.workbooks.familiar import Memory
from pipeline.workbooks.figures import Slots, contents, read_figures
from pipeline.workbooks.idle import Meaning
from pipeline.workbooks.indicators import locate_indicators
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sheet import Opened, Sheet, open_workbook
from pipeline.workbooks.source import Source
from pipeline.workbooks.tables import locate_tables
from pipeline.workbooks.texts import read_texts


class Reader(Struct, dict=True):
    """Reads workbooks, those the faster that are laid out like one before; it makes no other difference."""

    asked: Asked
    memory: Memory = field(default_factory=Memory)

    @cached_property
    def arrangements(self) -> Arrangements:
        """What was learned of the workbooks read so far."""
        return Arrangements(Meaning.of(self.asked.form, self.asked.indicators))

    def read(self, content: bytes, workbook: str) -> tuple[Submission | None, tuple[Finding, ...]]:
        """One agency's workbook, as :func:`read_submission` reads it."""
        asked = self.asked
        try:
            opened = open_workbook(content, self.memory)
        except RefusalError as refusal:
            found = asked.catalogue.finding(
                refusal.code,
                year=asked.year,
                workbook=workbook,
                found=refusal.found,
                expected=refusal.expected,
            )
            return None, (found,)
        return self.read_opened(opened, workbook)

    def read_opened(self, opened: Opened, workbook: str) -> tuple[Submission, tuple[Finding, ...]]:
        """The same of a workbook that is open."""
        blocks = tuple(block for block in opened.blocks if block.at((1, 1)) != MARKER)
        source = Source(workbook, self.asked.year, self.asked.catalogue)
        return _Workbook(replace(opened, blocks=blocks), self.asked, source, self.arrangements).read()


def read_submission(
    content: bytes, workbook: str, asked: Asked
) -> tuple[Submission | None, tuple[Finding, ...]]:
    """One agency's workbook, and what is wrong with it; no submission where the file cannot be read at all.

    ``workbook`` is its path relative to the workspace, with ``/``. A workbook of another year or edition has
    no cells. The findings name no agency: whose workbook it is, the roster decides later.
    """
    return Reader(asked).read(content, workbook)


class _Placed(NamedTuple):
    """Where the figures stand, what stands there, and what is in doubt."""

    slots: Slots
    contents: Sequence[object]
    findings: Sequence[Finding]


class _Workbook(Struct, frozen=True):
    """A workbook being read."""

    opened: Opened
    asked: Asked
    source: Source
    arrangements: Arrangements

    def read(self) -> tuple[Submission, tuple[Finding, ...]]:
        """The submission and its findings, in the form's order."""
        fitting = self.arrangements.fitting(self.opened.blocks)
        sheets = fitting.sheets if fitting else self.opened.sheets
        cover = read_cover(sheets, [form.edition for form in self.asked.forms])
        for year in (cover.year, cover.made_in):
            if year is not None and year != self.asked.year:
                return self._refused("wrong-year", cover, str(year), str(self.asked.year))
        form = self.asked.form
        if cover.edition and cover.edition != form.edition:
            return self._refused("wrong-edition", cover, cover.edition, form.edition)
        placed = _Placed(fitting.slots, fitting.contents, ()) if fitting else self._placed(sheets)
        if isinstance(placed, StatutoryForm):
            return self._refused("wrong-edition", cover, placed.edition, form.edition)
        return self._submitted(cover, sheets, placed)

    def _refused(
        self, code: str, cover: Cover, found: str, expected: str
    ) -> tuple[Submission, tuple[Finding, ...]]:
        finding = self.asked.catalogue.finding(
            code, year=self.asked.year, workbook=self.source.workbook, found=found, expected=expected
        )
        return Submission(self.source.workbook, cover, {}), (finding,)

    def _placed(self, sheets: Sequence[Sheet]) -> _Placed | StatutoryForm:
        """Where the figures stand, by their labels; the form whose tables these are, if it is another."""
        asked, source = self.asked, self.source
        words = self.arrangements.meaning.words
        located = locate_tables(asked.form, sheets, source, words)
        visible = [sheet for sheet in sheets if sheet.visible]
        if not located.fits and (other := self._fitting(visible)):
            return other
        extra, missing = locate_indicators(asked.indicators, visible, source)
        slots = Slots((*(located.slots[address] for address in asked.form.cells), *extra))
        if located.single and not (located.findings or missing):
            self.arrangements.learn(self.opened.blocks, sheets, slots)
        return _Placed(slots, contents(slots.slots), (*located.findings, *missing))

    def _fitting(self, sheets: Sequence[Sheet]) -> StatutoryForm | None:
        """Another edition all of whose tables stand in the workbook."""
        others = (form for form in self.asked.forms if form.edition != self.asked.form.edition)
        return next((form for form in others if locate_tables(form, sheets, self.source).fits), None)

    def _submitted(
        self, cover: Cover, sheets: Sequence[Sheet], placed: _Placed
    ) -> tuple[Submission, tuple[Finding, ...]]:
        asked, source = self.asked, self.source
        cells, findings = read_figures(placed.slots, placed.contents, asked.totals, source)
        macros = (
            [asked.catalogue.finding("macros-ignored", year=asked.year, workbook=source.workbook)]
            if self.opened.macros
            else []
        )
        visible = [sheet for sheet in sheets if sheet.visible]
        texts, text_cells = read_texts(asked.form.sections, visible, source.workbook)
        submission = Submission(source.workbook, cover, cells, texts, text_cells)
        return submission, (*macros, *placed.findings, *findings)
