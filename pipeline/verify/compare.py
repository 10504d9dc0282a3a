"""Compare what was read back from a report file with the Document it was made from, word for word.

White space is no difference: a page may break a line anywhere. Tables are held against the Document in one
way; lines in two: of the program's own file just printed nothing may differ, in a file that a person edited
every figure must stand.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain

from msgspec import Struct

from pipeline.model.document import Document
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.rendition import Edits, ReadBack
from pipeline.verify.compare_attachment import compare_attachments
from pipeline.verify.compare_chart import compare_charts
from pipeline.verify.compare_edited import EditedJudge, gone_numbers, wrong_numbers
from pipeline.verify.compare_line import compare_lines
from pipeline.verify.compare_merge import remerged_tables
from pipeline.verify.compare_place import moved_tables, paired_tables
from pipeline.verify.compare_shape import compare_shape
from pipeline.verify.compare_table import Reporter
from pipeline.verify.lines import printed_lines
from pipeline.verify.passages import edited_passages
from pipeline.verify.revised import answers_in, revisions


class Proof(Struct, frozen=True):
    """How much of a file was found equal, and every difference.

    ``cells`` counts table cells, labels included; ``passages`` the title, headings and passages. ``edits``
    tell of a file that may have been edited.
    """

    cells: int
    passages: int
    findings: tuple[Finding, ...]
    edits: Edits | None = None


def compare(document: Document, read: ReadBack, file: str, year: int, catalogue: Catalogue) -> Proof:
    """Every title, heading, passage and table cell of ``document`` held against ``read``.

    ``file`` is the report file's name as the findings give it. Codes, with the names given to their wordings
    besides found and expected: ``readback-line``, ``readback-level`` (line), ``readback-cell``,
    ``readback-merge`` (table, words), ``readback-table`` (table, extra; found and expected count cells),
    ``readback-moved`` (table; found and expected are the lines before it), ``readback-chart`` (chart).
    """
    report = partial(catalogue.finding, year=year, workbook=file)
    lines = list(compare_lines(tuple(printed_lines(document)), read, report))
    cells = list(_compare_tables(document, read, report))
    outcomes = (*lines, *cells, *_compare_places(document, read, report))
    findings = tuple(outcome for outcome in outcomes if outcome is not None)
    return Proof(cells=cells.count(None), passages=lines.count(None), findings=findings)


def compare_edited(  # noqa: PLR0917 -- a plain list of values, as ``compare`` takes
    document: Document,
    read: ReadBack,
    file: str,
    year: int,
    catalogue: Catalogue,
    aliases: Mapping[str, str],
) -> Proof:
    """The same for a file that a person may have edited; ``aliases`` are Chinese names by address.

    Codes for lines: ``readback-figure`` (line, words, around), ``figure-removed`` (line, words),
    ``passage-edited``, ``heading-level`` (line), ``passage-moved`` (line; found is the line before it).
    """
    report = partial(catalogue.finding, year=year, workbook=file)
    lines = tuple(printed_lines(document))
    revised = revisions(lines, read)
    answers = answers_in(revised)
    judge = EditedJudge(read, answers, aliases, report)
    cells = list(_compare_tables(document, read, report))
    told = [tuple(judge.findings(revision)) for revision in revised]
    amiss = (*(finding for finding in cells if finding), *_compare_places(document, read, report))
    bound = sum(len(revision.bound) for revision in revised)
    lost = sum(
        len(wrong_numbers(revision, answers)) + len(gone_numbers(revision, answers)) for revision in revised
    )
    return Proof(
        cells=cells.count(None),
        passages=sum(not (revision.is_edited or revision.moved) for revision in revised),
        findings=(*amiss, *chain.from_iterable(told)),
        edits=Edits(bound - lost, bound, sum(map(bool, told)), tuple(edited_passages(revised, answers))),
    )


def _compare_places(document: Document, read: ReadBack, report: Reporter) -> Iterator[Finding]:
    """Tables moved, cells that stand elsewhere, pictures, and files inside."""
    yield from moved_tables(document, read, report)
    yield from remerged_tables(document.grids, read, report)
    yield from compare_charts(document, read, report)
    yield from compare_attachments(document, read, report)


def _compare_tables(document: Document, read: ReadBack, report: Reporter) -> Iterator[Finding | None]:
    """The tables paired by what their cells say, so that a lost one does not shift the rest, and compared."""
    grids = document.grids
    for i, j in paired_tables(grids, read.tables):
        if i is None and j is not None:
            yield report(
                "readback-table", table="多出的表", found=str(len(read.tables[j])), expected="0", extra=""
            )
        elif i is not None and j is None:
            lost = grids[i]
            yield report(
                "readback-table", table=lost.caption, found="0", expected=str(len(lost.cells)), extra=""
            )
        elif i is not None and j is not None:
            areas = read.areas[j] if read.areas else ()
            yield from compare_shape(grids[i], read.tables[j], areas, report)
