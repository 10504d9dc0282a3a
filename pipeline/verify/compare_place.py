"""Whether each table stands where it should: after the same lines as in the Document."""

from collections.abc import Iterator, Sequence

from pipeline.model.document import Document, Table
from pipeline.model.finding import Finding
from pipeline.model.grid import Grid
from pipeline.model.rendition import ReadBack
from pipeline.verify.align import Pair, aligned, text_likeness, texts_likeness
from pipeline.verify.compare_table import Reporter, Texts, expected_texts
from pipeline.verify.space import without_space

FIRST = "文件开头"


def paired_tables(grids: Sequence[Grid], found: Sequence[Texts]) -> Iterator[Pair]:
    """The tables paired by what their cells say, so that a lost one does not shift the rest."""
    return aligned([expected_texts(grid) for grid in grids], found, texts_likeness)


def moved_tables(document: Document, read: ReadBack, report: Reporter) -> Iterator[Finding]:
    """A finding for each table on the wrong side of a line; none where the reader knows no places."""
    if not read.places:
        return
    lines, places = _expected(document)
    pairs = list(aligned(lines, read.lines, text_likeness))
    for i, j in paired_tables(document.grids, read.tables):
        if i is None or j is None or _agree(pairs, places[i], read.places[j]):
            continue
        yield report(
            "readback-moved",
            table=document.grids[i].caption,
            found=_line_before(read.lines, read.places[j]),
            expected=_line_before(lines, places[i]),
        )


def _expected(document: Document) -> tuple[list[str], list[int]]:
    """The document's lines that have text, without white space, and the number of them before each table."""
    lines, places = [without_space(document.title)], []
    for block in document.blocks:
        if isinstance(block, Table):
            places.append(len(lines))
        lines += [text for line in block.lines if (text := without_space(line))]
    return lines, places


def _agree(pairs: Sequence[Pair], expected: int, found: int) -> bool:
    """Whether the lines that answer to each other stand on the same side of a table; others tell nothing."""
    return all((i < expected) == (j < found) for i, j in pairs if i is not None and j is not None)


def _line_before(lines: Sequence[str], place: int) -> str:
    return lines[place - 1] if place else FIRST
