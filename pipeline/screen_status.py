"""What ``status`` says on a terminal: who has submitted, in a screen's length where there are many."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from pipeline.inquire import Standing
from pipeline.model.board import State

AT_ONCE = 200
"""Agencies up to which each has its line, and lines of those that need looking at where there are more."""


def status_lines(
    standings: Sequence[Standing],
    days: int | None,
    unclaimed: Sequence[tuple[str, str]] = (),
    *,
    everything: bool = False,
    most: int = AT_ONCE,
) -> Iterator[str]:
    """Who has submitted: one line an agency, files that are nobody's, the tally, and the days left.

    Of more than ``most`` agencies only those not in order have a line, so many at most, unless ``everything``
    is asked for; how many more there are is said, and how each group stands.
    """
    few = everything or len(standings) <= most
    asked = standings if few else [one for one in standings if _needs_looking_at(one)]
    shown = asked if everything else asked[:most]
    width = max((cell_len(one.agency.name) for one in shown), default=0)
    for standing in shown:
        yield from _lines(standing, width)
    if not few:
        yield from _left_out(standings, len(asked) - len(shown), len(standings) - len(asked))
    if unclaimed:
        listed = unclaimed if everything else unclaimed[:most]
        yield f"不知道是哪个单位的 {len(unclaimed)} 份："
        yield from (f"  {workbook}：{reason}" for workbook, reason in listed)
        if len(listed) < len(unclaimed):
            yield f"  ……还有 {len(unclaimed) - len(listed)} 份，加 -v 全部列出。"
    yield f"应报 {len(standings)} 家：{_tally(standings)}。"
    if days is not None:
        yield f"离截止日期还有 {days} 天。" if days >= 0 else f"截止日期已过 {-days} 天。"


def _needs_looking_at(standing: Standing) -> bool:
    return standing.state != State.SUBMITTED or bool(standing.unused)


def _lines(standing: Standing, width: int) -> Iterator[str]:
    errors = f"　{standing.errors} 处错误" if standing.errors else ""
    why = f"　{standing.reason}" if standing.reason else ""
    name = set_cell_size(standing.agency.name, width)
    yield f"{set_cell_size(standing.state, 6)}  {name}  {standing.workbook}{errors}{why}".rstrip()
    for workbook, reason in standing.unused:
        yield f"{' ' * (width + 10)}未采用 {workbook}：{reason}"


def _left_out(standings: Sequence[Standing], left: int, in_order: int) -> Iterator[str]:
    """What the lines above do not show, and how the groups stand that are not all in order."""
    more = f"还有 {left} 家要看的没有列出，" if left else ""
    yield f"……{more}已报、没有别的情况的 {in_order} 家没有列出；加 -v 全部列出。"
    groups: dict[str, list[Standing]] = {}
    for standing in standings:
        groups.setdefault(standing.agency.group, []).append(standing)
    told = {name: _tally(members) for name, members in groups.items() if any(map(_needs_looking_at, members))}
    if len(groups) > 1 and told:
        yield "各分组（全部已报的不列）："
        yield from (
            f"  {name or '没有分组的'} {len(groups[name])} 家：{words}" for name, words in told.items()
        )


def _tally(standings: Sequence[Standing]) -> str:
    """How many stand where, in the order in which the states come."""
    return "，".join(f"{state} {number}" for state, number in Counter(one.state for one in standings).items())
