"""From a narrative's file to its passages: names bound, sections found, levels read from the numbering."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.model.finding import Catalogue, Finding
from pipeline.model.narrative import Narrative, Passage
from pipeline.model.place import CellPlace
from pipeline.narrate.facts import Facts
from pipeline.narrate.headings import (
    LONGEST,
    empty_sections,
    heading_level,
    is_long_heading,
    is_report_title,
    section_of,
)
from pipeline.narrate.names import Names
from pipeline.narrate.source import Source, read_source
from pipeline.narrate.template import BoundParagraph, bound

TITLE_LINES = 3
"""The report's title, where it is repeated at the top, stands within the first this many paragraphs."""


def narrate(
    content: bytes, file: str, facts: Facts, catalogue: Catalogue
) -> tuple[Narrative, tuple[Finding, ...]]:
    """The narrative in the file's bytes, its figures bound, and what is amiss with its sections.

    ``file`` is the name relative to the workspace; its ending tells .docx from .md. Section titles and the
    report's title at the top are left out: those are the form's. OperatorError (template) where the file
    cannot be read or an expression in it is wrong.
    """
    source = read_source(content, file)
    paragraphs = bound(source.paragraphs, Names(facts), file)
    reading = _Reading(file, facts, catalogue)
    kept = _without_title(paragraphs)
    passages = tuple(reading.passages(kept))
    findings = (*reading.about_file(source), *reading.findings, *reading.about_sections(passages))
    dropped = paragraphs[: len(paragraphs) - len(kept)]
    title = tuple(Passage(0, 0, paragraph.runs, paragraph.written.origin) for paragraph in dropped)
    return Narrative(file, passages, title), findings


def _text(paragraph: BoundParagraph) -> str:
    return "".join(run.text for run in paragraph.runs)


def _without_title(paragraphs: Sequence[BoundParagraph]) -> Sequence[BoundParagraph]:
    """The paragraphs after the report's own title; all of them where it is not repeated."""
    for index, paragraph in enumerate(paragraphs[:TITLE_LINES]):
        if is_report_title(_text(paragraph)):
            return paragraphs[index + 1 :]
        if "。" in _text(paragraph) or heading_level(_text(paragraph)):
            break
    return paragraphs


class _Reading(Struct):
    """One pass over the paragraphs, gathering findings on the way."""

    file: str
    facts: Facts
    catalogue: Catalogue
    findings: list[Finding] = []
    _seen: list[int] = []

    def passages(self, paragraphs: Sequence[BoundParagraph]) -> Iterator[Passage]:
        """The passages under their sections, a section's number carried on to the next title."""
        for paragraph in paragraphs:
            section = section_of(_text(paragraph), self.facts.form.sections)
            if section:
                self._enter(section, paragraph)
                continue
            level = heading_level(_text(paragraph), paragraph.written.level)
            if level == 1:
                self._found("section-unknown", paragraph, found=_text(paragraph))
            if is_long_heading(_text(paragraph)):
                self._found("heading-long", paragraph, found=_text(paragraph), expected=str(LONGEST))
            self._note_gaps(paragraph)
            self._note_seams(paragraph)
            yield Passage(
                section=self._seen[-1] if self._seen else 0,
                level=level if level > 1 else 0,
                runs=paragraph.runs,
                origin=paragraph.written.origin,
            )
        for number, title in enumerate(self.facts.form.sections, 1):
            if number not in self._seen:
                self._found("section-missing", None, expected=title)

    def about_file(self, source: Source) -> Iterator[Finding]:
        """What concerns the file as a whole: tables, revisions and what else of it is not printed."""
        for code, count in (
            ("narrative-table-ignored", source.tables),
            ("narrative-revisions", source.revisions),
        ):
            if count:
                yield self.catalogue.finding(code, year=self.facts.year, workbook=self.file, found=str(count))
        for what, count in source.ignored:
            yield self.catalogue.finding(
                "narrative-text-ignored",
                year=self.facts.year,
                workbook=self.file,
                found=str(count),
                expected=what,
            )

    def about_sections(self, passages: Sequence[Passage]) -> Iterator[Finding]:
        """The sections whose title is there and nothing under it, one finding for them all.

        With titles in the wrong order nobody can tell which text is whose: that alone is said then.
        """
        if self._seen != sorted(self._seen):
            return
        absent = {*range(1, len(self.facts.form.sections) + 1)} - {*self._seen}
        empty = empty_sections({passage.section for passage in passages} | absent, self.facts.form)
        if empty:
            yield self.catalogue.finding(
                "section-empty", year=self.facts.year, workbook=self.file, found=empty
            )

    def _enter(self, section: int, paragraph: BoundParagraph) -> None:
        before = max(self._seen, default=0)
        if section <= before:
            titles = self.facts.form.sections
            expected = titles[section - 2] if section > 1 else "正文开头"
            self._found("section-order", paragraph, found=_text(paragraph), expected=expected)
        self._seen.append(section)

    def _note_gaps(self, paragraph: BoundParagraph) -> None:
        for gap in {gap.source: gap for gap in paragraph.gaps}.values():
            self._found(
                "narrative-gap",
                paragraph,
                found=gap.text,
                expected=gap.words,
                address=gap.source,
                origin=paragraph.written.origin,
            )

    def _note_seams(self, paragraph: BoundParagraph) -> None:
        for seam in paragraph.seams:
            self._found("figure-glued", paragraph, found=seam.together, expected=seam.printed)

    def _found(self, code: str, paragraph: BoundParagraph | None, **names: str) -> None:
        place = CellPlace(self.file, "", paragraph.written.origin if paragraph else "")
        self.findings.append(self.catalogue.finding(code, year=self.facts.year, place=place, **names))
