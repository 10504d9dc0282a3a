"""What the commands say on a terminal, as lines: nothing is printed here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pipeline import review_parts, slip, workpapers
from pipeline.agencies import REPORTS
from pipeline.build import Built, Checked
from pipeline.errors import ExitCode
from pipeline.filenames import SET_ASIDE
from pipeline.model.alike import alike
from pipeline.model.finding import Catalogue, Finding, Severity
from pipeline.model.rendition import Edits
from pipeline.outputs import AGENCIES, FINDINGS, RETURNED, REVIEW
from pipeline.release import Released
from pipeline.renditions import FORMATS, Proved
from pipeline.run import Examination
from pipeline.slips import Returns

EDITS = ("figure-removed", "passage-edited", "passage-moved", "heading-level")
"""What a person did to a report's words: all of it is listed."""
NO_REPORT = (slip.KIND, review_parts.KIND, review_parts.PART_KIND)
"""The kinds of files that serve the office's dealing with the agencies, and are no report."""
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


def _counts(findings: Sequence[Finding], examination: Examination) -> str:
    """How many there are of each weight, and how many of them a person stands by."""
    weights = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
    told = "，".join(f"{one.word} {sum(found.severity is one for found in findings)}" for one in weights)
    stood_by = sum(map(examination.accepted, findings))
    return f"{told}，其中已确认 {stood_by}" if stood_by else told


def _received(examination: Examination) -> str:
    inputs, sums = examination.inputs, examination.consolidation
    unasked = [code for code, weight in inputs.settings.rules.items() if weight is Severity.OFF]
    off = f"按 report.toml 的 [rules] 不查：{'、'.join(unasked)}。" if unasked else ""
    return (
        f"{inputs.settings.organ} {inputs.year} 年，{inputs.form.edition} 版表样："
        f"应报 {len(inputs.roster.agencies)} 家，采用 {len(sums.counted)} 家，缺 {len(sums.missing)} 家。"
        f"{off}"
    )


def checked_lines(checked: Checked, findings: Sequence[Finding], *, everything: bool) -> Iterator[str]:
    """What ``check`` found: who counts, the findings, what goes back, and how it ends."""
    examination = checked.examination
    yield from finding_lines(
        findings, examination.inputs.catalogue, everything=everything, accepted=examination.accepted
    )
    yield _received(examination)
    yield f"核对完毕：{_counts(findings, examination)}。"
    yield from kept_lines(checked.kept)
    yield from _slip_lines(checked.returned, examination)
    if examination.errors:
        yield "有错误，改正之前出不了正式报告。"
    yield _review_line(examination)


def _review_line(examination: Examination) -> str:
    workspace = examination.inputs.workspace
    return f"用浏览器打开看全部：{workspace.relative(workspace.outputs / REVIEW)}"


def built_lines(built: Built, *, everything: bool) -> Iterator[str]:
    """What ``build`` did: findings, files, and the proof that they carry the figures."""
    examination, record = built.examination, built.record
    catalogue, accepted = examination.inputs.catalogue, examination.accepted
    yield from finding_lines(built.findings, catalogue, everything=everything, accepted=accepted)
    yield _received(examination)
    yield f"{_counts(built.findings, examination)}。"
    yield from kept_lines(built.kept)
    printed = [entry for entry in record["renditions"] if entry["kind"] not in NO_REPORT]
    if not printed:
        only_text = examination.stopped and not examination.errors
        yield f"{'正文用不了' if only_text else '有错误'}，没有生成正式报告；上次生成的报告没有动。"
    yield from _printed_lines(printed)
    yield from _slip_lines(built.returned, examination)
    yield _review_line(examination)
    if not printed:
        return
    verified = record["verified"]
    equal = [f"{written.words} {verified[written.name]} 格" for written in FORMATS]
    yield (
        f"回读核对：表格应有 {verified['cells']} 格，相符：{'，'.join(equal)}；"
        f"标题和段落相符 {verified['passages']} 段。"
    )
    if record["status"] == "draft":
        yield "这是草稿，不是正式报告；正式报告没有动。"
    if record["status"] == "blocked":
        yield "回读与数据不符，这份报告不能用。"


