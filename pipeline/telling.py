"""What ``accept``, ``diff`` and ``init --from`` say on a terminal, as lines: nothing is printed here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pipeline.accepting import ACCEPTED, Settled
from pipeline.comparing import Difference, Told
from pipeline.model.acceptance import State
from pipeline.model.finding import Catalogue, quoted, visible
from pipeline.model.movement import Move, Words
from pipeline.model.number import plain
from pipeline.model.submission import Cell
from pipeline.resubmission import Rework
from pipeline.rollover import Rolled
from pipeline.screen_findings import SHOWN


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


def acceptance_lines(
    entries: Sequence[Mapping[str, Any]], catalogue: Catalogue, words: Words
) -> Iterator[str]:
    """Every acceptance of a year and what it does today; ``entries`` as run.json has them."""
    for number, one in enumerate(entries, 1):
        place = words(one["address"]) or f"{one['sheet']} {one['cell']}".strip() or one["workbook"]
        subject = "　".join(part for part in (one["agency"], place) if part)
        until = f"，有效到 {one['until']}" if one["until"] else ""
        what = f"{catalogue.kinds[one['code']].title}（{one['code']}）"
        yield f"第{number}条　{State(one['state']).word}　{what}　{subject}".rstrip()
        yield f"  {one['by']}，理由：{one['reason']}{until}；现在管着 {one['covers']} 处。"
    yield f"共 {len(entries)} 条。" if entries else "还没有人工确认。"


NAME = "封面·单位名称"
NONE = "没有"
"""What stands where there was, or is, no figure."""


def difference_lines(found: Difference, *, everything: bool) -> Iterator[str]:
    """What is not the same in two runs: sums, agencies, files, findings, acceptances."""
    yield f"从　{_head(found.before)}"
    yield f"到　{_head(found.after)}"
    organs = [str(one["organ"]) for one in (found.before, found.after)]
    if organs[0] != organs[1]:
        yield f"注意：不是一个机关的：{visible(organs[0])}、{visible(organs[1])}。"
    told = list(_differences(found, everything=everything))
    yield from told or ["没有变化。"]
    if not found.by_agency:
        yield "有一次的记录里没有各单位的数（旧版本写的），只比了汇总数。"
    if not found.by_finding:
        yield "有一次的记录里没有记问题（旧版本写的），问题没有比。"


def _differences(found: Difference, *, everything: bool) -> Iterator[str]:
    moved = found.changes

    def listed(title: str, lines: Iterable[str]) -> Iterator[str]:
        return _listed(title, list(lines), everything=everything)

    whose = {agency: list(moves) for agency, moves in groupby(moved.moves, key=lambda move: move.agency)}
    sums = whose.pop("", [])
    yield from listed("变了的汇总数", map(_move, sums))
    yield from listed("新采用的单位", moved.joined)
    yield from listed("不再采用的单位", moved.left)
    yield from listed(
        "换了报送件的单位", (f"{now.agency}　{was.workbook} → {now.workbook}" for was, now in moved.resent)
    )
    yield from listed(
        "编码相同、名称变了，当作同一家比的单位",
        (f"{now.code}　{was.agency} → {now.agency}" for was, now in moved.renamed),
    )
    for agency, moves in whose.items():
        yield from listed(f"{agency}变了的数", map(_move, moves))
    yield from listed("只有前一版表样才有的数，没有比", map(found.names.__getitem__, moved.gone))
    yield from listed("只有后一版表样才有的数，没有比", map(found.names.__getitem__, moved.fresh))
    yield from listed("变了的文件", (f"{word}　{path}" for path, word in found.files))
    yield from listed("新出现的问题", map(_told, found.appeared))
    yield from listed("没有了的问题", map(_told, found.vanished))
    yield from listed("新的人工确认", map(_accepted, found.accepted))
    yield from listed("没有了的人工确认", map(_accepted, found.withdrawn))


def rework_lines(found: Rework, *, everything: bool) -> Iterator[str]:
    """What is not the same in two versions of a workbook, each cell with both its places."""
    yield f"从　{found.before}"
    yield f"到　{found.after}"
    renamed = next((text for text in found.texts if text.name == NAME), None)
    if renamed and renamed.gone and renamed.fresh:
        yield f"注意：封面的单位名称不一样：{visible(renamed.gone[0])}、{visible(renamed.fresh[0])}。"
    cells = [f"{one.words}　{_cell(one.before)} → {_cell(one.after)}" for one in found.cells]
    told = list(_listed("变了的格", cells, everything=everything))
    told += _listed(
        "只有前一版表样才有的数，没有比", [found.names[one] for one in found.gone], everything=everything
    )
    told += _listed(
        "只有后一版表样才有的数，没有比", [found.names[one] for one in found.fresh], everything=everything
    )
    for text in found.texts:
        lines = [
            *(f"删去：{quoted(line)}" for line in text.gone),
            *(f"写上：{quoted(line)}" for line in text.fresh),
        ]
        told += _listed(f"{text.name}有改动", lines, everything=everything)
    appeared = [f"{one.code}　{one.sheet} {one.cell}　{one.message}" for one in found.appeared]
    vanished = [f"{one.code}　{one.sheet} {one.cell}　{one.message}" for one in found.vanished]
    told += _listed("新出现的问题", appeared, everything=everything)
    told += _listed("没有了的问题", vanished, everything=everything)
    yield from told or ["没有变化。"]


def _listed(title: str, lines: Sequence[str], *, everything: bool) -> Iterator[str]:
    """A title with how many there are, the first of them, and how many more; nothing where there is none."""
    if not lines:
        return
    shown = len(lines) if everything else SHOWN
    yield f"{title}　{len(lines)} 处："
    yield from (f"  {line}" for line in lines[:shown])
    if len(lines) > shown:
        yield f"  ……还有 {len(lines) - shown} 处，加 -v 全部列出。"


def _head(head: Mapping[str, Any]) -> str:
    ended = {"final": "正式报告", "draft": "草稿", "blocked": "没有出报告"}.get(str(head["status"]), "")
    return f"{head['path']}（{head['year']} 年，{head['edition']} 版表样，{ended}）"


def _move(move: Move) -> str:
    was, now = (NONE if value is None else plain(value) for value in (move.before, move.after))
    change = move.change
    more = "" if change is None else f"（{'增' if change > 0 else '减'} {plain(abs(change))}）"
    return f"{move.words}　{was} → {now}{more}"


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return NONE
    return f"“{quoted(cell.raw)}”（{cell.place.sheet} {cell.place.a1}）"


def _told(one: Told) -> str:
    place = "　".join(part for part in (one.code, one.body, one.place) if part)
    return f"{place}　{one.message}".rstrip()


def _accepted(one: Mapping[str, Any]) -> str:
    place = "　".join(str(one.get(key)) for key in ("code", "agency", "address", "cell") if one.get(key))
    return f"{place}　{one.get('by')}，理由：{one.get('reason')}"


def rolled_lines(rolled: Rolled, *, everything: bool) -> Iterator[str]:
    """What a new year took over from the last, and what a person must see to in its text."""
    yield f"已建好 {rolled.made}，接着 {rolled.year - 1} 年的做。"
    for heading, lines in rolled.told:
        yield f"{heading}："
        yield from (f"  {line}。" for line in lines)
    if rolled.text is None:
        return
    text = rolled.text
    for heading, entries in (
        (
            "正文里手填的数、年度换成了名字",
            [f"{one[0]}：{one[1]} 换成 {{{{ {one[2]} }}}}" for one in text.named],
        ),
        ("正文里还是手填的数，请改成今年的", [f"{origin}：{words}" for origin, words in text.typed]),
        ("正文里写着年度的句子，请逐句看", [f"{origin}：{words}" for origin, words in text.years]),
    ):
        if entries:
            yield f"{heading}（{len(entries)} 处）："
            shown = entries if everything else entries[:SHOWN]
            yield from (f"  {entry}" for entry in shown)
            if len(shown) < len(entries):
                yield f"  …… 还有 {len(entries) - len(shown)} 处，加 -v 全部列出。"
    if text.unknown:
        yield f"今年的表样里没有的名字，改好以前出不了报告。{text.unknown}"
