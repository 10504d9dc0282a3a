"""Breaking Chinese text into lines: GB/T 15834—2011 (marks at line ends) and the offices' habits.

No closing mark begins a line and no opening mark ends one; —— and …… are not torn; a number stays whole and
keeps its unit. Knows nothing of faces or pages: text and widths in, places out.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import add, sub

from msgspec import Struct

CLOSING = frozenset("，。、；：？！）》〉」』】〕﹞｝］”’％‰℃·～．々ー,.;:?!)]}%°′″／·")
"""Marks that may not begin a line."""
OPENING = frozenset("（《〈「『【〔﹝｛［“‘￥¥$＄＃([{№＠")
"""Marks that may not end a line."""
SQUEEZE = 0.04
"""How much closer, in its own width, a character may stand to pull a closing mark into the line."""
FREE, ADDRESSED, TORN, FORBIDDEN = range(4)
"""A break's cost: none; inside a web address; a number, word or dash torn; a mark in the wrong place."""
FULL = 0.85
"""A line less full than this rather takes the beginning of a web address too long for it."""

UNITS = "百千万亿"
WHOLE = re.compile(rf"—+|…+|[!-~０-９．]+(?:(?<=[0-9０-９])(?:[{UNITS}]*[一-鿿]|[％‰℃㎡]))?")
"""What stays whole: a dash, an ellipsis, a word; a number with its magnitude and one character of unit."""
ADDRESS = re.compile(r"[/.:?&=_-][!-/:-~]")
"""Where a web address may be broken: behind a mark that joins its parts."""
SPACE = re.compile(" ")
CLOSER = re.compile(f"[{re.escape(''.join(sorted(CLOSING)))}]")
OPENER = re.compile(f"[{re.escape(''.join(sorted(OPENING)))}]")


class Line(Struct, frozen=True):
    """A line of text: its natural width, the room it has, whether it is the paragraph's last."""

    text: str
    width: float
    room: float
    last: bool


def break_costs(text: str) -> list[int]:
    """For each place before a character, what a break there costs; place 0 and the end cost nothing."""
    costs = [FREE] * (len(text) + 1)
    for whole in WHOLE.finditer(text):
        for place in range(whole.start() + 1, whole.end()):
            costs[place] = ADDRESSED if ADDRESS.match(text, place - 1) else TORN
    for space in SPACE.finditer(text):
        costs[space.start()] = max(costs[space.start()], ADDRESSED)
    for mark in CLOSER.finditer(text):
        costs[mark.start()] = FORBIDDEN
    for mark in OPENER.finditer(text):
        costs[mark.end()] = FORBIDDEN
    costs[0] = costs[-1] = FREE
    return costs


def break_lines(
    text: str, widths: Sequence[float], room: float, indent: float = 0, gaps: Sequence[float] = ()
) -> list[Line]:
    """The lines of a paragraph whose characters are so wide; the first line has ``indent`` less room.

    ``gaps`` is the white behind each character, none at a line's end. Joined, the lines' texts are the text.
    A line may be wider than its room by SQUEEZE for each character; where even one character is wider than
    the room, it stands alone and overhangs.
    """
    costs = break_costs(text)
    sums = [0.0, *accumulate(map(add, widths, gaps) if gaps else widths)]
    ends = [0.0, *map(sub, sums[1:], gaps)] if gaps else sums
    lines: list[Line] = []
    start = 0
    while start < len(text):
        space = room - (0 if lines else indent)
        end = _line_end(costs, ends, start, sums[start], space)
        lines.append(Line(text[start:end], ends[end] - sums[start], space, end == len(text)))
        start = end
    return lines


def _line_end(costs: Sequence[int], ends: Sequence[float], start: int, begin: float, room: float) -> int:
    """Where the line from ``start`` ends: at the edge, a little beyond it by squeezing, or before it.

    ``ends`` is how far the text reaches at each place; the line begins at ``begin``.
    """
    full = max(bisect_right(ends, begin + room + 1e-6, start) - 1, start + 1)
    if costs[full] == FREE:
        return full
    return _squeezed(costs, ends, full, begin, room) or _pushed_out(costs, ends, start, full, begin)


def _squeezed(costs: Sequence[int], ends: Sequence[float], full: int, begin: float, room: float) -> int:
    """The next place beyond the edge if it is free and the line still fits when set closer; else 0.

    One character is all that Word and LibreOffice would let hang over the edge.
    """
    end = full + 1
    width = ends[end] - begin
    return end if costs[end] == FREE and width - SQUEEZE * width <= room else 0


def _pushed_out(costs: Sequence[int], ends: Sequence[float], start: int, full: int, begin: float) -> int:
    """The last place at the least cost up to the edge; text with no good place is broken at the edge."""
    best = {costs[place]: place for place in range(start + 1, full + 1)}
    if FREE in best and ADDRESSED in best and ends[best[FREE]] - begin < FULL * (ends[full] - begin):
        return max(best[FREE], best[ADDRESSED])
    return best[min(best)] if min(best) < FORBIDDEN else full
