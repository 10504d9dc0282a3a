"""The findings as the review lists them: alike ones once, by code, open errors first, accepted ones last."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count, groupby

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model.alike import Alike, alike
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import INDICATORS, PREFIX, Indicator
from pipeline.model.review import Approval, Item, Topic
from pipeline.model.submission import Submission

TEXT, FILES = "正文", "文件和名册"
"""The parts that findings are filtered by, besides the statutory tables and the indicators."""


class Places(Struct, frozen=True):
    """Which figure a finding marks and which part of the page it belongs to."""

    tables: Mapping[str, str]
    """A table's id to its Chinese name."""
    addresses: frozenset[str]
    narrative: str
    cells: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """The address read at a workbook's sheet and cell."""
    text: str = TEXT

    @classmethod
    def of(cls, form: StatutoryForm, indicators: Iterable[Indicator], narrative: str) -> "Places":
        """The places of a year: its form's tables and its indicators."""
        addresses = frozenset([*form.cells, *(one.address for one in indicators)])
        return cls({table.id: table.alias for table in form.tables}, addresses, narrative)

    def unplaced(self, findings: Iterable[Finding]) -> set[str]:
        """The workbooks of which findings name cells and no figure."""
        return {one.workbook for one in findings if one.cell and one.address not in self.addresses}

    def with_cells(self, submissions: Iterable[Submission]) -> "Places":
        """With the cells that were read in these."""
        cells = {
            (cell.place.workbook, cell.place.sheet, cell.place.a1): address
            for submission in submissions
            for address, cell in submission.cells.items()
        }
        return replace(self, cells=cells)

    def figure(self, finding: Finding) -> str:
        """The address of the figure that a finding marks, "" for none."""
        at_cell = self.cells.get((finding.workbook, finding.sheet, finding.cell), "")
        return finding.address if finding.address in self.addresses else at_cell

    def part(self, finding: Finding) -> str:
        """The table a finding concerns, or else 补充指标, 正文 or the files."""
        address = self.figure(finding) or finding.address
        if address.startswith(PREFIX):
            return INDICATORS
        if self.narrative and finding.workbook == self.narrative:
            return TEXT
        known = self.tables.get(address.partition(".")[0], "")
        return known or (finding.sheet if finding.sheet in self.tables.values() else FILES)


def items(
    findings: Sequence[Finding], places: Places, approval: Callable[[Finding], Approval | None]
) -> tuple[Item, ...]:
    """The findings alike said once, numbered in order: open ones by weight, then the accepted.

    What one person accepted and what nobody did are never said together.
    """
    approved: dict[Approval | None, list[Finding]] = {None: []}
    for finding in findings:
        approved.setdefault(approval(finding), []).append(finding)
    numbers = count(1)
    return tuple(
        _item(next(numbers), group, places, why)
        for why, told in approved.items()
        for group in sorted(alike(told), key=lambda one: one.first.severity.rank)
    )


def _item(number: int, group: Alike, places: Places, why: Approval | None) -> Item:
    marked = dict.fromkeys(places.figure(finding) for finding in group.findings)
    return Item(number, group, places.part(group.first), tuple(filter(None, marked)), why)


def topics(found: Iterable[Item], catalogue: Catalogue) -> tuple[Topic, ...]:
    """The items by weight and code: open errors, warnings and notices, then what was accepted."""

    def key(item: Item) -> tuple[bool, int, str]:
        first = item.alike.first
        return item.approval is not None, first.severity.rank, first.code

    gathered = groupby(sorted(found, key=key), key=key)
    return tuple(_topic(tuple(group), catalogue) for _, group in gathered)


def _topic(group: tuple[Item, ...], catalogue: Catalogue) -> Topic:
    first = group[0].alike.first
    return Topic(catalogue.kinds[first.code], first.severity, group[0].approval is not None, group)
