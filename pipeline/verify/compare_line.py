"""The program's own lines, just printed: any difference at all is an error."""

from collections.abc import Iterator, Sequence

from pipeline.model.finding import Finding
from pipeline.model.rendition import ReadBack
from pipeline.verify.align import aligned, excerpts, text_likeness
from pipeline.verify.compare_table import MISSING, Reporter
from pipeline.verify.lines import Line

NOTHING = "（无）"
"""Shown as what was expected where something was added."""


def compare_lines(lines: Sequence[Line], read: ReadBack, report: Reporter) -> Iterator[Finding | None]:
    """None for each line found equal, a finding for each that differs, is missing or was added."""
    for i, j in aligned([line.text for line in lines], read.lines, text_likeness):
        if i is None and j is not None:
            yield report("readback-line", line="多出的一段", found=read.lines[j], expected=NOTHING)
        elif i is not None:
            yield _line_finding(lines[i], read, j, report)


def _line_finding(line: Line, read: ReadBack, place: int | None, report: Reporter) -> Finding | None:
    if place is None:
        return report("readback-line", line=line.name, found=MISSING, expected=line.text)
    if line.text != read.lines[place]:
        shown, other = excerpts(line.text, read.lines[place])
        return report("readback-line", line=line.name, found=other, expected=shown)
    return level_finding("readback-level", line, read, place, report)


def level_finding(code: str, line: Line, read: ReadBack, place: int, report: Reporter) -> Finding | None:
    """A finding of this code where a line has another outline level; None where the reader cannot tell."""
    level = read.levels[place] if read.levels else line.level
    if level == line.level:
        return None
    return report(code, line=line.name, found=_level_words(level), expected=_level_words(line.level))


def _level_words(level: int) -> str:
    """An outline level as a word processor's list of styles has it."""
    return f"标题{level}" if level else "正文"
