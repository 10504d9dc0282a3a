"""文字材料, what an agency wrote for each section, as its own report's narrative: nothing in it evaluated."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct, field

from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.narrative import Narrative, Passage, Run
from pipeline.model.place import CellPlace
from pipeline.narrate.headings import (
    LONGEST,
    empty_sections,
    heading_level,
    is_long_heading,
    is_report_title,
    misplaced_title,
    section_of,
)
from pipeline.narrate.source import SourceParagraph, counted

INVISIBLE = frozenset({"Cc", "Cf"})
"""Control and format characters, which come along with pasted text and print nothing."""


class Offered(Struct, frozen=True):
    """What one agency offers: its texts by section number, its workbook, and the cells they stand in."""

    texts: Mapping[int, str]
    workbook: str
    cells: Mapping[int, CellPlace] = field(default_factory=dict)


def offered_narrative(
    offered: Offered, form: StatutoryForm, year: int, catalogue: Catalogue
) -> tuple[Narrative, tuple[Finding, ...]]:
    """The narrative in an agency's texts, and what is amiss with its sections and headings.

    A paragraph a line, headings by the official numbering; the section's own title (and in section one the
    report's), repeated at the top of its text, is left out. Braces are printed as typed. Sections that have
    neither table nor text are a finding, one for them all.
    """
    titles: list[Passage] = []
    passages: list[Passage] = []
    for number, title in enumerate(form.sections, 1):
        cell = offered.cells.get(number)
        lead = "" if cell else f"文字材料“{title}”"
        paragraphs = counted((_visible(line), 0) for line in offered.texts.get(number, "").splitlines())
        own = len(_own_titles(paragraphs, number, form.sections))
        written = [_passage(paragraph, number, lead, cell) for paragraph in paragraphs]
        titles += written[:own]
        passages += written[own:]
    findings = [
        catalogue.finding(
            code,
            year=year,
            place=passage.place(offered.workbook),
            lead=passage.within,
            found=passage.text,
            expected=expected,
        )
        for passage in passages
        for code, expected in _about_heading(passage, form)
    ]
    empty = empty_sections({passage.section for passage in passages}, form)
    if empty:
        findings.append(catalogue.finding("section-empty", year=year, workbook=offered.workbook, found=empty))
    return Narrative(offered.workbook, tuple(passages), tuple(titles)), tuple(findings)


def _about_heading(passage: Passage, form: StatutoryForm) -> Iterator[tuple[str, str]]:
    """The code of what is wrong with a paragraph as a heading, and what was expected."""
    text = passage.text
    if "。" in text:  # whole sentences are no heading of any kind
        return
    if misplaced_title(text, form.sections):
        yield "section-misplaced", form.sections[passage.section - 1]
    elif heading_level(text) == 1:
        yield "section-unknown", ""
    elif is_long_heading(text):
        yield "heading-long", str(LONGEST)


def _own_titles(
    paragraphs: Sequence[SourceParagraph], number: int, titles: Sequence[str]
) -> list[SourceParagraph]:
    """The titles repeated at the top of a section's text: the section's own, and the report's."""

    def is_title(paragraph: SourceParagraph) -> bool:
        return section_of(paragraph.text, titles) == number or (
            number == 1 and is_report_title(paragraph.text)
        )

    return list(takewhile(is_title, paragraphs))


def _visible(line: str) -> str:
    """The line without what cannot be seen, white space of any kind as one space's worth."""
    if line.isprintable():
        return line
    marks = (" " if mark.isspace() and mark != "\u3000" else mark for mark in line)
    return "".join(mark for mark in marks if unicodedata.category(mark) not in INVISIBLE)


def _passage(paragraph: SourceParagraph, number: int, lead: str, cell: CellPlace | None) -> Passage:
    level = heading_level(paragraph.text)
    return Passage(
        section=number,
        level=level if level > 1 else 0,
        runs=(Run(paragraph.text),),
        origin=f"{lead}{paragraph.origin}",
        cell=cell,
    )
