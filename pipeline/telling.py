"""What ``accept`` and ``diff`` say on a terminal, as lines: nothing is printed here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.accepting import ACCEPTED, Settled
from pipeline.model.acceptance import State
from pipeline.model.finding import Catalogue


def settled_lines(settled: Settled) -> Iterator[str]:
    """What a person now stands by, and what remains."""
    one = settled.entries[0]
    until = f"，有效到 {one.until}" if one.until else ""
    yield f"已确认 {len(settled.findings)} 处，写进 {ACCEPTED}（{one.by}，理由：{one.reason}{until}）："
    for finding in settled.findings:
        where = "　".join(part for part in (finding.agency, finding.where()) if part)
        yield f"  {where}：{finding.message}"
    yield "数一变，这条确认就不再作数，问题会重新列出来。"
    remaining = settled.remaining
    yield f"还没有确认的：错误 {remaining['error']}，待核 {remaining['warning']}。"


def acceptance_lines(entries: Sequence[Mapping[str, Any]], catalogue: Catalogue) -> Iterator[str]:
    """Every acceptance of a year and what it does today; ``entries`` as run.json has them."""
    for number, one in enumerate(entries, 1):
        place = one["address"] or f"{one['sheet']} {one['cell']}".strip() or one["workbook"]
        subject = "　".join(part for part in (one["agency"], place) if part)
        until = f"，有效到 {one['until']}" if one["until"] else ""
        what = f"{catalogue.kinds[one['code']].title}（{one['code']}）"
        yield f"第{number}条　{State(one['state']).word}　{what}　{subject}".rstrip()
        yield f"  {one['by']}，理由：{one['reason']}{until}；现在管着 {one['covers']} 处。"
    yield f"共 {len(entries)} 条。" if entries else "还没有人工确认。"