def _printed_lines(printed: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The files, the parts of a ledger as one line."""
    parts = [entry["path"] for entry in printed if entry["kind"] == workpapers.PART_KIND]
    yield from (f"  {entry['path']}" for entry in printed if entry["kind"] != workpapers.PART_KIND)
    if parts:
        yield f"  {parts[0].rpartition('/')[0]}（底稿分册 {len(parts)} 份）"


def _slip_lines(returned: Returns, examination: Examination) -> Iterator[str]:
    """Where the slips lie, where there are any; whose could not be made."""
    workspace = examination.inputs.workspace
    for agency, failure in returned.unmade:
        words = "程序出错了，请把屏幕上的文字发给维护者。" if failure.code is ExitCode.BUG else failure.words
        yield f"{agency}的退回单没有出成：{words}"
    if returned.slips:
        beside = "，附标注过的工作簿" if returned.marked else ""
        folder = workspace.relative(workspace.outputs / RETURNED)
        yield f"退回单 {returned.slips} 份（Word 和 PDF{beside}）在 {folder}"


def released_lines(released: Released, *, everything: bool, unchanged: bool = True) -> Iterator[str]:
    """What ``agencies`` did: findings, who gets no report and why, files, and the proof.

    ``unchanged``: how many stand is told too; not where the same result must be said in the same words.
    """
    examination, unmade = released.plan.examination, released.unmade
    workspace = examination.inputs.workspace
    yield from finding_lines(
        released.findings,
        examination.inputs.catalogue,
        everything=everything,
        accepted=examination.accepted,
        file=AGENCIES,
    )
    yield from kept_lines(released.kept)
    if unmade:
        yield f"没有生成的 {len(unmade)} 家："
        yield from (f"  {one.agency.name}：{one.reason}。" for one in unmade)
    counted = [
        one.agency.name for one in released.plan.unmade if one.agency.code in examination.reception.counted
    ]
    if counted:
        yield f"  要改哪里，运行 make-report check {counted[0]} 这样看。"
    if released.outdated:
        yield f"上次生成、现在不能用的 {len(released.outdated)} 个文件，已移到 {REPORTS}/{SET_ASIDE}。"
    tally = released.tally
    same = f"（其中 {tally.unchanged} 家没有变，沿用原来的）" if unchanged and tally.unchanged else ""
    yield f"应出 {tally.reports + len(unmade)} 家，生成 {tally.reports} 家{same}，Word 和 PDF 各一份。"
    if tally.reports:
        yield f"  在 {workspace.relative(workspace.outputs / REPORTS)}"
        word, pdf = tally.cells
        yield f"回读核对：表格应有 {tally.printed} 格，Word 相符 {word} 格，PDF 相符 {pdf} 格。"


def kept_lines(kept: Sequence[str]) -> Iterator[str]:
    """Which edited files were kept beside the new ones."""
    return (f"原来的文件有人改过，已另存为 {name}。" for name in kept)


def verified_lines(proved: Proved, catalogue: Catalogue, *, everything: bool) -> Iterator[str]:
    """What reading files back showed: wrong figures first, then every edited passage, then the tally."""
    edits = [finding for finding in proved.findings if finding.code in EDITS]
    rest = [finding for finding in proved.findings if finding.code not in EDITS]
    yield from finding_lines(rest, catalogue, everything=everything, file="")
    yield from finding_lines(edits, catalogue, everything=True)
    files = zip(proved.renditions, proved.cells, proved.passages, proved.edits, strict=True)
    for rendition, cells, passages, one in files:
        told = _edits(one) if one else f"标题和段落 {proved.lines} 段，相符 {passages} 段。"
        yield f"{rendition.name}：表格 {proved.printed} 格，相符 {cells} 格；{told}"
    if proved.is_wrong:
        yield "有的数与数据不符，改好之前这份文件不能用。"
    elif edits:
        yield "改过的文字不影响表格和绑定的数，请自己看一遍。"


def _edits(edits: Edits) -> str:
    lines = f"改动 {edits.lines} 段。" if edits.lines else "文字没有改动。"
    return f"绑定的数 {edits.bound} 个，相符 {edits.numbers} 个；{lines}"
