"""What ``agencies`` says, as lines: apart from the rest, which needs all that ``build`` is made with."""

from collections.abc import Iterator

from pipeline.agencies import REPORTS
from pipeline.filenames import SET_ASIDE
from pipeline.outputs import AGENCIES
from pipeline.release import Released
from pipeline.screen_findings import finding_lines, kept_lines


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
