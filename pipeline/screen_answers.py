"""What the answers to questions say: names and values, where a figure comes from, what a code means."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from pipeline.descent import Descent
from pipeline.inquire import Listing
from pipeline.model.finding import FindingKind, some
from pipeline.model.narrative import NamedFigure
from pipeline.model.number import plain
from pipeline.screen_findings import SHOWN


def _missing_lines(missing: Sequence[str]) -> Iterator[str]:
    if missing:
        yield (
            f"注意：还缺 {len(missing)} 家（{some(missing, SHOWN)}），"
            "以下只是已采用的各单位相加，不是全部的合计。"
        )


def named_lines(listing: Listing) -> Iterator[str]:
    """Names and values in columns; a figure without a value says so. Then what else may be written."""
    figures = listing.figures
    if not figures:
        yield "没有这样的名字。不写词就全部列出。"
        return
    yield from _missing_lines(listing.missing)
    wide = [max(cell_len(text) for text in column) for column in zip(*map(_columns, figures), strict=True)]
    for figure in figures:
        yield "  ".join(
            set_cell_size(text, width) for text, width in zip(_columns(figure), wide, strict=True)
        ).rstrip()
    if listing.phrasings:
        yield "花括号里还可以写："
    width = max((cell_len(phrase) for phrase, _ in listing.phrasings), default=0)
    yield from (f"  {set_cell_size(phrase, width)}  {meaning}" for phrase, meaning in listing.phrasings)


def _columns(figure: NamedFigure) -> tuple[str, ...]:
    return figure.address, figure.alias, figure.printed or "（没有数）", figure.label


def trace_lines(found: Descent) -> Iterator[str]:
    """Where a figure comes from, agency by agency and level by level, and where it is printed."""
    traced = found.traced
    yield from _missing_lines(traced.missing)
    yield f"{traced.name.label}　{traced.name.address} = {traced.name.printed}"
    if traced.formula:
        yield f"  算法：{traced.formula}"
    yield from _source_lines(found, "  ")
    if traced.contributions:
        cells = sum(1 for _ in found.cells())
        deep = f"，往下追到 {cells} 格" if found.below else ""
        yield f"  共 {len(traced.contributions)} 个来源{deep}。"
    yield from (f"  印在：{place}" for place in traced.printed_at)


def _source_lines(found: Descent, indent: str) -> Iterator[str]:
    """Each contribution, and right under it what lies below, further in."""
    sources = found.traced.contributions
    width = max((cell_len(one.agency.name) for one in sources), default=0)
    for number, one in enumerate(sources):
        reading = f"（{one.reading}）" if one.reading else ""
        name = set_cell_size(one.agency.name, width)
        yield f"{indent}{plain(one.value):>12}  {name}  {one.place}  原文“{one.raw}”{reading}"
        if number in found.below:
            lower = found.below[number]
            yield f"{indent}    由 {lower.folder} 汇总上报，来自："
            yield from _source_lines(lower, f"{indent}    ")
        elif number in found.stopped:
            yield f"{indent}    {found.stopped[number]}"


def explain_lines(kinds: Sequence[FindingKind], *, whole: bool) -> Iterator[str]:
    """One code explained, or all of them, a line each."""
    for kind in kinds:
        if not whole:
            yield f"{kind.code:<28}{kind.severity.word}  {kind.title}"
            continue
        yield f"{kind.code}　【{kind.severity.word}】{kind.title}"
        if kind.relates:
            yield f"  应当：{kind.relates}"
        yield f"  例：{kind.example}"
        yield f"  改法：{kind.remedy}"
