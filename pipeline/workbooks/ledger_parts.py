"""A ledger (汇总底稿) of many agencies: files of parts (册) with an agency a line, a main file of their sums.

In the main file a part is what an agency is in a small ledger: a line, summed by the spreadsheet and held
against the program's own sums. Each agency is looked up once and nothing but its line is kept, until its part
is written. ``previous_parts`` reads them back.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import add

from msgspec import Struct

from pipeline.model.consolidation import Consolidation, decimals
from pipeline.model.division import Part
from pipeline.model.submission import Submission, decimal
from pipeline.workbooks import ledger_words as words
from pipeline.workbooks.layout import Page
from pipeline.workbooks.ledger import (
    READING,
    Block,
    Volume,
    agency_lines,
    agency_list,
    counts,
    explain,
    file_of,
)
from pipeline.workbooks.ledger_sheet import leading
from pipeline.workbooks.rows import Line, written

_HEAD = ("册", "各单位合计", "分组", "文件")


class PartSums:
    """The sums over a part's agencies: where every one of them gave the figure, or where it is optional."""

    def __init__(self, summed: Sequence[str], optional: Collection[str]) -> None:
        self._summed = summed
        self._optional = optional
        self._sums = [Decimal(0)] * len(summed)
        self._given = [0] * len(summed)
        self._agencies = 0

    def add(self, numerals: Mapping[str, str]) -> None:
        """One more agency, by the digits of its figures."""
        self._agencies += 1
        digits = [numerals.get(address, "") for address in self._summed]
        self._sums = list(map(add, self._sums, [decimal(told or "0") for told in digits]))
        self._given = list(map(add, self._given, map(bool, digits)))

    @property
    def whole(self) -> dict[str, Decimal]:
        """The sums that lack no agency."""
        return {
            address: total
            for address, total, given in zip(self._summed, self._sums, self._given, strict=True)
            if given and (address in self._optional or given == self._agencies)
        }


class Binding(Struct, frozen=True):
    """What all parts have in common. ``optional`` addresses need not be given by every agency.

    ``main`` is the main file's name.
    """

    volume: Volume
    optional: tuple[str, ...]
    main: str


class Leaves(Struct, frozen=True):
    """What one part is made from: its agencies' submissions that count, and the sums of its whole groups."""

    part: Part
    submissions: Mapping[str, Submission]
    groups: Mapping[str, Mapping[str, Decimal]]


def part_file(binding: Binding, leaves: Leaves) -> tuple[bytes, dict[str, Decimal]]:
    """A part's file and its sums.

    Its groups have their sums beside them, unless the part holds only a piece of its group.
    """
    volume, part = binding.volume, leaves.part
    columns = [column for _, columns in volume.sheets for column in columns]
    sums = PartSums([column.address for column in columns if column.summed], binding.optional)
    blocks = []
    for section in part.sections:
        if counted := [agency for agency in section.agencies if agency.code in leaves.submissions]:
            lines = agency_lines(volume, counted, leaves.submissions, sums.add)
            name = section.group if section.pieces == 1 else ""
            blocks.append(Block(name, lines, leaves.groups.get(name, {})))
    return file_of(volume, _about(binding, leaves), blocks, sums.whole), sums.whole


def _about(binding: Binding, leaves: Leaves) -> Callable[[Page], None]:
    part, main = leaves.part, binding.main
    counted = [agency for agency in part.agencies if agency.code in leaves.submissions]
    missing = [agency for agency in part.agencies if agency.code not in leaves.submissions]
    facts = (
        (words.PART, words.place_in_words(part.number, part.count)),
        ("分组", part.words),
        *counts(len(counted), len(missing)),
    )
    reading = (
        "怎么看这一册",
        f"1. 单位多，底稿分成 {part.count} 册，这是其中一册；全部的合计、各册的合计在 {main}。",
        *READING[2:-2],
        f"5. 明年编报时同 {main} 一起用，怎么放见 {main} 的“{words.EXPLANATION}”。",
        READING[-1],
    )
    listed = agency_list(counted, missing)
    return lambda page: explain(page, binding.volume, facts, reading, listed)


class DividedLedger(Struct, frozen=True):
    """What goes into the main file of a divided ledger, and which figures into its parts.

    ``files`` are the parts' paths by number, from where the main file lies.
    """

    binding: Binding
    parts: Sequence[Part]
    consolidation: Consolidation
    files: Mapping[int, str]

    def leaves(self, part: Part, submissions: Mapping[str, Submission]) -> Leaves:
        """What a part is made from; ``submissions`` are those of its agencies that count."""
        whole = [section.group for section in part.sections if section.pieces == 1]
        return Leaves(part, submissions, {group: self._sums(group) for group in whole})

    def main_file(self, sums: Sequence[Mapping[str, Decimal]]) -> bytes:
        """The main file: a line a part, the sums of the groups that are divided, and of all.

        ``sums`` are the parts', in their order.
        """
        lines = {
            part.number: self._lines(part, of_part) for part, of_part in zip(self.parts, sums, strict=True)
        }
        total = decimals(self.consolidation.figures)
        return file_of(self.binding.volume, self._explain, list(self._blocks(lines)), total, _HEAD)

    def _explain(self, page: Page) -> None:
        folder = self.files[1].rpartition("/")[0]
        counted = {agency.code for agency in self.consolidation.counted}
        facts = (
            (words.PARTS, words.parts_in_words(len(self.parts))),
            *counts(len(self.consolidation.counted), len(self.consolidation.missing)),
        )
        reading = (
            "怎么看这份底稿",
            f"1. 单位多，底稿分成 {len(self.parts)} 册，在“{folder}”文件夹里，一个单位一行；这里一册一行。",
            READING[2],
            "3. 一册放不下的分组，小计在这里；放得下的，小计在那一册。哪个分组在哪一册，见下面的表。",
            f"4. {READING[3].partition(' ')[2]}空着的格是没有合计，不是 0。",
            f"5. 明年编报时把它存为 previous.xlsx，把“{folder}”文件夹改名为 previous 放在它旁边，两样都要。",
            READING[-1],
        )
        listed = [
            ("册", "文件", "计入汇总", "分组"),
            *(
                (
                    part.label,
                    self.files[part.number],
                    f"{sum(agency.code in counted for agency in section.agencies)} 家",
                    section.words,
                )
                for part in self.parts
                for section in part.sections
            ),
        ]
        explain(page, self.binding.volume, facts, reading, listed)

    def _sums(self, group: str) -> dict[str, Decimal]:
        return decimals(self.consolidation.groups.get(group, {}))

    def _blocks(self, lines: Mapping[int, Sequence[Line]]) -> Iterator[Block]:
        """The parts' lines, those of one divided group together."""
        for group, together in groupby(self.parts, key=lambda part: part.divided):
            found = [lines[part.number] for part in together]
            on_sheets = [[line[at] for line in found] for at in range(len(found[0]))]
            yield Block(group or "", on_sheets, self._sums(group or ""))

    def _lines(self, part: Part, sums: Mapping[str, Decimal]) -> list[Line]:
        """A part's line on each sheet."""
        texts, height = leading(part.label, part.words, part.divided or "", self.files[part.number])
        return [
            Line(texts, height, tuple(written(str(sums.get(column.address, ""))) for column in columns))
            for _, columns in self.binding.volume.sheets
        ]
