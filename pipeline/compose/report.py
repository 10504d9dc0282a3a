"""The report as a Document: the six sections, the office's passages, the three tables in their places."""

import datetime
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.compose.title import broken_title
from pipeline.model.document import Block, Document, Heading, Paragraph, Table
from pipeline.model.form import StatutoryForm
from pipeline.model.grid import Grid
from pipeline.model.narrative import Narrative, Passage


class Imprint(Struct, frozen=True):
    """Whose report it is, how it is signed and where it is published; ``title`` "" for the usual one."""

    organ: str
    compiler: str
    year: int
    title: str
    date: datetime.date
    website: str = ""


def compose_report(
    form: StatutoryForm, grids: Mapping[str, Grid], narrative: Narrative, imprint: Imprint
) -> Document:
    """The Document of a report. ``grids`` are the filled ones by table id.

    In each section the passages come first and its statutory table last, as the notice's model has it.
    """
    title = imprint.title or f"{imprint.organ}{imprint.year}年政府信息公开工作年度报告"
    return Document(
        title=title,
        title_lines=broken_title(title, imprint.organ),
        organ=imprint.organ,
        compiler=imprint.compiler,
        year=imprint.year,
        date=imprint.date,
        website=imprint.website,
        blocks=tuple(_blocks(form, grids, narrative)),
    )


def _blocks(form: StatutoryForm, grids: Mapping[str, Grid], narrative: Narrative) -> Iterator[Block]:
    yield from _passages(narrative, 0)
    for number, title in enumerate(form.sections, start=1):
        yield Heading(1, title)
        yield from _passages(narrative, number)
        yield from (Table(grids[table.id]) for table in form.tables if table.section == number)


def _passages(narrative: Narrative, section: int) -> Iterator[Block]:
    return (_block(passage) for passage in narrative.passages if passage.section == section)


def _block(passage: Passage) -> Block:
    if passage.level:
        return Heading(passage.level, passage.text, passage.runs)
    return Paragraph(passage.runs)
