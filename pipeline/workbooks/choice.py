"""Decide which of a table's copies is the one to read, or that nobody but the agency can tell.

All of a table is read from one sheet. Whatever else stands in the workbook under the table's own labels must
say the same or nothing at all, on hidden sheets too; else the table is in doubt.
"""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from pipeline.model.form import FormTable
from pipeline.model.place import CellPlace
from pipeline.workbooks.copy import BlockCopy, BlockSearch
from pipeline.workbooks.extent import Position
from pipeline.workbooks.label import key
from pipeline.workbooks.number import raw_text
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source
from pipeline.workbooks.strays import strays_on
from pipeline.workbooks.vocabulary import Labels

RIVAL = 0.5
"""A second copy counts from this part of the first one's figures on."""


class Doubt(Struct, frozen=True):
    """Two places that do not agree, in words; ``place`` is the one that would be read."""

    words: str
    place: CellPlace


class Choice(Struct, frozen=True):
    """The copy that counts for every block, None where there is none; and what is in doubt, if anything."""

    copies: tuple[BlockCopy | None, ...]
    doubt: Doubt | None


class Chooser(Struct, frozen=True):
    """What choosing needs to know: the table, which of its figures are totals, and how places are named."""

    table: FormTable
    totals: Collection[str]
    source: Source

    def choose(
        self, visible: Sequence[BlockSearch], hidden: Sequence[BlockSearch], labels: Sequence[Labels]
    ) -> Choice:
        """One copy for every block, from the visible sheets; ``labels`` are those of all sheets."""
        copies = tuple(self._first(search.copies) for search in visible)
        accepted: list[BlockCopy] = []
        doubts: list[Doubt | None] = []
        for search, under, first in zip(visible, hidden, copies, strict=True):
            rivals = self._rivals(first, (*search.copies, *under.copies))
            doubts += (self._difference(first, other) for other in rivals if first)
            accepted += self._comparable(first, (*search.copies, *under.copies))
        found = [copy for copy in copies if copy]
        doubts += (
            self._doubt((found[0], _start(found[0])), (copy, _start(copy)))
            for copy in found
            if copy.sheet is not found[0].sheet
        )
        if found:
            doubts += self._strays(copies, accepted, labels)
        return Choice(copies, next(filter(None, doubts), None))

    def _first(self, copies: Sequence[BlockCopy]) -> BlockCopy | None:
        """The first copy with something in it among those that are nearly as full as the fullest."""
        rivals = [copy for copy in copies if len(copy.places) >= RIVAL * len(copies[0].places)]
        filled = [copy for copy in rivals if not copy.is_blank(self.totals)]
        return next(iter((*filled, *rivals)), None)

    def _rivals(self, first: BlockCopy | None, copies: Sequence[BlockCopy]) -> list[BlockCopy]:
        """The other copies; not a blank one where the filled one stands on the sheet of the table's own name.

        Any other blank copy beside a filled one may be this year's, waiting, and the filled one last year's.
        """
        if not first:
            return []
        others = self._comparable(first, copies)
        own = self._is_own(first.sheet)
        spare = [
            copy
            for copy in others
            if copy.is_blank(self.totals)
            and (not copy.sheet.visible or (own and not self._is_own(copy.sheet)))
        ]
        return [copy for copy in others if copy is not first and copy not in spare]

    def _comparable(self, first: BlockCopy | None, copies: Sequence[BlockCopy]) -> list[BlockCopy]:
        return [copy for copy in copies if first and len(copy.places) >= RIVAL * len(first.places)]

    def _is_own(self, sheet: Sheet) -> bool:
        return key(sheet.name) == key(self.table.alias)

    def _difference(self, one: BlockCopy, other: BlockCopy) -> Doubt | None:
        for address in dict.fromkeys((*one.places, *other.places)):
            texts = [self._content(copy, address) for copy in (one, other)]
            if texts[0] != texts[1] and not (address in self.totals and "" in texts):
                read, rival = ((c, c.places.get(address) or _start(c)) for c in (one, other))
                return self._doubt(read, rival)
        return None

    def _content(self, copy: BlockCopy, address: str) -> str:
        place = copy.places.get(address)
        if place in copy.sheet.uncached and address not in self.totals:
            return "="
        return raw_text(copy.sheet.cells.get(place)).strip() if place else ""

    def _strays(
        self, copies: Sequence[BlockCopy | None], accepted: list[BlockCopy], sheets: Sequence[Labels]
    ) -> Iterator[Doubt]:
        first = next(copy for copy in copies if copy)
        for labels in sheets:
            place = strays_on(labels, self.table, copies, accepted)
            if place:
                words = self._named(first.sheet, _start(first)) + "与" + self._named(labels.sheet, place)
                yield Doubt(words, self.source.place(first.sheet, _start(first)))

    def _doubt(self, read: tuple[BlockCopy, Position], rival: tuple[BlockCopy, Position]) -> Doubt:
        words = "与".join(sorted(self._named(copy.sheet, place) for copy, place in (read, rival)))
        copy, place = read
        return Doubt(words, self.source.place(copy.sheet, place))

    def _named(self, sheet: Sheet, place: Position) -> str:
        words = str(self.source.place(sheet, place)).removeprefix(self.source.workbook).strip()
        return words if sheet.visible else f"隐藏的{words}"


def _start(copy: BlockCopy) -> Position:
    return min(copy.places.values(), default=(1, 1))
