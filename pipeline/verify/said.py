"""The numbers a line of a report says, and whether two of them say the same."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from pipeline.model.narrative import Run

UP, DOWN = "增长|增加|上升|提高|增幅|增", "下降|减少|降低|降幅|减"
SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
"""Powers of ten."""
NUMBER = re.compile(
    rf"(?:(?:(?P<up>{UP})|(?P<down>{DOWN}))[了为]?)?(?P<minus>(?<!\d)[-－−])?"
    r"(?P<digits>\d{1,3}(?:(?:,|(?<=[０-９])，(?=[０-９]))\d{3})+(?!\d)|\d+)(?P<places>[.．]\d+)?"
    r"(?P<scale>[十百千万亿]{0,3})(?P<unit>元|[%％]|个百分点)?"
    r"|(?P<even>(?:基本)?持平)"
)
"""A number with what gives it its meaning: the way it went, its scale, 元 or %. ``\\d`` is full width too."""
AROUND = 6
"""Characters on each side by which the place of a number is known again."""


class Said(Struct, frozen=True, eq=False):
    """A number as it stands in ``line`` from ``start`` to ``end``; each is itself, whatever it says.

    ``value`` is None for 持平, which is then the unit; ``way`` is 1 for 增长, -1 for 下降, 0 where neither is
    said. ``run`` is what printed it, None for a number typed by hand or read from a file.
    """

    line: str
    start: int
    end: int
    value: Decimal | None
    unit: str
    way: int
    run: Run | None = None

    @property
    def text(self) -> str:
        """The number as it stands."""
        return self.line[self.start : self.end]

    @property
    def meaning(self) -> tuple[Decimal | None, str, int]:
        """What it says, however it is written."""
        return self.value, self.unit, self.way

    def agrees(self, other: "Said") -> bool:
        """Whether the two say the same; a way that only one of them says is no contradiction."""
        return (self.value, self.unit) == (other.value, other.unit) and self.way * other.way >= 0

    def nearness(self, other: "Said") -> tuple[int, int]:
        """How many characters before and after agree, up to AROUND each; both at a line's end are all."""
        before = _shared(self.line[: self.start][::-1], other.line[: other.start][::-1])
        return before, _shared(self.line[self.end :], other.line[other.end :])


def _shared(left: str, right: str) -> int:
    if left[:AROUND] == right[:AROUND]:
        return AROUND
    return next(at for at in range(AROUND) if left[at : at + 1] != right[at : at + 1])


def numbers(line: str, runs: Sequence[Run] = ()) -> Iterator[Said]:
    """The numbers of a line in order; ``runs`` are what it was printed from, likewise without white space."""
    spans = list(_spans(runs))
    for match in NUMBER.finditer(line):
        first, last = match.span("even" if match["even"] else "digits")
        run = next((run for start, end, run in spans if start < last and end > first), None)
        yield Said(line, match.start(), match.end(), *_meaning(match), run)


def _spans(runs: Sequence[Run]) -> Iterator[tuple[int, int, Run]]:
    """From where to where each run stands that a name printed."""
    position = 0
    for run in runs:
        start, position = position, position + len(run.text)
        if run.source:
            yield start, position, run


def _meaning(match: re.Match[str]) -> tuple[Decimal | None, str, int]:
    if match["even"]:
        return None, match["even"], 0
    digits = match["digits"].replace(",", "").replace("，", "")
    places = (match["places"] or "").replace("．", ".")
    power = sum(SCALES[mark] for mark in match["scale"])
    # Built from text, since arithmetic would round a long number.
    value = Decimal(f"{'-' if match['minus'] else ''}{digits}{places}E{power}")
    way = 1 if match["up"] else -1 if match["down"] else 0
    return value, (match["unit"] or "").replace("％", "%"), way
