"""Compare what was read back from a report file with the Document it was made from, word for word.

White space is no difference: a page may break a line anywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count

from pipeline.model.document import Document, Heading
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.rendition import ReadBack
from pipeline.verify.align import aligned, excerpts, text_likeness
from pipeline.verify.compare_chart import compare_charts
from pipeline.verify.compare_merge import remerged_tables
from pipeline.verify.compare_place import moved_tables, paired_tables
from pipeline.verify.compare_table import MISSING, Reporter, Texts, compare_table

NOTHING = "（无）"
"""Shown as what was expected where something was added."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How much of a file was found equal, and every difference.

    ``cells`` counts table cells, labels included; ``passages`` the title, headings and passages.
    """

    cells: int
    passages: int
    findings: tuple[Finding, ...]


def compare(document: Document, read: ReadBack, file: str, year: int, catalogue: Catalogue) -> Proof:
    """Every title, heading, passage and table cell of ``document`` held against ``read``.

    ``file`` is the report file's name as the findings give it. Codes, with the names given to their wordings
    besides found and expected: ``readback-line`` (file, line), ``readback-cell`` (file, table, words),
    ``readback-table`` (file, table; found and expected count cells), ``readback-moved`` (file, table; found
    and expected are the lines before it), ``readback-merge`` (file, table, words; found and expected say
    where the cell stands), ``readback-chart`` (chart).
    """
    report = partial(catalogue.finding, year=year, workbook=file)
    lines = list(_compare_lines(document, read.lines, report))
    cells = list(_compare_tables(document, read.tables, report))
    moved = moved_tables(document, read, report)
    charts = compare_charts(document, read, report)
    merged = remerged_tables(document.grids, read, report)
    outcomes = (*lines, *cells, *moved, *merged, *charts)
    findings = tuple(outcome for outcome in outcomes if outcome is not None)
    return Proof(cells=cells.count(None), passages=lines.count(None), findings=findings)


def _compare_lines(document: Document, found: Texts, report: Reporter) -> Iterator[Finding | None]:
    """None for each line found equal, a finding for each that differs, is missing or was added."""
    named = list(_named_lines(document))
    for i, j in aligned([text for _, text in named], found, text_likeness):
        if i is None and j is not None:
            yield report("readback-line", line="多出的一段", found=found[j], expected=NOTHING)
        elif i is not None:
            name, text = named[i]
            yield (
                None
                if j is not None and found[j] == text
                else _line_finding(name, text, None if j is None else found[j], report)
            )


def _line_finding(name: str, expected: str, found: str | None, report: Reporter) -> Finding:
    if found is None:
        return report("readback-line", line=name, found=MISSING, expected=expected)
    shown, other = excerpts(expected, found)
    return report("readback-line", line=name, found=other, expected=shown)


def _named_lines(document: Document) -> Iterator[tuple[str, str]]:
    """Each line that has text, without white space, with its name for the office; passages are counted."""
    numbers = count(1)
    yield "报告标题", "".join(document.title.split())
    for block in document.blocks:
        for line in block.lines:
            if text := "".join(line.split()):
                yield (f"标题“{text}”" if isinstance(block, Heading) else f"正文第{next(numbers)}段"), text


def _compare_tables(
    document: Document, found: tuple[Texts, ...], report: Reporter
) -> Iterator[Finding | None]:
    """The tables paired by what their cells say, so that a lost one does not shift the rest, and compared."""
    grids = document.grids
    for i, j in paired_tables(grids, found):
        if i is None and j is not None:
            yield report("readback-table", table="多出的表", found=str(len(found[j])), expected="0")
        elif i is not None and j is None:
            lost = grids[i]
            yield report("readback-table", table=lost.caption, found="0", expected=str(len(lost.cells)))
        elif i is not None and j is not None:
            yield from compare_table(grids[i], found[j], report)
