"""A wrong name in a right place: what it printed is another group's, row's or share's than its clause says.

Numbers typed by hand are not looked at: nothing tells what they were meant to be.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from pipeline.check.arithmetic import percent, printed_percent
from pipeline.check.numerals import Numeral, Sentences
from pipeline.model.consolidation import Consolidation
from pipeline.model.form import FormCell, StatutoryForm
from pipeline.model.narrative import Run
from pipeline.model.number import plain

TABLE = "proactive"
"""The table whose rows are each spoken of by their own label (行政许可、行政处罚)."""
OF_IT = re.compile(r"[，,、（(]?占(?:比|总数的?|总量的?|全部的?)?(?:为)?")
"""Between a figure and its own share; more words may make it another's."""


class Misnamed(Struct, frozen=True):
    """A clause as printed, the figure it speaks of in words and by address, and what that is."""

    found: str
    words: str
    expected: str
    address: str


class Figures(Struct, frozen=True):
    """A year's figures for who asks by address, a group's too; and their words."""

    form: StatutoryForm
    consolidation: Consolidation
    now: Callable[[Sequence[str]], Decimal | None]
    words: Callable[[Sequence[str]], str]

    def parted(self, address: str) -> tuple[str, str]:
        """The group of a figure, "" for none, and its address there."""
        group, _, rest = address.partition(".")
        return (group, rest) if group in self.consolidation.groups else ("", address)

    def value(self, address: str) -> Decimal | None:
        """The figure's value; None where there is none."""
        group, rest = self.parted(address)
        if not group:
            return self.now((rest,))
        figure = self.consolidation.groups[group].get(rest)
        return figure.value if figure else None

    def named(self, address: str) -> str:
        """The figure as the form labels it, its group before it."""
        group, rest = self.parted(address)
        return f"{group}·{self.words((rest,))}" if group else self.words((rest,))


def misnamed(sentences: Sentences, figures: Figures) -> Iterator[Misnamed]:
    """Every figure that a name printed where its clause speaks of another; of it, no share is told too."""
    wrong: set[int] = set()
    for numeral in sentences.numerals:
        if numeral.addresses and not numeral.by_hand:
            meant = _of_another_group(numeral, sentences, figures) or _of_another_row(
                numeral, sentences, figures
            )
            if meant:
                wrong.add(numeral.start)
                clause = sentences.text[sentences.clause_start(numeral.start) : numeral.end]
                yield _told(clause, meant, figures)
    yield from _shares(sentences, figures, wrong)


def _told(clause: str, address: str, figures: Figures) -> Misnamed:
    value = figures.value(address)
    expected = plain(value) if value is not None else "没有的"
    return Misnamed(clause, figures.named(address), expected, address)


def _of_another_group(numeral: Numeral, sentences: Sentences, figures: Figures) -> str:
    """The address of the group's figure that the clause speaks of, "" where it is the numeral's own."""
    group, rest = figures.parted(numeral.addresses[0])
    lead = sentences.text[sentences.clause_start(numeral.start) : numeral.start]
    spoken = [one for one in figures.consolidation.groups if one in lead]
    return f"{spoken[0]}.{rest}" if group and len(spoken) == 1 and spoken != [group] else ""


def _of_another_row(numeral: Numeral, sentences: Sentences, figures: Figures) -> str:
    cell = figures.form.cells.get(numeral.addresses[0])
    if cell is None or cell.table != TABLE:
        return ""
    lead = sentences.text[sentences.clause_start(numeral.start) : numeral.start]
    beside = [one for one in figures.form.cells.values() if _is_beside(one, cell)]
    spoken = [one for one in (cell, *beside) if one.row.path[-1] in lead]
    return spoken[0].address if len(spoken) == 1 and spoken[0] is not cell else ""


def _is_beside(one: FormCell, cell: FormCell) -> bool:
    """Whether two cells stand in one column of the table, in different rows."""
    return one.table == cell.table and one.column.id == cell.column.id and one.row.id != cell.row.id


def _shares(sentences: Sentences, figures: Figures, wrong: Collection[int]) -> Iterator[Misnamed]:
    """占比 of another figure than the one before it."""
    for start, run in _printed(sentences.passage.runs):
        share = sentences.at(start)
        before = sentences.before(start)
        if share is None or share.unit != "%" or len(run.addresses) != 2 or not before:
            continue
        figure = before[-1]
        if (
            not figure.addresses
            or figure.start in wrong
            or not OF_IT.fullmatch(sentences.text, figure.end, start)
        ):
            continue
        part, whole = figures.value(figure.addresses[0]), figures.value(run.addresses[1])
        if figure.addresses[0] != run.addresses[0] and part is not None and whole:
            yield Misnamed(
                found=sentences.text[sentences.clause_start(figure.start) : share.end],
                words=f"{figures.named(figure.addresses[0])}占{figures.named(run.addresses[1])}的比例",
                expected=printed_percent(percent(part, whole)),
                address=figure.addresses[0],
            )


def _printed(runs: Sequence[Run]) -> Iterator[tuple[int, Run]]:
    """The runs that names printed, each with where it begins."""
    start = 0
    for run in runs:
        if run.source:
            yield start, run
        start += len(run.text)
