"""文字材料, what an agency wrote for each section, as its own report's narrative: nothing in it evaluated."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile

from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.narrative import Narrative, Passage, Run
from pipeline.model.place import CellPlace
from pipeline.narrate.headings import empty_sections, heading_level, is_report_title, section_of
from pipeline.narrate.source import SourceParagraph, counted

INVISIBLE = frozenset({"Cc", "Cf"})
"""Control and format characters, which come along with pasted text and print nothing."""


def offered_narrative(
    texts: Mapping[int, str], workbook: str, form: StatutoryForm, year: int, catalogue: Catalogue
) -> tuple[Narrative, tuple[Finding, ...]]:
    """The narrative in an agency's texts by section number, and what is amiss with its sections.

    A paragraph a line, headings by the official numbering; the section's own title (and in section one the
    report's), repeated at the top of its text, is left out. Braces are printed as typed. Sections that have
    neither table nor text are a finding, one for them all.
    """
    passages = tuple(
        _passage(paragraph, number, title)
        for number, title in enumerate(form.sections, 1)
        for paragraph in _paragraphs(texts.get(number, ""), number, form.sections)
    )
    findings = [
        catalogue.finding(
            "section-unknown",
            year=year,
            place=CellPlace(workbook, "", passage.origin),
            found=passage.text,
        )
        for passage in passages
        if heading_level(passage.text) == 1
    ]
    empty = empty_sections({passage.section for passage in passages}, form)
    if empty:
        findings.append(catalogue.finding("section-empty", year=year, workbook=workbook, found=empty))
    return Narrative(workbook, passages), tuple(findings)


def _paragraphs(text: str, number: int, titles: Sequence[str]) -> Iterator[SourceParagraph]:
    def is_title(paragraph: SourceParagraph) -> bool:
        return section_of(paragraph.text, titles) == number or (
            number == 1 and is_report_title(paragraph.text)
        )

    return dropwhile(is_title, counted((_visible(line), 0) for line in text.splitlines()))


def _visible(line: str) -> str:
    """The line without what cannot be seen, white space of any kind as one space's worth."""
    marks = (" " if mark.isspace() and mark != "\u3000" else mark for mark in line)
    return "".join(mark for mark in marks if unicodedata.category(mark) not in INVISIBLE)


def _passage(paragraph: SourceParagraph, number: int, title: str) -> Passage:
    level = heading_level(paragraph.text)
    return Passage(
        section=number,
        level=level if level > 1 else 0,
        runs=(Run(paragraph.text),),
        origin=f"文字材料“{title}”{paragraph.origin}",
    )
