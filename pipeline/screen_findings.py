"""Findings as lines, and files that were kept: what several commands say alike."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from pipeline.model.alike import alike
from pipeline.model.finding import Catalogue, Finding
from pipeline.outputs import FINDINGS

SHOWN = 10
"""Places shown under one code unless -v asks for all; the line after says how many more there are."""


def finding_lines(
    findings: Sequence[Finding],
    catalogue: Catalogue,
    *,
    everything: bool,
    accepted: Callable[[Finding], bool] = lambda _: False,
    file: str = FINDINGS,
) -> Iterator[str]:
    """The findings by code: title and count, each place with its sentence, then what to do.

    Alike ones in many cells of a sheet are one line with their ranges; counts stay counts of findings.
    ``accepted`` tells which ones a person stands by; they are marked 已确认. ``file`` holds all of them, ""
    where none does.
    """
    for code, group in groupby(sorted(findings, key=_by_weight), key=lambda finding: finding.code):
        found = list(group)
        kind = catalogue.kinds[code]
        yield f"【{found[0].severity.word}】{kind.title}　{len(found)} 处　（{code}）"
        lines = _lines(found, accepted)
        shown = len(lines) if everything else SHOWN
        yield from (line for line, _ in lines[:shown])
        left = sum(count for _, count in lines[shown:])
        if left:
            elsewhere = f"见 {file}，或" if file else ""
            yield f"  ……还有 {left} 处，{elsewhere}加 -v 全部列出。"
        yield f"  改法：{kind.remedy}"


def _lines(found: Sequence[Finding], accepted: Callable[[Finding], bool]) -> list[tuple[str, int]]:
    """A line for each finding, or for several alike of which all or none are accepted, with their number."""
    stood_by: list[Finding] = []
    open_still: list[Finding] = []
    for finding in found:
        (stood_by if accepted(finding) else open_still).append(finding)
    return [
        (f"  {mark}{_subject(one.first)}{one.message}", len(one.findings))
        for mark, these in (("", open_still), ("［已确认］", stood_by))
        for one in alike(these)
    ]


def _by_weight(finding: Finding) -> tuple[int, str]:
    return finding.severity.rank, finding.code


def _subject(finding: Finding) -> str:
    parts = [part for part in (finding.agency, finding.where()) if part]
    return f"{'　'.join(parts)}：" if parts else ""


def kept_lines(kept: Sequence[str]) -> Iterator[str]:
    """Which edited files were kept beside the new ones."""
    return (f"原来的文件有人改过，已另存为 {name}。" for name in kept)
