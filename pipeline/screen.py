"""What the commands say on a terminal, as lines: nothing is printed here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline import review_parts, slip_order, workpapers
from pipeline.build import Built, Checked
from pipeline.errors import ExitCode
from pipeline.model.finding import Catalogue, Finding, Severity
from pipeline.model.rendition import Edits
from pipeline.outputs import RETURNED, REVIEW
from pipeline.renditions import FORMATS, Proved
from pipeline.run import Examination
from pipeline.screen_findings import finding_lines, kept_lines
from pipeline.slips import Returns

EDITS = ("figure-removed", "passage-edited", "passage-moved", "heading-level")
"""What a person did to a report's words: all of it is listed."""
NO_REPORT = (slip_order.KIND, review_parts.KIND, review_parts.PART_KIND)
"""The kinds of files that serve the office's dealing with the agencies, and are no report."""


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
